using System.Collections;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Changes the metadata and the storage class of objects.</summary>
[Cmdlet(VerbsCommon.Set, "GcsObject", DefaultParameterSetName = ByObject, SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Set-GcsObject.md")]
[OutputType(typeof(GcsObject))]
public sealed class SetGcsObjectCommand : GcsObjectChangeCmdlet
{
    /// <summary>Added to the user's own metadata.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? AddMetadata { get; set; }

    /// <summary>Names that go from the user's own metadata.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveMetadata { get; set; }

    /// <summary>Puts an event-based hold on it; -EventBasedHold:$false takes it off.</summary>
    [Parameter]
    public SwitchParameter EventBasedHold { get; set; }

    /// <summary>Puts a temporary hold on it; -TemporaryHold:$false takes it off.</summary>
    [Parameter]
    public SwitchParameter TemporaryHold { get; set; }

    private protected override Task BeginAsync()
    {
        if (Metadata is not null && (AddMetadata is not null || RemoveMetadata is not null))
        {
            throw Errors.ParametersExclude("-Metadata", AddMetadata is not null ? "-AddMetadata" : "-RemoveMetadata");
        }

        return Wanted().IsEmpty ? throw Errors.NothingToChange() : Task.CompletedTask;
    }

    private protected override async Task ProcessAsync()
    {
        ObjectChanges changes = Wanted();
        foreach (GcsObject named in NamedObjects())
        {
            GcsObject item = named;
            if (ShouldProcess(item.Uri, Strings.ActionSetObject, Force))
            {
                await Work.StartAsync(() => ForItemAsync(
                    item, async () => WriteObject(await Engine.UpdateObjectAsync(Session, new ObjectUpdate(item, changes), Call))));
            }
        }
    }

    private protected override Task EndAsync() => Work.FinishAsync();

    private ObjectChanges Wanted() => Changes with
    {
        AddMetadata = StringMaps.From(AddMetadata),
        RemoveMetadata = RemoveMetadata,
        EventBasedHold = MyInvocation.BoundParameters.ContainsKey(nameof(EventBasedHold)) ? EventBasedHold.IsPresent : null,
        TemporaryHold = MyInvocation.BoundParameters.ContainsKey(nameof(TemporaryHold)) ? TemporaryHold.IsPresent : null,
    };
}
