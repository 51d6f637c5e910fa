namespace GcpEmulator.Storage;

/// <summary>The order of lists: by the UTF-8 bytes of the names ("List objects" documentation), which is the order of code points.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    public int Compare(string? x, string? y)
    {
        int at = x.AsSpan().CommonPrefixLength(y);
        if (at == x!.Length || at == y!.Length)
        {
            return x.Length.CompareTo(y!.Length);
        }

        // UTF-16 has the surrogates below U+E000, UTF-8 has them above.
        (char a, char b) = (x[at], y[at]);
        bool first = char.IsSurrogate(a), second = char.IsSurrogate(b);
        return first == second ? a.CompareTo(b) : first ? 1 : -1;
    }

    /// <summary>The least text behind everything that begins with a prefix; null if that is not to be told from its last character.</summary>
    public static string? Behind(string prefix) =>
        prefix.Length > 0 && prefix[^1] < '\uD7FF' ? prefix[..^1] + (char)(prefix[^1] + 1) : null;
}
