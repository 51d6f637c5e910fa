namespace GcpEmulator;

/// <summary>The virtual machines of all projects. Safe for use from several threads.</summary>
public sealed class InstanceStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<(string Zone, string Name), EmulatedInstance>> _projects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EmulatedInstance[]> _sorted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreachable = new(StringComparer.Ordinal);
    private readonly string _defaultProject;
    private long _version;

    internal InstanceStore(string defaultProject) => _defaultProject = defaultProject;

    /// <summary>Raised after every change, outside of any lock.</summary>
    internal event Action? Changed;

    /// <summary>Changes whenever a list could look different.</summary>
    internal long Version => Interlocked.Read(ref _version);

    /// <summary>The machines of a project (the first project if null), by zone and name.</summary>
    public IReadOnlyList<EmulatedInstance> All(string? project = null)
    {
        lock (_gate)
        {
            return Sorted(project ?? _defaultProject);
        }
    }

    /// <summary>One machine, or null.</summary>
    public EmulatedInstance? Find(string zone, string name, string? project = null)
    {
        lock (_gate)
        {
            return _projects.TryGetValue(project ?? _defaultProject, out var instances) ? instances.GetValueOrDefault((zone, name)) : null;
        }
    }

    /// <summary>Adds machines, or replaces those of the same project, zone and name.</summary>
    public void Add(params IEnumerable<EmulatedInstance> instances)
    {
        lock (_gate)
        {
            foreach (EmulatedInstance instance in instances)
            {
                Put(instance);
            }
        }

        Touch();
    }

    /// <summary>Changes a machine: <c>Update("europe-west1-b", "demo-vm", i => i with { Status = "TERMINATED" })</c>.</summary>
    public EmulatedInstance Update(string zone, string name, Func<EmulatedInstance, EmulatedInstance> change, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        EmulatedInstance changed;
        lock (_gate)
        {
            EmulatedInstance current = Find(zone, name, project) ?? throw new KeyNotFoundException($"There is no instance {name} in {zone}.");
            changed = change(current) with { Revision = current.Revision + 1 };
            Remove(zone, name, project);
            Put(changed);
        }

        Touch();
        return changed;
    }

    /// <summary>Removes a machine.</summary>
    public bool Remove(string zone, string name, string? project = null)
    {
        bool removed;
        lock (_gate)
        {
            string id = project ?? _defaultProject;
            removed = _projects.TryGetValue(id, out var instances) && instances.Remove((zone, name));
            _sorted.Remove(id);
        }

        Touch();
        return removed;
    }

    /// <summary>Makes a zone unreachable for lists, or reachable again.</summary>
    public void SetUnreachable(string zone, bool unreachable = true)
    {
        lock (_gate)
        {
            _ = unreachable ? _unreachable.Add(zone) : _unreachable.Remove(zone);
        }

        Touch();
    }

    internal bool IsUnreachable(string zone)
    {
        lock (_gate)
        {
            return _unreachable.Contains(zone);
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _projects.Clear();
            _sorted.Clear();
            _unreachable.Clear();
        }

        Touch();
    }

    private void Put(EmulatedInstance instance)
    {
        if (!_projects.TryGetValue(instance.Project, out var instances))
        {
            _projects[instance.Project] = instances = [];
        }

        instances[(instance.Zone, instance.Name)] = instance;
        _sorted.Remove(instance.Project);
    }

    private EmulatedInstance[] Sorted(string project)
    {
        if (!_sorted.TryGetValue(project, out EmulatedInstance[]? sorted))
        {
            sorted = _projects.TryGetValue(project, out var instances) ? [.. instances.Values] : [];
            Array.Sort(sorted, static (a, b) =>
                string.CompareOrdinal(a.Zone, b.Zone) is int zone and not 0 ? zone : string.CompareOrdinal(a.Name, b.Name));
            _sorted[project] = sorted;
        }

        return sorted;
    }

    private void Touch()
    {
        Interlocked.Increment(ref _version);
        Changed?.Invoke();
    }
}
