using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace GcpEmulator;

/// <summary>The texts of credential files, as the console and gcloud write them.</summary>
internal static class CredentialFiles
{
    public static string ServiceAccountKey(ServiceAccount account, string tokenUri, string? universeDomain)
    {
        (string keyId, RSA key) = account.AddKey();
        JsonObject file = new()
        {
            ["type"] = "service_account",
            ["project_id"] = account.ProjectId,
            ["private_key_id"] = keyId,
            ["private_key"] = key.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\n") + "\n",
            ["client_email"] = account.Email,
            ["client_id"] = account.UniqueId,
            ["auth_uri"] = "https://accounts.google.com/o/oauth2/auth",
            ["token_uri"] = tokenUri,
            ["auth_provider_x509_cert_url"] = "https://www.googleapis.com/oauth2/v1/certs",
            ["client_x509_cert_url"] = "https://www.googleapis.com/robot/v1/metadata/x509/" + Uri.EscapeDataString(account.Email),
        };
        if (universeDomain is not null)
        {
            file["universe_domain"] = universeDomain;
        }

        return ErrorBody.Serialize(file);
    }

    public static string Impersonation(string target, string source, IEnumerable<string> delegates) => ErrorBody.Serialize(new JsonObject
    {
        ["delegates"] = new JsonArray([.. delegates.Select(d => (JsonNode)d)]),
        ["service_account_impersonation_url"] =
            $"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{target}:generateAccessToken",
        ["source_credentials"] = JsonNode.Parse(source),
        ["type"] = "impersonated_service_account",
    });

    public static string AuthorizedUser(EmulatedUser user, string? quotaProject)
    {
        JsonObject file = new()
        {
            ["account"] = string.Empty,
            ["client_id"] = user.ClientId,
            ["client_secret"] = user.ClientSecret,
        };
        if (quotaProject is not null)
        {
            file["quota_project_id"] = quotaProject;
        }

        file["refresh_token"] = user.RefreshToken;
        file["type"] = "authorized_user";
        file["universe_domain"] = "googleapis.com";
        return ErrorBody.Serialize(file);
    }
}
