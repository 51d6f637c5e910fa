namespace GcpWorkloadAuth.Contracts;

/// <summary>Which identity token is wanted.</summary>
internal sealed class IdentityTokenRequest
{
    public IdentityTokenRequest(string audience) => Audience = audience;

    /// <summary>Whom it is for: the service that will check it.</summary>
    public string Audience { get; }

    /// <summary>With the VM's particulars; only the metadata server makes such.</summary>
    public bool IsFull { get; init; }

    /// <summary>With the licenses of the VM's image; only in the full form.</summary>
    public bool IncludeLicense { get; init; }

    /// <summary>With the account's e-mail address, where that can be chosen.</summary>
    public bool IncludeEmail { get; init; }

    /// <summary>Another service account attached to this VM.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Ask again although the cached token is still good.</summary>
    public bool ForceRefresh { get; init; }
}
