namespace GcpEmulator.Storage;

/// <content>Lists: every page begins with a search in the tree of names, so that its cost does not depend on where it begins.</content>
internal sealed partial class ObjectStore
{
    /// <param name="query">What to list.</param>
    /// <param name="folders">Names of folders that count as prefixes, in order.</param>
    public ListPage List(ListQuery query, IReadOnlyList<string>? folders = null)
    {
        lock (_gate)
        {
            ListBuilder page = new(query);
            string start = page.Start;
            while (start is not null)
            {
                start = ListFrom(start, query, folders ?? [], page)!;
            }

            return page.Finish();
        }
    }

    /// <summary>Lists until the end, or until a prefix that can be skipped: then where to go on.</summary>
    private string? ListFrom(string start, ListQuery query, IReadOnlyList<string> folders, ListBuilder page)
    {
        foreach (string name in Names(start, folders))
        {
            if (page.IsBehind(name))
            {
                return null;
            }

            if (page.PrefixOf(name) is string prefix)
            {
                bool there = folders.Contains(prefix) || Generations(name, query).Any();
                if (!there)
                {
                    continue;
                }

                if (page.IsPrefixNew(prefix) && !page.TryAdd(prefix))
                {
                    return null;
                }

                if (query.IncludeTrailingDelimiter && name == prefix && !AddAll(name, query, page))
                {
                    return null;
                }

                if (query.Glob is null && Utf8Order.Behind(prefix) is string behind)
                {
                    return behind;
                }

                continue;
            }

            if (!AddAll(name, query, page))
            {
                return null;
            }
        }

        return null;
    }

    private bool AddAll(string name, ListQuery query, ListBuilder page)
    {
        foreach (StoredObject o in Generations(name, query))
        {
            if (!page.TryAdd(o))
            {
                return false;
            }
        }

        return true;
    }

    private IEnumerable<StoredObject> Generations(string name, ListQuery query)
    {
        if (query.Glob?.IsMatch(name) == false)
        {
            return [];
        }

        if (!_lines.TryGetValue(name, out ObjectLine? line))
        {
            return !query.SoftDeleted && _synthetic?.Find(name) is StoredObject made ? [made] : [];
        }

        IEnumerable<StoredObject> live = line.Live is StoredObject one ? [one] : [];
        return query.SoftDeleted ? Kept(line) : query.Versions ? [.. line.Noncurrent, .. live] : live;
    }

    /// <summary>All names from one on, in order, from three sources.</summary>
    private IEnumerable<string> Names(string start, IReadOnlyList<string> folders)
    {
        IEnumerable<string> stored = _names.Count > 0 && Utf8Order.Instance.Compare(start, _names.Max) <= 0
            ? _names.GetViewBetween(start, _names.Max!)
            : [];
        if (_synthetic is not null)
        {
            stored = Merge(stored, _synthetic.From(_synthetic.IndexFrom(start)).Select(_synthetic.NameOf));
        }

        return folders.Count == 0 ? stored : Merge(stored, folders.Where(f => Utf8Order.Instance.Compare(f, start) >= 0));
    }

    private static IEnumerable<string> Merge(IEnumerable<string> left, IEnumerable<string> right)
    {
        using IEnumerator<string> a = left.GetEnumerator(), b = right.GetEnumerator();
        bool hasA = a.MoveNext(), hasB = b.MoveNext();
        while (hasA || hasB)
        {
            int order = !hasA ? 1 : !hasB ? -1 : Utf8Order.Instance.Compare(a.Current, b.Current);
            yield return order <= 0 ? a.Current : b.Current;
            hasA = order <= 0 ? a.MoveNext() : hasA;
            hasB = order >= 0 ? b.MoveNext() : hasB;
        }
    }
}
