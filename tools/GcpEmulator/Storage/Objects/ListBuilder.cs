namespace GcpEmulator.Storage;

/// <summary>Gathers a page: what lies outside of the query, what was on the page before, and when it is full.</summary>
internal sealed class ListBuilder(ListQuery query)
{
    private readonly List<StoredObject> _items = [];
    private readonly List<string> _prefixes = [];
    private ListPosition? _last;
    private bool _isFull;

    public string Start
    {
        get
        {
            string start = query.Prefix;
            foreach (string? other in new[] { query.StartOffset, query.After?.Key })
            {
                if (other is not null && Utf8Order.Instance.Compare(other, start) > 0)
                {
                    start = other;
                }
            }

            return start;
        }
    }

    public bool IsBehind(string name) =>
        !name.StartsWith(query.Prefix, StringComparison.Ordinal)
        || (query.EndOffset is not null && Utf8Order.Instance.Compare(name, query.EndOffset) >= 0);

    /// <summary>The name up to the first delimiter behind the prefix, if there is one.</summary>
    public string? PrefixOf(string name)
    {
        int cut = query.Delimiter.Length == 0 ? -1 : name.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
        return cut < 0 ? null : name[..(cut + query.Delimiter.Length)];
    }

    /// <summary>False for a prefix that is on this page already or was on the one before.</summary>
    public bool IsPrefixNew(string prefix) =>
        (_prefixes.Count == 0 || _prefixes[^1] != prefix)
        && !(query.After is not null && Utf8Order.Instance.Compare(prefix, query.After.Key) <= 0);

    /// <summary>False if the page is full: there is more behind it.</summary>
    public bool TryAdd(string prefix)
    {
        if (!HasRoom())
        {
            return false;
        }

        _prefixes.Add(prefix);
        _last = new ListPosition(prefix, ListPosition.WholePrefix);
        return true;
    }

    /// <inheritdoc cref="TryAdd(string)"/>
    public bool TryAdd(StoredObject o)
    {
        if (query.After is ListPosition after && o.Name == after.Key && o.Generation <= after.Generation)
        {
            return true;
        }

        if (!HasRoom())
        {
            return false;
        }

        _items.Add(o);
        _last = new ListPosition(o.Name, o.Generation);
        return true;
    }

    public ListPage Finish() => new(_items, _prefixes, _isFull ? _last : null);

    private bool HasRoom() => !(_isFull = _items.Count + _prefixes.Count >= query.MaxResults);
}
