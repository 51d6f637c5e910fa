namespace GcpEmulator;

/// <summary>The buckets of all projects, with their objects. Safe for use from several threads.</summary>
public sealed class BucketStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, EmulatedBucket> _buckets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Storage.ObjectStore> _objects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreachable = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private EmulatedBucket[]? _sorted;
    private long _version;

    internal BucketStore(TimeProvider clock) => _clock = clock;

    internal long Version => Interlocked.Read(ref _version);

    /// <summary>All buckets, by name.</summary>
    public IReadOnlyList<EmulatedBucket> All
    {
        get
        {
            lock (_gate)
            {
                return _sorted ??= [.. _buckets.Values];
            }
        }
    }

    /// <summary>The bucket with this name, or null.</summary>
    public EmulatedBucket? Find(string name)
    {
        lock (_gate)
        {
            return _buckets.GetValueOrDefault(name);
        }
    }

    /// <summary>Adds buckets, or replaces those of the same name (their objects stay).</summary>
    public void Add(params IEnumerable<EmulatedBucket> buckets)
    {
        lock (_gate)
        {
            foreach (EmulatedBucket bucket in buckets)
            {
                _buckets[bucket.Name] = bucket;
                _objects.TryAdd(bucket.Name, new Storage.ObjectStore(bucket.Name, _clock));
            }

            Touch();
        }
    }

    /// <summary>Changes a bucket: <c>Update("b", b => b with { Versioning = true })</c>.</summary>
    public EmulatedBucket Update(string name, Func<EmulatedBucket, EmulatedBucket> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_gate)
        {
            EmulatedBucket current = _buckets.GetValueOrDefault(name) ?? throw new KeyNotFoundException($"There is no bucket {name}.");
            EmulatedBucket changed = change(current) with { Metageneration = current.Metageneration + 1, UpdatedAt = _clock.GetUtcNow() };
            _buckets[name] = changed;
            Touch();
            return changed;
        }
    }

    /// <summary>Removes a bucket and what is in it.</summary>
    public bool Remove(string name)
    {
        lock (_gate)
        {
            _objects.Remove(name);
            bool removed = _buckets.Remove(name);
            Touch();
            return removed;
        }
    }

    /// <summary>Makes a bucket unreachable for lists, or reachable again.</summary>
    public void SetUnreachable(string name, bool unreachable = true)
    {
        lock (_gate)
        {
            _ = unreachable ? _unreachable.Add(name) : _unreachable.Remove(name);
            Touch();
        }
    }

    internal bool IsUnreachable(string name)
    {
        lock (_gate)
        {
            return _unreachable.Contains(name);
        }
    }

    internal Storage.ObjectStore? Objects(string bucket)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault(bucket);
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _buckets.Clear();
            _objects.Clear();
            _unreachable.Clear();
            Touch();
        }
    }

    private void Touch()
    {
        _sorted = null;
        Interlocked.Increment(ref _version);
    }
}
