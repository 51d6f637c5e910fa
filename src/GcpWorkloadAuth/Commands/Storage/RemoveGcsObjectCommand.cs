using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Deletes objects, many at a time.</summary>
[Cmdlet(
    VerbsCommon.Remove, "GcsObject", DefaultParameterSetName = ByObject, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpLinks.Base + "Remove-GcsObject.md")]
public sealed class RemoveGcsObjectCommand : GcsObjectCmdlet
{
    private DeletionQueue? _deletions;

    /// <summary>All objects whose names begin with this.</summary>
    [Parameter(ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>Needed where a bucket, a prefix or an address that ends in a slash is given: all objects below it.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>With -Prefix or -Recurse: every generation, for good.</summary>
    [Parameter]
    public SwitchParameter IncludeVersions { get; set; }

    /// <summary>Asks nothing. -WhatIf wins over it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task ProcessAsync()
    {
        _deletions ??= new DeletionQueue(MakeSideBySide(DeletionQueue.AtOnce), items => Engine.DeleteObjectsAsync(Session, items, Call), WriteFailure);
        if (Prefix is not null)
        {
            await ForItemAsync(Bucket, PrefixAsync);
            return;
        }

        foreach (GcsObject named in NamedObjectsOrPrefixes())
        {
            GcsObject item = named;
            await ForItemAsync(item, () => TakeAsync(item));
        }
    }

    private protected override Task EndAsync() => _deletions?.FinishAsync() ?? Task.CompletedTask;

    private Task PrefixAsync()
    {
        if (Name is not null)
        {
            throw Errors.ParametersExclude("-Prefix", "-Name");
        }

        (string bucket, string name) = (Bucket, string.Empty);
        if (GcsUri.IsUri(Bucket))
        {
            (bucket, name, _) = GcsUri.Parse(Bucket);
        }

        return RemoveAllAsync(bucket, name + Prefix);
    }

    private Task TakeAsync(GcsObject item)
    {
        if (Recurse && (item.IsPrefix || (item.IsNamedOnly && item.Generation is null && item.Name.EndsWith("/", System.StringComparison.Ordinal))))
        {
            return RemoveAllAsync(item.Bucket, item.Name);
        }

        if (item.IsPrefix)
        {
            throw item.Name.Length == 0 ? Errors.ObjectNameMissing(item.Bucket) : Errors.PrefixNotObject(item.Uri);
        }

        return RemoveAsync(item, DeletionQueue.DeletionOf(item));
    }

    private async Task RemoveAllAsync(string bucket, string prefix)
    {
        ObjectQuery query = new() { Bucket = bucket, Prefix = prefix.Length == 0 ? null : prefix, IncludeVersions = IncludeVersions };
        IObjectPager pager = Engine.ListObjects(Session, query);
        while (await pager.NextAsync(Call) is { } page)
        {
            foreach (GcsObject item in page.Items)
            {
                // Of a live generation a version would stay behind if it were not named.
                await RemoveAsync(
                    item,
                    IncludeVersions ? new ObjectDeletion(new ObjectAddress(bucket, item.Name, item.Generation)) : DeletionQueue.DeletionOf(item));
            }
        }
    }

    private async Task RemoveAsync(GcsObject item, ObjectDeletion deletion)
    {
        if (ShouldProcess(deletion.Address.ToString(), Strings.ActionRemoveObject, Force))
        {
            await _deletions!.AddAsync(deletion, item);
        }
    }
}
