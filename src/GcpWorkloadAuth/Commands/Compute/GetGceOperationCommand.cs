using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the operations of projects, or gets operations by name.</summary>
[Cmdlet(VerbsCommon.Get, "GceOperation", HelpUri = HelpLinks.Base + "Get-GceOperation.md")]
[OutputType(typeof(GceOperation))]
public sealed class GetGceOperationCommand : GcpCmdlet
{
    /// <summary>Operations, or names of operations. A name without -Zone, -Region or -Global is looked for in all places.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("InputObject", "Operation")]
    [GceOperationTransformation]
    [ValidateNotNullOrEmpty]
    public GceOperation[]? Name { get; set; }

    /// <summary>The zone of the operations; without it, all places.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string? Zone { get; set; }

    /// <summary>The region of the operations.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ComputeRegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Only operations that are global.</summary>
    [Parameter]
    public SwitchParameter Global { get; set; }

    /// <summary>The projects; without it, the session's project.</summary>
    [Parameter]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[]? Project { get; set; }

    /// <summary>An expression in the server's own language, as in 'status != DONE'.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    private protected override async Task ProcessAsync()
    {
        if (Name is null)
        {
            foreach (string project in Project ?? new[] { await Engine.GetProjectAsync(Session, Call) })
            {
                await ForItemAsync(project, () => ListAsync(project, Filter));
            }

            return;
        }

        foreach (GceOperation operation in Name)
        {
            await ForItemAsync(operation.Project.Length > 0 ? operation : operation.Name, () => GetAsync(operation));
        }
    }

    private async Task GetAsync(GceOperation operation)
    {
        OperationFinder finder = new(Engine, Session, Call);
        string project = operation.Project.Length > 0 ? operation.Project : Project is { Length: > 0 } ? Project[0] : string.Empty;
        WriteObject(await finder.FindAsync(operation, project, Zone, Region, Global));
    }

    private async Task ListAsync(string project, string? filter)
    {
        OperationQuery query = new() { Project = project, Zone = Zone, Region = Region, IsGlobal = Global, Filter = filter };
        HashSet<string> warned = new();
        IPager<GceOperation> pager = Engine.ListOperations(Session, query);
        while (await pager.NextAsync(Call) is { } page)
        {
            foreach (string scope in page.Unreachable)
            {
                if (warned.Add(scope))
                {
                    Warn(nameof(Resources.Strings.WarnUnreachable), scope);
                }
            }

            foreach (GceOperation operation in page.Items)
            {
                WriteObject(operation);
            }
        }
    }
}
