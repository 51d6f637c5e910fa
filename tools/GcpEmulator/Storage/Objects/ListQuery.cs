using System.Globalization;
using System.Text;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>The parameters of objects.list (discovery document of Storage v1).</summary>
internal sealed record ListQuery
{
    public string Prefix { get; init; } = string.Empty;

    public string Delimiter { get; init; } = string.Empty;

    public bool IncludeTrailingDelimiter { get; init; }

    public bool IncludeFoldersAsPrefixes { get; init; }

    public string? StartOffset { get; init; }

    public string? EndOffset { get; init; }

    public Glob? Glob { get; init; }

    public bool Versions { get; init; }

    public bool SoftDeleted { get; init; }

    public int MaxResults { get; init; } = 1000;

    public ListPosition? After { get; init; }

    public static ListQuery Read(EmulatedRequest request)
    {
        long? max = Preconditions.Number(request, "maxResults");
        if (max < 1)
        {
            throw new StorageException(GoogleErrors.InvalidParameter($"Invalid value '{max}'.", "maxResults")); // ASSUMED: the text
        }

        ListQuery query = new()
        {
            Prefix = request.Parameter("prefix") ?? string.Empty,
            Delimiter = request.Parameter("delimiter") ?? string.Empty,
            IncludeTrailingDelimiter = request.Flag("includeTrailingDelimiter"),
            IncludeFoldersAsPrefixes = request.Flag("includeFoldersAsPrefixes"),
            StartOffset = Text(request, "startOffset"),
            EndOffset = Text(request, "endOffset"),
            Glob = Text(request, "matchGlob") is string pattern ? Storage.Glob.Parse(pattern) : null,
            Versions = request.Flag("versions"),
            SoftDeleted = request.Flag("softDeleted"),
            MaxResults = (int)Math.Min(max ?? 1000, 1000), // default and maximum of the discovery document
            After = Text(request, "pageToken") is string token ? ListPosition.Parse(token) : null,
        };
        if (query is { Versions: true, SoftDeleted: true })
        {
            throw StorageException.Invalid("Versions and softDeleted cannot be set at the same time."); // ASSUMED: the text; documented as exclusive
        }

        if (query.Glob is not null && query.Delimiter is not ("" or "/"))
        {
            throw StorageException.Invalid("Delimiter must be '/' when using matchGlob."); // ASSUMED: the text; documented as a limit
        }

        return query;
    }

    private static string? Text(EmulatedRequest request, string name) => request.Parameter(name) is { Length: > 0 } text ? text : null;
}

/// <summary>Where a page ended: behind a generation of a name, or behind everything below a prefix.</summary>
internal sealed record ListPosition(string Key, long Generation)
{
    public const long WholePrefix = -1;

    public override string ToString() =>
        Base64Url.Encode(Encoding.UTF8.GetBytes(Generation.ToString(CultureInfo.InvariantCulture) + "/" + Key));

    public static ListPosition Parse(string token)
    {
        string text = Base64Url.TryDecode(token, out byte[] bytes) ? Encoding.UTF8.GetString(bytes) : string.Empty;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && long.TryParse(text.AsSpan(0, slash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long generation)
            ? new ListPosition(text[(slash + 1)..], generation)
            : throw StorageException.Invalid("Invalid argument."); // ASSUMED: the text for a broken page token
    }
}

/// <summary>A page of a list.</summary>
internal sealed record ListPage(List<StoredObject> Items, List<string> Prefixes, ListPosition? Next);
