using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Puts objects of a bucket together to one, on the server.</summary>
[Cmdlet(VerbsCommon.Join, "GcsObject", DefaultParameterSetName = ByName, SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Join-GcsObject.md")]
[OutputType(typeof(GcsObject))]
public sealed class JoinGcsObjectCommand : GcsObjectChangeCmdlet
{
    private readonly List<GcsObject> _sources = new();

    /// <summary>Names of objects, taken literally, in their order.</summary>
    [Parameter(ParameterSetName = ByName, Position = 1)]
    [Alias("ObjectName")]
    [ResourceName(typeof(GcsObject))]
    [ValidateNotNullOrEmpty]
    public override string[]? Name { get; set; }

    /// <summary>Objects, or gs:// addresses, in their order. With them the first position is where the whole goes.</summary>
    [Parameter(ParameterSetName = ByName, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    [GcsObjectTransformation]
    [ValidateNotNullOrEmpty]
    public override GcsObject[] InputObject { get; set; } = [];

    /// <summary>The whole: gs://bucket/name.</summary>
    [Parameter]
    [Alias("DestinationUri")]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The name of the whole, in the bucket of the sources.</summary>
    [Parameter]
    [Alias("DestinationObjectName")]
    [ValidateNotNullOrEmpty]
    public string? DestinationName { get; set; }

    /// <summary>Deletes the sources once the whole is there.</summary>
    [Parameter]
    public SwitchParameter DeleteSource { get; set; }

    /// <summary>What is there already is left alone, and an error.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The Cloud KMS key that the whole is encrypted with.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KmsKeyName { get; set; }

    /// <summary>The customer-supplied key of the sources and of the whole: 32 bytes, Base64.</summary>
    [Parameter]
    [Secret]
    [ValidateNotNull]
    public SecureString? EncryptionKey { get; set; }

    private protected override object? FailureTarget => Destination ?? DestinationName;

    private protected override Task ProcessAsync()
    {
        if (IsShifted)
        {
            Destination ??= Bucket;
        }

        _sources.AddRange(NamedObjects());
        return Task.CompletedTask;
    }

    private protected override Task EndAsync() =>
        _sources.Count == 0 ? Task.CompletedTask : ForItemAsync(FailureTarget, JoinAsync);

    private async Task JoinAsync()
    {
        ObjectAddress to = CopyDestination.Parse(Destination, DestinationName).For(new GcsObject { Bucket = _sources[0].Bucket });
        if (to.Name.Length == 0)
        {
            throw Errors.ObjectNameMissing(to.Bucket);
        }

        foreach (GcsObject source in _sources)
        {
            if (source.Bucket != to.Bucket)
            {
                throw Errors.SourcesInOtherBucket(source.Uri, to.Bucket);
            }
        }

        string action = string.Format(CultureInfo.CurrentCulture, Strings.ActionJoinObject, _sources.Count);
        if (!ShouldProcess(to.ToString(), action, Force))
        {
            return;
        }

        ObjectComposition composition = new(_sources, to)
        {
            Changes = Changes,
            KmsKeyName = KmsKeyName,
            Key = CustomerKey.From(EncryptionKey, "-EncryptionKey"),
            NoClobber = NoClobber,
            DeletesSources = DeleteSource,
        };
        WriteObject(await Engine.ComposeObjectAsync(Session, composition, Call));
    }
}
