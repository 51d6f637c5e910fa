using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the objects of a bucket, or gets objects by name.</summary>
[Cmdlet(VerbsCommon.Get, "GcsObject", DefaultParameterSetName = ByObject, HelpUri = HelpLinks.Base + "Get-GcsObject.md")]
[OutputType(typeof(GcsObject), typeof(GcsPrefix))]
public sealed class GetGcsObjectCommand : GcpCmdlet
{
    private const string ByName = "Name";
    private const string ByObject = "InputObject";
    private const int GetsAtOnce = 16;

    private readonly InOrder _gets = new(GetsAtOnce);

    /// <summary>The bucket by name, or a bucket from Get-GcsBucket; or a gs:// address.</summary>
    [Parameter(ParameterSetName = ByName, Position = 0, Mandatory = true)]
    [Alias("BucketName", "GcsUri")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string Bucket { get; set; } = string.Empty;

    /// <summary>Names of objects, taken literally. Without them the bucket is listed.</summary>
    [Parameter(ParameterSetName = ByName, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ObjectName")]
    [ResourceName(typeof(GcsObject))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>One generation of the object; without it, the live one.</summary>
    [Parameter(ParameterSetName = ByName, ValueFromPipelineByPropertyName = true)]
    public long? Generation { get; set; }

    /// <summary>Buckets, prefixes, objects, gs:// addresses, or names of buckets.</summary>
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    [GcsObjectTransformation(PlainTextIsBucket = true)]
    [ValidateNotNullOrEmpty]
    public GcsObject[] InputObject { get; set; } = [];

    /// <summary>Only names that begin with this.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>Names that go on behind it, after the prefix, come as one GcsPrefix.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Delimiter { get; set; }

    /// <summary>All objects below the prefix, however deep: what is done without -Delimiter anyway.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Only names that match this pattern; matched by the server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Glob { get; set; }

    /// <summary>Noncurrent generations too.</summary>
    [Parameter]
    public SwitchParameter IncludeVersions { get; set; }

    /// <summary>Soft-deleted objects, and nothing else.</summary>
    [Parameter]
    public SwitchParameter SoftDeleted { get; set; }

    /// <summary>Only names from this one on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StartOffset { get; set; }

    /// <summary>Only names before this one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndOffset { get; set; }

    private bool ListsGenerations => IncludeVersions || SoftDeleted;

    private protected override Task BeginAsync()
    {
        if (Delimiter is not null && Recurse)
        {
            throw Errors.ParametersExclude("-Delimiter", "-Recurse");
        }

        if (IncludeVersions && SoftDeleted)
        {
            throw Errors.ParametersExclude("-IncludeVersions", "-SoftDeleted");
        }

        return Task.CompletedTask;
    }

    private protected override async Task ProcessAsync()
    {
        if (ParameterSetName == ByObject)
        {
            foreach (GcsObject item in InputObject)
            {
                await TakeAsync(item, item);
            }

            return;
        }

        if (!GcsUri.IsUri(Bucket))
        {
            await TakeNamesAsync(Bucket);
            return;
        }

        (string bucket, string name, long? generation) = GcsUri.Parse(Bucket);
        if (name.Length == 0)
        {
            await TakeNamesAsync(bucket);
        }
        else if (Name is not null)
        {
            throw Errors.ObjectNameTwice(Bucket, Name[0]);
        }
        else
        {
            await TakeAsync(GetGcsObject(bucket, name, Generation ?? generation), Bucket);
        }
    }

    private protected override Task EndAsync() => _gets.FinishAsync();

    private static GcsObject GetGcsObject(string bucket, string name, long? generation) => new()
    {
        Bucket = bucket,
        Name = name,
        Generation = generation,

        // As with folders: what ends in a slash is looked into.
        IsPrefix = name.EndsWith("/", StringComparison.Ordinal) && generation is null,
    };

    private async Task TakeNamesAsync(string bucket)
    {
        if (Name is null)
        {
            await TakeAsync(new GcsObject { Bucket = bucket, IsPrefix = true }, bucket);
            return;
        }

        foreach (string name in Name)
        {
            await TakeAsync(new GcsObject { Bucket = bucket, Name = name, Generation = Generation }, name);
        }
    }

    private async Task TakeAsync(GcsObject item, object target)
    {
        if (item.IsPrefix)
        {
            await _gets.FinishAsync();
            string? prefix = Prefix is null ? item.Name : item.Name + Prefix;
            await ForItemAsync(target, () => ListAsync(Query(item.Bucket) with { Prefix = prefix.Length == 0 ? null : prefix }));
            return;
        }

        if (ListsGenerations && item.IsNamedOnly && item.Generation is null)
        {
            await _gets.FinishAsync();
            await ForItemAsync(target, () => ListGenerationsAsync(item));
            return;
        }

        // What was listed as live is asked for anew as it is now; another generation is that generation.
        bool isPinned = item.IsNamedOnly || item.DeletionTime is not null || item.SoftDeletionTime is not null;
        ObjectAddress address = new(item.Bucket, item.Name, isPinned ? item.Generation : null)
        {
            IsSoftDeleted = item.SoftDeletionTime is not null || (SoftDeleted && item.Generation is not null),
        };
        await _gets.AddAsync(
            () => Engine.GetObjectAsync(Session, address, Call),
            call => ForItemAsync(target, async () => WriteObject(await call)));
    }

    private ObjectQuery Query(string bucket) => new()
    {
        Bucket = bucket,
        Delimiter = Delimiter,
        Glob = Glob,
        IncludeVersions = IncludeVersions,
        SoftDeleted = SoftDeleted,
        StartOffset = StartOffset,
        EndOffset = EndOffset,
    };

    // Every generation of one name: they come first of all that begins with it.
    private async Task ListGenerationsAsync(GcsObject item)
    {
        bool isFound = false;
        IObjectPager pager = Engine.ListObjects(Session, Query(item.Bucket) with { Prefix = item.Name, Delimiter = null });
        while (await pager.NextAsync(Call) is { } page)
        {
            foreach (GcsObject generation in page.Items)
            {
                if (generation.Name != item.Name)
                {
                    MustBeFound();
                    return;
                }

                isFound = true;
                WriteObject(generation);
            }
        }

        MustBeFound();

        void MustBeFound()
        {
            if (!isFound)
            {
                throw Errors.ObjectNotFound(item.Uri);
            }
        }
    }

    private async Task ListAsync(ObjectQuery query)
    {
        string? last = null;
        IObjectPager pager = Engine.ListObjects(Session, query);
        while (await pager.NextAsync(Call) is { } page)
        {
            IReadOnlyList<string> prefixes = page.Prefixes;
            int next = 0;
            foreach (GcsObject item in page.Items)
            {
                for (; next < prefixes.Count && string.CompareOrdinal(prefixes[next], item.Name) < 0; next++)
                {
                    last = WritePrefix(query.Bucket, prefixes[next], last);
                }

                WriteObject(item);
            }

            for (; next < prefixes.Count; next++)
            {
                last = WritePrefix(query.Bucket, prefixes[next], last);
            }
        }
    }

    // A prefix whose names span two pages may come with both.
    private string WritePrefix(string bucket, string prefix, string? last)
    {
        if (prefix != last)
        {
            WriteObject(new GcsPrefix(bucket, prefix));
        }

        return prefix;
    }
}
