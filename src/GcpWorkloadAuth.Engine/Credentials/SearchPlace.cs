namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>What a place of the default search holds.</summary>
internal enum SearchPlaceKind
{
    /// <summary>A file with a bare access token.</summary>
    TokenFile,

    /// <summary>A credential file.</summary>
    CredentialFile,

    /// <summary>The metadata server.</summary>
    MetadataServer,
}

/// <summary>A place where the default search looks.</summary>
/// <param name="kind">What it holds.</param>
/// <param name="name">Its name: a variable, a setting of gcloud, or what people call it.</param>
/// <param name="value">The file or the server; null where the search goes on to the next place.</param>
/// <param name="missing">Why it goes on, "... (not set)".</param>
internal sealed class SearchPlace(SearchPlaceKind kind, string name, string? value, string missing)
{
    public SearchPlaceKind Kind { get; } = kind;

    public string Name { get; } = name;

    public string? Value { get; } = value;

    public string Missing { get; } = missing;

    /// <summary>The file that the search depends on whether it is there or not; null for none.</summary>
    public string? Watched { get; init; }

    /// <summary>True where "no credentials found" tells that it was looked at.</summary>
    public bool IsTold { get; init; } = true;
}
