using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>The objects of one bucket, all generations.</summary>
internal sealed partial class ObjectStore(string bucket, TimeProvider clock, Func<string> mediaHost)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ObjectLine> _lines = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _names = new(Utf8Order.Instance);
    private SyntheticObjects? _synthetic;
    private long _lastGeneration;
    private long _version;

    /// <summary>Raised by every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>True where neither live nor noncurrent objects are left; soft-deleted ones do not count.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return (_synthetic?.Count ?? 0) == 0 && _lines.Values.All(l => l.Live is null && l.Noncurrent.Count == 0);
            }
        }
    }

    public void SetSynthetic(string prefix, int count, int perFolder, StoredContent content)
    {
        lock (_gate)
        {
            _synthetic = new SyntheticObjects(bucket, prefix, count, perFolder, content, clock.GetUtcNow(), mediaHost());
            _version++;
        }
    }

    /// <summary>The live generation, or the given one.</summary>
    public StoredObject? Find(string name, long? generation = null)
    {
        lock (_gate)
        {
            return _lines.TryGetValue(name, out ObjectLine? line) && line.Find(generation) is StoredObject found ? found
                : _synthetic?.Find(name) is StoredObject made && (generation ?? made.Generation) == made.Generation ? made
                : null;
        }
    }

    public StoredObject? FindSoftDeleted(string name, long generation)
    {
        lock (_gate)
        {
            return _lines.TryGetValue(name, out ObjectLine? line) ? Kept(line).Find(o => o.Generation == generation) : null;
        }
    }

    /// <summary>Makes a draft the live generation.</summary>
    public StoredObject Put(ObjectDraft draft, EmulatedBucket settings, Preconditions conditions = default)
    {
        lock (_gate)
        {
            StoredObject? live = Find(draft.Name);
            conditions.Check(live);
            DateTimeOffset now = clock.GetUtcNow();
            Retention.CheckRemoval(live, settings, now);
            JsonObject resource = draft.Resource;
            if (settings.HasDefaultHold && resource["eventBasedHold"] is null)
            {
                resource = resource.DeepClone().AsObject();
                resource["eventBasedHold"] = true;
            }

            StoredObject stored = new()
            {
                Bucket = bucket,
                Name = draft.Name,
                MediaHost = mediaHost(),
                Content = draft.Content,
                Crc32C = draft.Crc32C,
                Md5 = draft.Md5,
                ComponentCount = draft.ComponentCount,
                Resource = resource,
                StorageClass = draft.StorageClass ?? settings.StorageClass,
                KmsKeyName = draft.KmsKeyName ?? settings.DefaultKmsKeyName,
                CustomerKeySha256 = draft.CustomerKeySha256,
                Generation = NextGeneration(now),
                CreatedAt = now,
                UpdatedAt = now,
                RetainedFrom = now,
            };
            ObjectLine line = Line(draft.Name);
            line.Retire(now, settings.Versioning == true, settings.SoftDelete);
            line.Live = stored;
            _version++;
            return stored;
        }
    }

    /// <summary>Deletes the live generation (noncurrent from then on, where versions are kept) or the given one for good.</summary>
    public void Delete(string name, long? generation, EmulatedBucket settings, Preconditions conditions = default)
    {
        lock (_gate)
        {
            StoredObject old = Find(name, generation) ?? throw StorageException.NoObject(bucket, name);
            conditions.Check(old);
            DateTimeOffset now = clock.GetUtcNow();
            Retention.CheckRemoval(old, settings, now);
            ObjectLine line = Line(name);
            if (generation is null)
            {
                line.Retire(now, settings.Versioning == true, settings.SoftDelete);
            }
            else
            {
                // A synthetic one has just become an object of the line.
                line.Remove(line.Find(generation) ?? old, now, settings.SoftDelete);
            }

            Tidy(name, line);
        }
    }

    /// <summary>Changes the metadata of a generation.</summary>
    public StoredObject Change(string name, long? generation, Preconditions conditions, Func<StoredObject, StoredObject> change)
    {
        lock (_gate)
        {
            StoredObject old = Find(name, generation) ?? throw StorageException.NoObject(bucket, name);
            conditions.Check(old);
            StoredObject changed = change(old) with { Metageneration = old.Metageneration + 1, UpdatedAt = clock.GetUtcNow() };
            Line(name).Replace(old, changed);
            _version++;
            return changed;
        }
    }

    /// <summary>Gives the live generation another name, in one step.</summary>
    public StoredObject Move(string from, string to, EmulatedBucket settings, Preconditions source, Preconditions target)
    {
        lock (_gate)
        {
            StoredObject old = Find(from) ?? throw StorageException.NoObject(bucket, from);
            source.Check(old);
            Retention.CheckRemoval(old, settings, clock.GetUtcNow());
            StoredObject moved = Put(Drafts.From(old, to), settings, target);
            Delete(from, null, settings);
            return moved;
        }
    }

    public List<StoredObject> SoftDeletedOf(string name)
    {
        lock (_gate)
        {
            return _lines.TryGetValue(name, out ObjectLine? line) ? [.. Kept(line)] : [];
        }
    }

    private List<StoredObject> Kept(ObjectLine line)
    {
        DateTimeOffset now = clock.GetUtcNow();
        line.SoftDeleted.RemoveAll(o => o.HardDeleteAt <= now);
        return line.SoftDeleted;
    }

    private ObjectLine Line(string name)
    {
        if (!_lines.TryGetValue(name, out ObjectLine? line))
        {
            _lines[name] = line = new ObjectLine { Live = _synthetic?.Find(name) };
            _names.Add(name);
            _synthetic?.Remove(name);
        }

        return line;
    }

    private void Tidy(string name, ObjectLine line)
    {
        if (line.IsEmpty)
        {
            _lines.Remove(name);
            _names.Remove(name);
        }

        _version++;
    }

    /// <summary>Generations are microseconds of the clock, and never the same twice.</summary>
    private long NextGeneration(DateTimeOffset now) => _lastGeneration = Math.Max(_lastGeneration + 1, now.ToUnixTimeMilliseconds() * 1000);
}
