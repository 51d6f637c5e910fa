namespace GcpEmulator;

/// <content>Compute Engine besides the instances.</content>
public sealed partial class CloudState
{
    /// <summary>Operations, disks, networks, permissions, quotas: all of Compute Engine but the instances themselves.</summary>
    public ComputeState Compute { get; }

    /// <summary>
    /// Adds projects fleet-001, fleet-002 ... with this many machines in all: some with none, the first with a tenth of all, the others alike.
    /// </summary>
    public IReadOnlyList<EmulatedProject> AddFleet(int projects, int instances)
    {
        List<EmulatedProject> added = [];
        for (int n = 1; n <= projects; n++)
        {
            string id = "fleet-" + n.ToString("D3", System.Globalization.CultureInfo.InvariantCulture);
            added.Add(Projects.Add(id, 700_000_000_000 + n));
        }

        int first = projects == 1 ? instances : instances / 10;
        int rest = instances - first;
        EmulatedProject[] others = [.. added.Skip(1).Where((_, n) => n % 20 != 19)]; // every twentieth is empty
        Instances.Add(added.Take(1).SelectMany(p => Enumerable.Range(2, first).Select(i => InstanceSeed.Other(p, _options.Zone, i))).Concat(
            others.SelectMany((p, n) => Enumerable.Range(2, (rest / others.Length) + (n < rest % others.Length ? 1 : 0))
                .Select(i => InstanceSeed.Other(p, _options.Zone, i)))));
        return added;
    }

    internal TimeProvider Clock => _options.Clock;

    /// <summary>Ends what waits when the emulator stops.</summary>
    internal CancellationToken Stopping { get; init; }
}
