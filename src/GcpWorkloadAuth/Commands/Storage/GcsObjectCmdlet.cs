using System.Collections.Generic;
using System.Management.Automation;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What cmdlets have in common that act on objects that are named: by bucket and name, by gs:// address, or by objects from the
/// pipeline. Names are literal.
/// </summary>
/// <remarks>
/// The set of InputObject is to be a cmdlet's default one: what is piped binds to the default set before any other, and a mandatory parameter
/// there that could bind by property name would take it all. So InputObject itself reads things that merely have a Bucket and a Name.
/// </remarks>
public abstract class GcsObjectCmdlet : GcpCmdlet
{
    private protected const string ByName = "Name";
    private protected const string ByObject = "InputObject";

    /// <summary>The bucket by name, or a bucket from Get-GcsBucket; or the gs:// address of an object, then without -Name.</summary>
    [Parameter(ParameterSetName = ByName, Position = 0, Mandatory = true)]
    [Alias("BucketName", "GcsUri")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string Bucket { get; set; } = string.Empty;

    /// <summary>Names of objects, taken literally.</summary>
    [Parameter(ParameterSetName = ByName, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ObjectName")]
    [ResourceName(typeof(GcsObject))]
    [ValidateNotNullOrEmpty]
    public virtual string[]? Name { get; set; }

    /// <summary>One generation of the object; without it, the live one.</summary>
    [Parameter(ParameterSetName = ByName, ValueFromPipelineByPropertyName = true)]
    public long? Generation { get; set; }

    /// <summary>Objects from Get-GcsObject, or gs:// addresses.</summary>
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    [GcsObjectTransformation]
    [ValidateNotNullOrEmpty]
    public virtual GcsObject[] InputObject { get; set; } = [];

    /// <summary>
    /// What the current input names. Of objects that were only named, bucket, name and perhaps generation are known; others have what
    /// they were listed with.
    /// </summary>
    /// <exception cref="GcpException">The input names no object, or one twice.</exception>
    private protected IReadOnlyList<GcsObject> NamedObjects()
    {
        IReadOnlyList<GcsObject> named = NamedObjectsOrPrefixes();
        foreach (GcsObject item in named)
        {
            if (item.IsPrefix)
            {
                throw item.Name.Length == 0 ? Errors.ObjectNameMissing(item.Bucket) : Errors.PrefixNotObject(item.Uri);
            }
        }

        return named;
    }

    /// <summary>As <see cref="NamedObjects"/>, for cmdlets that can take whole prefixes: these are in it, told by IsPrefix.</summary>
    private protected IReadOnlyList<GcsObject> NamedObjectsOrPrefixes() => ParameterSetName == ByObject || IsShifted ? InputObject : FromNames();

    /// <summary>True where objects came from the pipeline and what stands first on the line is not their bucket but where they go.</summary>
    private protected bool IsShifted => ParameterSetName == ByName && MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));

    private GcsObject[] FromNames()
    {
        string bucket = Bucket;
        long? generation = Generation;
        if (GcsUri.IsUri(Bucket))
        {
            (bucket, string name, long? named) = GcsUri.Parse(Bucket);
            if (name.Length > 0)
            {
                return Name is null
                    ? [new GcsObject { Bucket = bucket, Name = name, Generation = Generation ?? named }]
                    : throw Errors.ObjectNameTwice(Bucket, Name[0]);
            }
        }

        if (Name is null)
        {
            return [new GcsObject { Bucket = bucket, IsPrefix = true }];
        }

        GcsObject[] objects = new GcsObject[Name.Length];
        for (int i = 0; i < objects.Length; i++)
        {
            objects[i] = new GcsObject { Bucket = bucket, Name = Name[i], Generation = generation };
        }

        return objects;
    }
}
