namespace GcpEmulator.Storage;

/// <summary>All generations of one name.</summary>
internal sealed class ObjectLine
{
    public StoredObject? Live { get; set; }

    /// <summary>Noncurrent generations, oldest first.</summary>
    public List<StoredObject> Noncurrent { get; } = [];

    /// <summary>Soft-deleted generations, oldest first.</summary>
    public List<StoredObject> SoftDeleted { get; } = [];

    public bool IsEmpty => Live is null && Noncurrent.Count == 0 && SoftDeleted.Count == 0;

    public StoredObject? Find(long? generation) =>
        generation is not long wanted || Live?.Generation == wanted ? Live : Noncurrent.Find(o => o.Generation == wanted);

    public void Replace(StoredObject old, StoredObject changed)
    {
        if (ReferenceEquals(Live, old))
        {
            Live = changed;
        }
        else if (Noncurrent.IndexOf(old) is var index && index >= 0)
        {
            Noncurrent[index] = changed;
        }
    }

    /// <summary>Takes a generation out; with a soft-delete policy it is kept for that long.</summary>
    public void Remove(StoredObject old, DateTimeOffset now, TimeSpan softDelete)
    {
        if (ReferenceEquals(Live, old))
        {
            Live = null;
        }
        else
        {
            Noncurrent.Remove(old);
        }

        if (softDelete > TimeSpan.Zero)
        {
            SoftDeleted.Add(old with { SoftDeletedAt = now, HardDeleteAt = now + softDelete });
        }
    }

    /// <summary>The live generation makes room for another or for nothing.</summary>
    public void Retire(DateTimeOffset now, bool versioning, TimeSpan softDelete)
    {
        if (Live is not StoredObject old)
        {
            return;
        }

        if (versioning)
        {
            Live = null;
            Noncurrent.Add(old with { DeletedAt = now });
        }
        else
        {
            Remove(old, now, softDelete);
        }
    }
}
