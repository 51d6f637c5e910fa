namespace GcpEmulator.Storage;

/// <summary>A folder or a managed folder. The name ends in a slash.</summary>
internal sealed record StoredFolder(string Name, DateTimeOffset CreatedAt, bool IsManaged, long Metageneration = 1);

/// <summary>A bucket's managed folders, and the folders of a hierarchical namespace.</summary>
internal sealed class FolderStore(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long _version;
    private readonly SortedDictionary<string, StoredFolder> _managed = new(Utf8Order.Instance);
    private readonly SortedDictionary<string, StoredFolder> _folders = new(Utf8Order.Instance);

    /// <summary>Raised by every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    public StoredFolder? Add(string name, bool isManaged)
    {
        StoredFolder folder = new(name, clock.GetUtcNow(), isManaged);
        lock (_gate)
        {
            _version++;
            return Of(isManaged).TryAdd(name, folder) ? folder : null;
        }
    }

    public StoredFolder? Find(string name, bool isManaged)
    {
        lock (_gate)
        {
            return Of(isManaged).GetValueOrDefault(name);
        }
    }

    public bool Remove(string name, bool isManaged)
    {
        lock (_gate)
        {
            _version++;
            return Of(isManaged).Remove(name);
        }
    }

    public List<StoredFolder> All(bool isManaged)
    {
        lock (_gate)
        {
            return [.. Of(isManaged).Values];
        }
    }

    private SortedDictionary<string, StoredFolder> Of(bool isManaged) => isManaged ? _managed : _folders;
}
