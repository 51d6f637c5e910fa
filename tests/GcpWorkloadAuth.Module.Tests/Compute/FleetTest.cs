using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;

namespace GcpWorkloadAuth.Module.Tests.Compute;

/// <summary>A test with a fleet of virtual machines whose operations take a moment.</summary>
public abstract class FleetTest : CloudTest
{
    protected const string ZoneB = "europe-west1-b";

    /// <inheritdoc/>
    protected override EmulatorOptions Options => new() { InstanceCount = 12 };

    protected string? StatusOf(string name, string zone = ZoneB, string? project = null) => Cloud.State.Instances.Find(zone, name, project)?.Status;

    /// <summary>Machines fleet-00 ... in one zone.</summary>
    private protected string[] AddFleet(int count, string status = "RUNNING", string zone = ZoneB, string? project = null)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"fleet-{i:00}")];
        Cloud.State.Instances.Add(names.Select((n, i) => new EmulatedInstance
        {
            Project = project ?? Cloud.State.Project.Id,
            Zone = zone,
            Name = n,
            Status = status,
            Id = 5000UL + (ulong)i,
        }));
        return names;
    }

    /// <summary>The requests that change something.</summary>
    private protected IReadOnlyList<LoggedRequest> Changes() =>
        [.. Requests(EmulatedService.Compute).Where(r => r.Method != "GET" && !r.Path.EndsWith("/wait", StringComparison.Ordinal))];
}
