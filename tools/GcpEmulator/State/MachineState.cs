using System.Collections.Immutable;

namespace GcpEmulator;

/// <summary>
/// The virtual machine whose metadata server this is. Attached accounts and attributes are those of the instance of the same name
/// in Compute Engine: one truth, two views. Safe for use from several threads.
/// </summary>
public sealed class MachineState
{
    private readonly Lock _gate = new();
    private readonly CloudState _state;
    private readonly EmulatorOptions _options;
    private EmulatedInstance _last = null!;
    private ImmutableSortedDictionary<string, string> _projectAttributes = ImmutableSortedDictionary<string, string>.Empty;
    private ImmutableSortedDictionary<string, string> _guestAttributes = ImmutableSortedDictionary<string, string>.Empty;
    private string? _universeDomain;
    private string _maintenanceEvent = "NONE";
    private bool _preempted;
    private TaskCompletionSource _changed = NewSignal();

    internal MachineState(CloudState state, EmulatorOptions options)
    {
        _state = state;
        _options = options;
        _state.Instances.Changed += Signal;
    }

    /// <summary>The instance as it is now; as it last was, if it was removed from Compute Engine.</summary>
    public EmulatedInstance Instance
    {
        get
        {
            EmulatedInstance? current = _state.Instances.Find(_options.Zone, _options.InstanceName);
            lock (_gate)
            {
                return current is null ? _last : _last = current;
            }
        }
    }

    /// <summary>The attached accounts; empty for a machine without one.</summary>
    public ImmutableArray<AttachedAccount> Accounts => Instance.ServiceAccounts;

    /// <summary>The project's attributes.</summary>
    public ImmutableSortedDictionary<string, string> ProjectAttributes => _projectAttributes;

    /// <summary>The guest attributes, by "namespace/key".</summary>
    public ImmutableSortedDictionary<string, string> GuestAttributes => _guestAttributes;

    /// <summary>False answers 403 to guest attributes, as on a machine without enable-guest-attributes=TRUE.</summary>
    public bool GuestAttributesEnabled { get; set; }

    /// <summary>The universe; null for a server that does not know the path (404), empty for one that answers nothing.</summary>
    public string? UniverseDomain
    {
        get => _universeDomain;
        set => Set(() => _universeDomain = value);
    }

    /// <summary>NONE, MIGRATE_ON_HOST_MAINTENANCE or TERMINATE_ON_HOST_MAINTENANCE.</summary>
    public string MaintenanceEvent
    {
        get => _maintenanceEvent;
        set => Set(() => _maintenanceEvent = value);
    }

    /// <summary>True once the machine is being preempted.</summary>
    public bool Preempted
    {
        get => _preempted;
        set => Set(() => _preempted = value);
    }

    /// <summary>
    /// True gives tokens the scopes that <c>?scopes=</c> asks for, as Cloud Run and GKE do; false ignores them, as Compute Engine does
    /// (AIP-4115: "may be transparently ignored or fulfilled").
    /// </summary>
    public bool HonourScopes { get; set; }

    /// <summary>Attaches an account in the place of all others.</summary>
    public void Attach(string email, params IEnumerable<string> scopes)
    {
        string[] list = [.. scopes];
        _state.ServiceAccounts.GetOrAdd(email);
        Change(i => i with { ServiceAccounts = [InstanceSeed.Account(email, list.Length > 0 ? list : [Scopes.CloudPlatform])] });
    }

    /// <summary>Attaches one more account. Real machines have at most one; GKE and older machines had several.</summary>
    public void AttachAlso(string email, IEnumerable<string> scopes, params IEnumerable<string> aliases)
    {
        _state.ServiceAccounts.GetOrAdd(email);
        Change(i => i with { ServiceAccounts = i.ServiceAccounts.Add(new(email, [.. aliases], [.. scopes])) });
    }

    /// <summary>Detaches all accounts: the token paths answer 404.</summary>
    public void Detach() => Change(i => i with { ServiceAccounts = [] });

    /// <summary>Sets an attribute of the instance, or removes it (null).</summary>
    public void SetInstanceAttribute(string key, string? value) =>
        Change(i => i with { Metadata = value is null ? i.Metadata.Remove(key) : i.Metadata.SetItem(key, value) });

    /// <summary>Sets an attribute of the project, or removes it (null).</summary>
    public void SetProjectAttribute(string key, string? value) =>
        Set(() => _projectAttributes = value is null ? _projectAttributes.Remove(key) : _projectAttributes.SetItem(key, value));

    /// <summary>Sets a guest attribute ("namespace/key"), or removes it (null).</summary>
    public void SetGuestAttribute(string path, string? value) =>
        Set(() => _guestAttributes = value is null ? _guestAttributes.Remove(path) : _guestAttributes.SetItem(path, value));

    /// <summary>Completes at the next change of anything that the metadata server shows.</summary>
    internal Task NextChange
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    internal void SetProjectAttributes(ImmutableSortedDictionary<string, string> attributes) => Set(() => _projectAttributes = attributes);

    internal void Reset(EmulatedInstance instance)
    {
        Set(() =>
        {
            _last = instance;
            _projectAttributes = ImmutableSortedDictionary<string, string>.Empty.Add("google-compute-default-zone", _options.Zone);
            _guestAttributes = ImmutableSortedDictionary<string, string>.Empty;
            GuestAttributesEnabled = false;
            _universeDomain = "googleapis.com";
            _maintenanceEvent = "NONE";
            _preempted = false;
            HonourScopes = false;
        });
    }

    private void Change(Func<EmulatedInstance, EmulatedInstance> change)
    {
        if (_state.Instances.Find(_options.Zone, _options.InstanceName) is not null)
        {
            _state.Instances.Update(_options.Zone, _options.InstanceName, change);
            return;
        }

        Set(() => _last = change(_last));
    }

    private void Set(Action change)
    {
        lock (_gate)
        {
            change();
        }

        Signal();
    }

    private void Signal()
    {
        lock (_gate)
        {
            TaskCompletionSource changed = _changed;
            _changed = NewSignal();
            changed.SetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
