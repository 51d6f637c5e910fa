using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Waits for operations and emits each when it is done.</summary>
[Cmdlet(VerbsLifecycle.Wait, "GceOperation", HelpUri = HelpLinks.Base + "Wait-GceOperation.md")]
[OutputType(typeof(GceOperation))]
public sealed class WaitGceOperationCommand : GceWaitingCmdlet
{
    private readonly List<GceOperation> _operations = new();

    /// <summary>Operations, or names of operations. An operation's own project and place win.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject", "Operation")]
    [GceOperationTransformation]
    [ValidateNotNullOrEmpty]
    public GceOperation[] Name { get; set; } = [];

    /// <summary>The zone of operations that are only named.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string? Zone { get; set; }

    /// <summary>The region of operations that are only named.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ComputeRegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The operations that are only named are global.</summary>
    [Parameter]
    public SwitchParameter Global { get; set; }

    /// <summary>The project of operations that are only named; without it, the session's project.</summary>
    [Parameter]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? Project { get; set; }

    /// <summary>How long to wait for all of them, in seconds; 0 for as long as it takes. They go on after that.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; }

    private protected override int WaitSeconds => TimeoutSec;

    private protected override Task ProcessAsync()
    {
        _operations.AddRange(Name);
        return Task.CompletedTask;
    }

    private protected override async Task EndAsync()
    {
        SideBySide waits = MakeSideBySide(int.MaxValue);
        foreach (GceOperation operation in _operations)
        {
            await waits.StartAsync(() => ForItemAsync(operation.Project.Length > 0 ? operation : operation.Name, () => WaitAsync(operation)));
        }

        await waits.FinishAsync();
        CloseProgress();
    }

    private async Task WaitAsync(GceOperation named)
    {
        GceOperation operation = named.Project.Length > 0
            ? named
            : await new OperationFinder(Engine, Session, Call).FindAsync(named, Project ?? string.Empty, Zone, Region, Global);
        WriteObject(await WaitForAsync(operation, operation, null));
    }
}
