using System.Globalization;
using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>
/// Any number of objects that cost no memory: they are made when they are asked for. Names are PREFIX + folder number + "/" +
/// object number + ".bin", with so many digits that their order is the numbers'.
/// </summary>
internal sealed class SyntheticObjects(string bucket, string prefix, int count, int perFolder, StoredContent content, DateTimeOffset createdAt, string mediaHost)
{
    private static readonly JsonObject Resource = new() { ["contentType"] = "application/octet-stream" };
    private readonly uint _crc = Crc32C.Append(0, content.ToArray());
    private readonly HashSet<int> _gone = [];

    public int Count => count - _gone.Count;

    public string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{index / perFolder:D6}/{index:D9}.bin");

    /// <summary>The index of the first name that is not before a text; the count if there is none.</summary>
    public int IndexFrom(string text)
    {
        int low = 0;
        for (int high = count; low < high;)
        {
            int middle = low + ((high - low) / 2);
            if (Utf8Order.Instance.Compare(NameOf(middle), text) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public IEnumerable<int> From(int index) => Enumerable.Range(index, count - index).Where(i => !_gone.Contains(i));

    /// <summary>Takes one out: it was deleted, or is about to become an object like others.</summary>
    public void Remove(string name)
    {
        if (TryIndex(name, out int index))
        {
            _gone.Add(index);
        }
    }

    public StoredObject? Find(string name) => TryIndex(name, out int index) && !_gone.Contains(index) ? Create(index, name) : null;

    private StoredObject Create(int index, string name) => new()
    {
        Bucket = bucket,
        Name = name,
        MediaHost = mediaHost,
        Content = content,
        Crc32C = _crc,
        Resource = Resource,
        Generation = (createdAt.ToUnixTimeMilliseconds() * 1000) + index,
        CreatedAt = createdAt,
        UpdatedAt = createdAt,
        RetainedFrom = createdAt,
    };

    private bool TryIndex(string name, out int index)
    {
        index = 0;
        return name.StartsWith(prefix, StringComparison.Ordinal) && name.Length >= prefix.Length + 20
            && int.TryParse(name.AsSpan(name.LastIndexOf('/') + 1)[..^4], NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index < count && NameOf(index) == name;
    }
}
