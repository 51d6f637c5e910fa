using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Makes the public context of a session record and what the engine says of it.</summary>
internal static class Contexts
{
    public static GcpContext Describe(SessionRecord record, ContextDescription about, bool isDefault) => new(record)
    {
        Account = about.Account,
        CredentialType = about.CredentialType,
        Source = about.Source,
        Project = about.Project?.Value,
        ProjectSource = about.Project?.Source,
        Zone = about.Zone?.Value,
        ZoneSource = about.Zone?.Source,
        Region = about.Region?.Value,
        RegionSource = about.Region?.Source,
        QuotaProject = about.QuotaProject?.Value,
        QuotaProjectSource = about.QuotaProject?.Source,
        Scopes = about.Scopes,
        UniverseDomain = about.UniverseDomain,
        TokenExpiresAt = about.TokenExpiresAt,
        Endpoints = about.Endpoints,
        IsDefault = isDefault,
    };
}
