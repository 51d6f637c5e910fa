using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// One page of any list method, read by what Google's list methods have in common. Source: https://google.aip.dev/158, and the older
/// APIs' discovery documents for kind, selfLink and unreachables.
/// </summary>
internal sealed class RestPage
{
    public const string TokenParameter = "pageToken";
    private const string TokenMember = "nextPageToken";

    // What stands in a page besides what is listed.
    private static readonly HashSet<string> s_system = new(StringComparer.Ordinal)
    {
        "kind", "etag", "id", "selfLink", TokenMember, "unreachable", "unreachables", "unreachableLocations", "warning", "warnings",
        "totalSize", "totalItems", "resultSizeEstimate",
    };

    private RestPage(object? value, bool isObject)
    {
        Value = value;
        IsObject = isObject;
    }

    /// <summary>The whole page.</summary>
    public object? Value { get; }

    /// <summary>False where the answer is no object, and so no page.</summary>
    public bool IsObject { get; }

    /// <summary>What asks for the next page; null on the last.</summary>
    public string? NextPageToken { get; private set; }

    /// <summary>The page's only list; empty where it lists nothing; null where the page as a whole has to be emitted.</summary>
    public IReadOnlyList<object?>? Items { get; private set; }

    /// <summary>What the service could not reach.</summary>
    public IReadOnlyList<string> Unreachable { get; private set; } = Array.Empty<string>();

    public static RestPage Of(object? value)
    {
        if (value is not Dictionary<string, object?> members)
        {
            return new RestPage(value, isObject: false);
        }

        List<object?>? only = null;
        int lists = 0;
        int others = 0;
        List<string> unreachable = new();
        foreach (KeyValuePair<string, object?> member in members)
        {
            if (s_system.Contains(member.Key))
            {
                AddUnreachable(member, unreachable);
            }
            else if (member.Value is List<object?> list)
            {
                lists++;
                only = list;
            }
            else
            {
                others++;
            }
        }

        return new RestPage(value, isObject: true)
        {
            NextPageToken = members.TryGetValue(TokenMember, out object? token) && token is string { Length: > 0 } text ? text : null,
            Items = lists == 1 ? only : lists == 0 && others == 0 ? new List<object?>() : null,
            Unreachable = unreachable,
        };
    }

    /// <summary>
    /// The query with the field that paging needs, where "fields" leaves it out: the list would end after its first page without a word.
    /// </summary>
    public static List<KeyValuePair<string, string>> WithToken(Uri uri, List<KeyValuePair<string, string>> query)
    {
        int at = query.FindIndex(static pair => pair.Key == "fields");
        string? fields = at >= 0 ? query[at].Value : FieldsOf(uri);
        if (string.IsNullOrEmpty(fields) || fields!.Contains(TokenMember) || fields.StartsWith("*", StringComparison.Ordinal))
        {
            return query;
        }

        List<KeyValuePair<string, string>> result = new(query);
        if (at >= 0)
        {
            result.RemoveAt(at);
        }

        result.Add(new KeyValuePair<string, string>("fields", TokenMember + "," + fields));
        return result;
    }

    private static string? FieldsOf(Uri uri)
    {
        const string name = "fields=";
        foreach (string pair in uri.IsAbsoluteUri ? uri.Query.TrimStart('?').Split('&') : Array.Empty<string>())
        {
            if (pair.StartsWith(name, StringComparison.Ordinal))
            {
                return Uri.UnescapeDataString(pair.Substring(name.Length));
            }
        }

        return null;
    }

    private static void AddUnreachable(KeyValuePair<string, object?> member, List<string> unreachable)
    {
        if (!member.Key.StartsWith("unreachable", StringComparison.Ordinal) || member.Value is not List<object?> places)
        {
            return;
        }

        foreach (object? place in places)
        {
            if (place is string name)
            {
                unreachable.Add(name);
            }
        }
    }
}
