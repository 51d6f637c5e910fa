using System;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>What a file of the type external_account says besides where its subject tokens come from, checked (AIP-4117).</summary>
internal sealed class ExternalAccountSettings
{
    private const int ShortestLife = 600;
    private const int LongestLife = 43200;

    public ExternalAccountSettings(CredentialFile file, string universe, Endpoints endpoints)
    {
        FileFields fields = new(file);
        Uri? sts = endpoints.NamedByUser(Endpoints.StsService);
        Audience = fields.Demand("audience");
        SubjectTokenType = fields.Demand("subject_token_type");
        TokenUrl = CheckedUrl.Of(fields, "token_url", CheckedUrl.Sts, universe, sts);
        if (fields.Has("token_info_url"))
        {
            // Never asked. That it names a foreign host tells what sort of file this is.
            CheckedUrl.Of(fields, "token_info_url", CheckedUrl.Sts, universe, sts);
        }

        if (fields.Has("service_account_impersonation_url"))
        {
            (AccountUrl, Account) = CheckedUrl.OfServiceAccount(
                fields, "service_account_impersonation_url", universe, endpoints.NamedByUser(Endpoints.IamCredentialsService));
        }

        Lifetime = ReadLifetime(fields);
        ClientId = fields.Text("client_id");
        ClientSecret = fields.Text("client_secret");
        UserProject = fields.Text("workforce_pool_user_project");
        if (UserProject is not null && !IsWorkforcePool(Audience))
        {
            throw fields.Invalid("workforce_pool_user_project", "the audience is not a workforce pool");
        }

        Source = fields.Object("credential_source") ?? throw fields.Missing("credential_source");
    }

    /// <summary>The full name of the identity pool's provider.</summary>
    public string Audience { get; }

    /// <summary>What sort of token the subject token is, a URN.</summary>
    public string SubjectTokenType { get; }

    /// <summary>The Security Token Service.</summary>
    public Uri TokenUrl { get; }

    /// <summary>generateAccessToken of the service account to become; null where the federated token itself is used.</summary>
    public Uri? AccountUrl { get; }

    /// <summary>That service account's e-mail address.</summary>
    public string? Account { get; }

    /// <summary>How long its tokens are to live.</summary>
    public TimeSpan Lifetime { get; }

    public string? ClientId { get; }

    public string? ClientSecret { get; }

    /// <summary>The project that pays for a workforce pool's calls; it takes the place of a client.</summary>
    public string? UserProject { get; }

    /// <summary>The credential_source.</summary>
    public FileFields Source { get; }

    // 10 minutes to 12 hours: AIP-4117 and "Configure workload identity federation", token_lifetime_seconds.
    private static TimeSpan ReadLifetime(FileFields fields)
    {
        if (fields.Object("service_account_impersonation") is not { } options || !options.Has("token_lifetime_seconds"))
        {
            return TimeSpan.FromHours(1);
        }

        return options.Integer("token_lifetime_seconds") is long seconds and >= ShortestLife and <= LongestLife
            ? TimeSpan.FromSeconds(seconds)
            : throw options.Invalid("token_lifetime_seconds", "it must be from 600 to 43200");
    }

    // //iam.googleapis.com/locations/LOCATION/workforcePools/POOL/providers/PROVIDER
    private static bool IsWorkforcePool(string audience)
    {
        string[] parts = audience.Split('/');
        return parts.Length >= 7 && parts[3] == "locations" && parts[5] == "workforcePools";
    }
}
