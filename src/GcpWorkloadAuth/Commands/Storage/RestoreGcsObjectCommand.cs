using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Brings soft-deleted objects back.</summary>
[Cmdlet(
    VerbsData.Restore, "GcsObject", DefaultParameterSetName = ByObject, SupportsShouldProcess = true,
    HelpUri = HelpLinks.Base + "Restore-GcsObject.md")]
[OutputType(typeof(GcsObject))]
public sealed class RestoreGcsObjectCommand : GcsObjectCmdlet
{
    private const int AtOnce = 8;

    private SideBySide? _work;

    /// <summary>A live object of that name is left alone, and an error.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Asks nothing. -WhatIf wins over it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task ProcessAsync()
    {
        _work ??= MakeSideBySide(AtOnce);
        foreach (GcsObject named in NamedObjects())
        {
            GcsObject item = named;
            ObjectAddress address = new(item.Bucket, item.Name, item.Generation);
            if (ShouldProcess(address.ToString(), Strings.ActionRestoreObject, Force))
            {
                await _work.StartAsync(() => ForItemAsync(item, async () => WriteObject(await RestoreAsync(item))));
            }
        }
    }

    private protected override Task EndAsync() => _work?.FinishAsync() ?? Task.CompletedTask;

    private Task<GcsObject> RestoreAsync(GcsObject item) =>
        Engine.RestoreObjectAsync(Session, new ObjectRestoration(item) { NoClobber = NoClobber }, Call);
}
