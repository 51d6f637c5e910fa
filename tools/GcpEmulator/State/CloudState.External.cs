using System.Text.Json.Nodes;

namespace GcpEmulator;

/// <content>Credential files of identity federation, as gcloud writes them.</content>
public sealed partial class CloudState
{
    /// <summary>What the Security Token Service believes.</summary>
    public FederationDirectory Federation { get; } = new();

    /// <summary>The text of a credential file of the type external_account.</summary>
    /// <param name="credentialSource">The JSON of its credential_source.</param>
    /// <param name="account">The service account to become (created if need be); null for none.</param>
    /// <param name="change">Changes the file before it is written.</param>
    public string CreateExternalAccount(string credentialSource, string? account = null, Action<JsonObject>? change = null)
    {
        JsonNode source = JsonNode.Parse(credentialSource)!;
        JsonObject file = new()
        {
            ["universe_domain"] = "googleapis.com",
            ["type"] = "external_account",
            ["audience"] = FederationDirectory.WorkloadAudience,
            ["subject_token_type"] = source["environment_id"] is not null ? "urn:ietf:params:aws:token-type:aws4_request"
                : source["certificate"] is not null ? "urn:ietf:params:oauth:token-type:mtls"
                : "urn:ietf:params:oauth:token-type:jwt",
            ["token_url"] = source["certificate"] is not null ? "https://sts.mtls.googleapis.com/v1/token" : "https://sts.googleapis.com/v1/token",
            ["credential_source"] = source,
        };
        if (account is not null)
        {
            ServiceAccounts.GetOrAdd(account);
            file["service_account_impersonation_url"] =
                "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/" + account + ":generateAccessToken";
        }

        change?.Invoke(file);
        return ErrorBody.Serialize(file);
    }

    /// <summary>The text of a credential file of the type external_account_authorized_user.</summary>
    public static string CreateExternalUser(FederatedUser user, Action<JsonObject>? change = null)
    {
        JsonObject file = new()
        {
            ["type"] = "external_account_authorized_user",
            ["audience"] = FederationDirectory.WorkforceAudience,
            ["client_id"] = user.ClientId,
            ["client_secret"] = user.ClientSecret,
            ["refresh_token"] = user.RefreshToken,
            ["token_url"] = "https://sts.googleapis.com/v1/oauthtoken",
            ["token_info_url"] = "https://sts.googleapis.com/v1/introspect",
            ["revoke_url"] = "https://sts.googleapis.com/v1/revoke",
        };
        change?.Invoke(file);
        return ErrorBody.Serialize(file);
    }
}
