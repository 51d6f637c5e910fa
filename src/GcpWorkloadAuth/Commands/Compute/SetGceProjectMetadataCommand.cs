using System.Collections;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Changes the metadata that projects pass on to all their instances; what is not named stays.</summary>
[Cmdlet(
    VerbsCommon.Set, "GceProjectMetadata", DefaultParameterSetName = ChangeSet, SupportsShouldProcess = true,
    HelpUri = HelpLinks.Base + "Set-GceProjectMetadata.md")]
[OutputType(typeof(GceProjectMetadata), typeof(GceOperation))]
public sealed class SetGceProjectMetadataCommand : GceChangeCmdlet
{
    private const string ChangeSet = "Change";
    private const string ReplaceSet = "Replace";

    /// <summary>The projects; without it, the session's project.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId), Leaves = typeof(GceProjectMetadata))]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <summary>Names and values to add, or to give another value.</summary>
    [Parameter(ParameterSetName = ChangeSet)]
    [ValidateNotNull]
    public Hashtable? Add { get; set; }

    /// <summary>Names to take away; those that are not there do no harm.</summary>
    [Parameter(ParameterSetName = ChangeSet)]
    [ValidateNotNull]
    public string[]? Remove { get; set; }

    /// <summary>All names and values: whatever else is there goes.</summary>
    [Parameter(ParameterSetName = ReplaceSet, Mandatory = true)]
    [ValidateNotNull]
    public Hashtable? Value { get; set; }

    /// <summary>Emit the metadata as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task ProcessAsync()
    {
        foreach (string project in Project ?? [await Engine.GetProjectAsync(Session, Call)])
        {
            if (ShouldProcess(project, Strings.ActionSetProjectMetadata))
            {
                await RunAsync(project, () => AgainOnConflictAsync(() => ChangeAsync(project)));
            }
        }
    }

    private async Task ChangeAsync(string project)
    {
        if (MakeChange(project, await ReadAsync(project)) is { } change)
        {
            GceOperation operation = await SendAsync(change);
            if (NoWait)
            {
                WriteObject(operation);
                return;
            }

            await WaitForAsync(operation, project, async () => MakeChange(project, await ReadAsync(project)) is null);
        }

        if (PassThru)
        {
            WriteObject(await ReadAsync(project));
        }
    }

    private Task<GceProjectMetadata> ReadAsync(string project) => Engine.GetProjectMetadataAsync(Session, project, Call);

    private ResourceChange? MakeChange(string project, GceProjectMetadata now) =>
        MapEdit.Apply(now.Metadata, Value, Add, Remove) is { } items
            ? new ResourceChange(ResourceMethod.SetProjectMetadata, new ResourceAddress(project, ResourcePlace.Global, project))
            {
                Body = InstanceBodies.Metadata(now.MetadataFingerprint, items),
            }
            : null;
}
