using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Deletes snapshots.</summary>
[Cmdlet(
    VerbsCommon.Remove, "GceSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpLinks.Base + "Remove-GceSnapshot.md")]
[OutputType(typeof(GceOperation), typeof(GceSnapshot))]
public sealed class RemoveGceSnapshotCommand : GceChangeCmdlet
{
    /// <summary>Snapshots, or names. A snapshot's own project wins.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject", "Snapshot")]
    [GceResourceTransformation(typeof(GceSnapshot))]
    [ValidateNotNullOrEmpty]
    public GceSnapshot[] Name { get; set; } = [];

    /// <summary>The project of snapshots that are only named; without it, the session's project.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Project { get; set; }

    /// <summary>Emit the snapshots as they were named.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Delete without asking. -WhatIf still wins.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task ProcessAsync()
    {
        foreach (GceSnapshot snapshot in Name)
        {
            NamedResource named = NamedResource.Of(snapshot);
            string project = named.Project.Length > 0 ? named.Project : Project ?? await Engine.GetProjectAsync(Session, Call);
            ResourceAddress at = new(project, ResourcePlace.Global, named.Name);
            if (ShouldProcess(at.Name + " (" + project + ")", Strings.ActionRemoveSnapshot, Force))
            {
                await StartAsync(
                    named.Target, new ResourceChange(ResourceMethod.DeleteSnapshot, at), async () => await TryReadAsync<GceSnapshot>(at) is null, () =>
                    {
                        if (PassThru)
                        {
                            WriteObject(snapshot);
                        }

                        return Task.CompletedTask;
                    });
            }
        }
    }
}
