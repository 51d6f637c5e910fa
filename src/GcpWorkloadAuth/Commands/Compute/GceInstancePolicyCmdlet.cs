using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What cmdlets have in common that work with IAM policies of instances: several instances side by side, one instance's turns one
/// after the other (they would only conflict with each other).
/// </summary>
public abstract class GceInstancePolicyCmdlet : GceInstanceCmdlet
{
    private readonly Dictionary<string, Task> _turns = new(StringComparer.Ordinal);
    private SideBySide? _running;

    /// <summary>
    /// Instances, names, or policies of instances and their bindings. A piped object's own zone and project win over -Zone and
    /// -Project. A name without a zone is looked for in all zones.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject", "Instance")]
    [GceInstanceTransformation(TakesPolicies = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    public override GceInstance[] Name { get; set; } = [];

    /// <summary>How many instances are worked on at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Does work for an instance when its turn has come.</summary>
    private protected async Task StartAsync(GceInstance target, Func<Task> work)
    {
        _running ??= MakeSideBySide(ThrottleLimit);
        string key = target.Project + "/" + target.Zone + "/" + target.Name;
        _turns.TryGetValue(key, out Task? before);
        await _running.StartAsync(() => _turns[key] = AfterAsync(before, () => ForItemAsync(TargetOf(target), work)));
    }

    private protected override Task EndAsync() => _running is null ? Task.CompletedTask : _running.FinishAsync();

    private static async Task AfterAsync(Task? before, Func<Task> work)
    {
        if (before is not null)
        {
            await before;
        }

        await work();
    }
}
