namespace GcpEmulator;

/// <summary>The buckets of all projects, with their objects. Safe for use from several threads.</summary>
public sealed class BucketStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, EmulatedBucket> _buckets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Storage.BucketContents> _contents = new(StringComparer.Ordinal);
    private readonly List<(EmulatedBucket Bucket, Storage.BucketContents Contents, DateTimeOffset DeletedAt)> _softDeleted = [];
    private readonly HashSet<string> _unreachable = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private EmulatedBucket[]? _sorted;
    private long _version;

    internal BucketStore(TimeProvider clock) => _clock = clock;

    internal string MediaHost { get; set; } = "https://storage.googleapis.com";

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
                _contents.TryAdd(bucket.Name, new Storage.BucketContents(bucket, _clock, this));
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
            _contents.Remove(name);
            bool removed = _buckets.Remove(name);
            Touch();
            return removed;
        }
    }

    /// <summary>Deletes a bucket as buckets.delete does: soft delete keeps it for a while.</summary>
    internal void Delete(string name)
    {
        lock (_gate)
        {
            if (_buckets.GetValueOrDefault(name) is EmulatedBucket bucket && bucket.SoftDelete > TimeSpan.Zero)
            {
                _softDeleted.Add((bucket, _contents[name], _clock.GetUtcNow()));
            }

            Remove(name);
        }
    }

    /// <summary>The deleted buckets that soft delete still keeps, with the times of their deletion.</summary>
    internal List<(EmulatedBucket Bucket, DateTimeOffset DeletedAt)> SoftDeleted()
    {
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            _softDeleted.RemoveAll(b => b.DeletedAt + b.Bucket.SoftDelete <= now);
            return [.. _softDeleted.Select(b => (b.Bucket, b.DeletedAt)).OrderBy(b => b.Bucket.Name, StringComparer.Ordinal)];
        }
    }

    internal EmulatedBucket? Restore(string name, long generation)
    {
        lock (_gate)
        {
            int index = _softDeleted.FindIndex(b => b.Bucket.Name == name && b.Bucket.Generation == generation);
            if (index < 0 || _buckets.ContainsKey(name))
            {
                return null;
            }

            (EmulatedBucket bucket, Storage.BucketContents contents, _) = _softDeleted[index];
            _softDeleted.RemoveAt(index);
            (_buckets[name], _contents[name]) = (bucket, contents);
            Touch();
            return bucket;
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

    internal Storage.BucketContents? Contents(string bucket)
    {
        lock (_gate)
        {
            return _contents.GetValueOrDefault(bucket);
        }
    }

    /// <summary>Adds a bucket unless there is one of that name.</summary>
    internal bool TryAdd(EmulatedBucket bucket)
    {
        lock (_gate)
        {
            bool added = _buckets.TryAdd(bucket.Name, bucket);
            _contents.TryAdd(bucket.Name, new Storage.BucketContents(bucket, _clock, this));
            Touch();
            return added;
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _buckets.Clear();
            _contents.Clear();
            _softDeleted.Clear();
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
