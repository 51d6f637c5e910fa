using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>What copying and moving have in common: from where, to where, what is different there.</summary>
public abstract class GcsObjectCopyCmdlet : GcsObjectChangeCmdlet
{
    private static readonly char[] s_pathCharacters = { '/', '\\', ':' };
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private CustomerKey? _key;
    private CustomerKey? _sourceKey;
    private int _done;
    private int _running;

    /// <summary>Names of objects, taken literally.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Alias("ObjectName", "SourceObjectName")]
    [ResourceName(typeof(GcsObject))]
    [ValidateNotNullOrEmpty]
    public override string[]? Name { get; set; }

    /// <summary>Objects, prefixes, or gs:// addresses. With them the first two positions are where they go.</summary>
    [Parameter(ParameterSetName = ByName, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    [GcsObjectTransformation]
    [ValidateNotNullOrEmpty]
    public override GcsObject[] InputObject { get; set; } = [];

    /// <summary>gs://bucket/name, gs://bucket/prefix/ or gs://bucket; or a bucket.</summary>
    [Parameter(ParameterSetName = ByName, Position = 1)]
    [Parameter(ParameterSetName = ByObject)]
    [Alias("DestinationBucket")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The name that the object gets, taken literally.</summary>
    [Parameter(ParameterSetName = ByName, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByObject, ValueFromPipelineByPropertyName = true)]
    [Alias("DestinationObjectName")]
    [ValidateNotNullOrEmpty]
    public string? DestinationName { get; set; }

    /// <summary>All objects below the prefix that is the source, to below the prefix that is the destination.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>What is there already is left alone, and an error.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The Cloud KMS key that the new object is encrypted with.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KmsKeyName { get; set; }

    /// <summary>The customer-supplied key that the new object is encrypted with: 32 bytes, Base64.</summary>
    [Parameter]
    [Secret]
    [ValidateNotNull]
    public SecureString? EncryptionKey { get; set; }

    /// <summary>The customer-supplied key that the source is encrypted with.</summary>
    [Parameter]
    [Secret]
    [ValidateNotNull]
    public SecureString? SourceEncryptionKey { get; set; }

    private protected abstract string Action { get; }

    private protected abstract Task<GcsObject> CarryOutAsync(ObjectCopy copy);

    private protected override Task BeginAsync()
    {
        if (KmsKeyName is not null && EncryptionKey is not null)
        {
            throw Errors.ParametersExclude("-KmsKeyName", "-EncryptionKey");
        }

        _key = CustomerKey.From(EncryptionKey, "-EncryptionKey");
        _sourceKey = CustomerKey.From(SourceEncryptionKey, "-SourceEncryptionKey");
        return Task.CompletedTask;
    }

    private protected override async Task ProcessAsync()
    {
        if (ParameterSetName == ByName)
        {
            DemandRemote(Bucket);
        }

        CopyDestination destination = IsShifted
            ? CopyDestination.Parse(Bucket, Destination ?? DestinationName)
            : CopyDestination.Parse(Destination, DestinationName);
        foreach (GcsObject named in NamedObjectsOrPrefixes())
        {
            GcsObject item = named;
            bool isPrefix = item.IsPrefix || (Recurse && item.IsNamedOnly && item.Generation is null);
            if (isPrefix && Recurse)
            {
                await ForItemAsync(item, () => TakeAllAsync(item, destination));
            }
            else if (isPrefix)
            {
                WriteFailure(item.Name.Length == 0 ? Errors.ObjectNameMissing(item.Bucket) : Errors.PrefixNotObject(item.Uri), item);
            }
            else
            {
                await ForItemAsync(item, () => TakeAsync(item, destination.For(item)));
            }
        }
    }

    private protected override Task EndAsync() => Work.FinishAsync();

    /// <summary>Fails where the text is a path of this machine rather than a bucket.</summary>
    internal static void DemandRemote(string text)
    {
        bool isLocal = !GcsUri.IsUri(text)
            && (text.IndexOfAny(s_pathCharacters) >= 0 || text.StartsWith(".", StringComparison.Ordinal) || text.StartsWith("~", StringComparison.Ordinal));
        if (isLocal)
        {
            throw Errors.LocalPathRefused(text);
        }
    }

    private async Task TakeAllAsync(GcsObject source, CopyDestination destination)
    {
        ObjectQuery query = new() { Bucket = source.Bucket, Prefix = source.Name.Length == 0 ? null : source.Name };
        IObjectPager pager = Engine.ListObjects(Session, query);
        while (await pager.NextAsync(Call) is { } page)
        {
            foreach (GcsObject listed in page.Items)
            {
                GcsObject item = listed;
                await ForItemAsync(item, () => TakeAsync(item, destination.Below(item, source.Name)));
            }
        }
    }

    private async Task TakeAsync(GcsObject source, ObjectAddress to)
    {
        ObjectChanges changes = Changes;
        bool isInPlace = source.Bucket == to.Bucket && source.Name == to.Name;
        bool isOldGeneration = source.DeletionTime is not null || (source.IsNamedOnly && source.Generation is not null);
        if (isInPlace && !isOldGeneration && changes.IsEmpty && KmsKeyName is null && _key is null)
        {
            throw Errors.DestinationIsSource(to.ToString());
        }

        if (!_taken.Add(to.ToString()))
        {
            throw Errors.DestinationTwice(to.ToString());
        }

        string from = new ObjectAddress(source.Bucket, source.Name, isOldGeneration ? source.Generation : null).ToString();
        if (!ShouldProcess(from, string.Format(CultureInfo.CurrentCulture, Action, to), Force))
        {
            return;
        }

        ObjectCopy copy = new(source, to)
        {
            Changes = changes,
            KmsKeyName = KmsKeyName,
            Key = _key,
            SourceKey = _sourceKey,
            NoClobber = NoClobber,
        };
        await Work.StartAsync(() => ForItemAsync(source, () => OneAsync(copy)));
    }

    private async Task OneAsync(ObjectCopy copy)
    {
        _running++;
        try
        {
            // Made here, so that it reports on the pipeline thread.
            Progress<KeyValuePair<long, long>> steps = new(step => Show(copy.Source.Name, step.Key, step.Value));
            GcsObject made = await CarryOutAsync(copy with
            {
                Progress = (done, all) => ((IProgress<KeyValuePair<long, long>>)steps).Report(new(done, all)),
            });
            _done++;
            WriteObject(made);
        }
        finally
        {
            _running--;
        }
    }

    private void Show(string name, long bytes, long all)
    {
        // Quick copies need no bar, and a bar no more than a few pictures a second.
        if (_running == 0 || bytes >= all || _sinceProgress.ElapsedMilliseconds < 200)
        {
            return;
        }

        _sinceProgress.Restart();
        string status = string.Format(CultureInfo.CurrentCulture, Strings.ProgressObjectsDone, _done, _running);
        WriteProgress(new ProgressRecord(1, Strings.ProgressCopyObjects, status)
        {
            CurrentOperation = name,
            PercentComplete = all > 0 ? (int)(bytes * 100 / all) : -1,
        });
    }
}
