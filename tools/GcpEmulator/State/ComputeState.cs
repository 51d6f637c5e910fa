using System.Collections.Concurrent;
using System.Collections.Immutable;
using GcpEmulator.Compute;

namespace GcpEmulator;

/// <summary>All of Compute Engine but the instances themselves (<see cref="CloudState.Instances"/>). Safe for use from several threads.</summary>
public sealed class ComputeState
{
    private readonly ConcurrentDictionary<string, ImmutableSortedDictionary<string, string>> _projectMetadata = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableSortedDictionary<string, string>> _guestAttributes = new(StringComparer.Ordinal);
    private readonly CloudState _state;

    internal ComputeState(CloudState state, TimeProvider clock)
    {
        _state = state;
        Policies = new IamPolicies(state);
        Limits = new ComputeLimits(clock);
        Services = new ComputeServices(state);
        Operations = new OperationStore(clock);
        Resources = new ResourceStore(state);
        SerialPorts = new SerialPortStore();
        Agent = new WindowsAgent(state);
    }

    /// <summary>The operations: how long the next ones take, how they fail.</summary>
    public OperationStore Operations { get; }

    /// <summary>Disks, snapshots, images, networks, groups and whatever else has a name.</summary>
    public ResourceStore Resources { get; }

    /// <summary>What the instances wrote to their serial ports.</summary>
    public SerialPortStore SerialPorts { get; }

    /// <summary>The guest agent of the Windows machines, which makes passwords.</summary>
    public WindowsAgent Agent { get; }

    /// <summary>Rate limits and quotas.</summary>
    public ComputeLimits Limits { get; }

    /// <summary>The managed instance groups: make them, and let their members fail.</summary>
    public ManagedGroups Groups => Services.ManagedGroups;

    /// <summary>Who may do what.</summary>
    public ComputeAccess Access { get; } = new();

    internal RequestIds RequestIds { get; } = new();

    internal IamPolicies Policies { get; }

    internal ComputeServices Services { get; }

    /// <summary>The metadata that all instances of a project have (the attributes of <see cref="MachineState"/> for the first project).</summary>
    public ImmutableSortedDictionary<string, string> ProjectMetadataOf(string project) => project == _state.Project.Id
        ? _state.Machine.ProjectAttributes
        : _projectMetadata.GetValueOrDefault(project, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Sets it.</summary>
    public void SetProjectMetadata(string project, ImmutableSortedDictionary<string, string> items)
    {
        if (project == _state.Project.Id)
        {
            _state.Machine.SetProjectAttributes(items);
        }
        else
        {
            _projectMetadata[project] = items;
        }
    }

    /// <summary>Sets a guest attribute ("namespace/key") of an instance that is not the machine of the metadata server.</summary>
    public void SetGuestAttribute(EmulatedInstance instance, string path, string value)
    {
        ArgumentNullException.ThrowIfNull(instance);
        string key = InstanceJson.SelfLink(instance);
        _guestAttributes[key] = _guestAttributes.GetValueOrDefault(key, ImmutableSortedDictionary<string, string>.Empty).SetItem(path, value);
    }

    internal ImmutableSortedDictionary<string, string> GuestAttributesOf(EmulatedInstance instance) =>
        _guestAttributes.GetValueOrDefault(InstanceJson.SelfLink(instance), ImmutableSortedDictionary<string, string>.Empty);

    internal void Reset()
    {
        _projectMetadata.Clear();
        _guestAttributes.Clear();
        Policies.Clear();
        Limits.Clear();
        Groups.Clear();
        Operations.Clear();
        Resources.Clear();
        SerialPorts.Clear();
        Agent.Clear();
        Access.Clear();
        RequestIds.Clear();
    }
}
