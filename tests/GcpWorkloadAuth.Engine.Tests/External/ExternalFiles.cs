using System.Text.Json;
using System.Text.Json.Nodes;
using GcpWorkloadAuth.Engine.Credentials;

namespace GcpWorkloadAuth.Engine.Tests.External;

/// <summary>Credential files of the type external_account.</summary>
internal static class ExternalFiles
{
    public const string Account = "robot@demo-project.iam.gserviceaccount.com";

    /// <summary>A file with these fields over those of a file-sourced one.</summary>
    public static CredentialFile Parse(object changes) => CredentialFile.FromText(Text(changes), "in a test");

    public static string Text(object changes) => With(JsonSerializer.SerializeToNode(changes)!.AsObject()).ToJsonString();

    /// <summary>A whole file, with a service account to become.</summary>
    public static JsonObject Whole(string source = """{"file":"/var/run/token"}""") => new()
    {
        ["universe_domain"] = "googleapis.com",
        ["type"] = "external_account",
        ["audience"] = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/provider",
        ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
        ["token_url"] = "https://sts.googleapis.com/v1/token",
        ["token_info_url"] = "https://sts.googleapis.com/v1/introspect",
        ["service_account_impersonation_url"] =
            "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/" + Account + ":generateAccessToken",
        ["service_account_impersonation"] = new JsonObject { ["token_lifetime_seconds"] = 2800 },
        ["client_id"] = "client-1",
        ["client_secret"] = "secret-of-the-client",
        ["credential_source"] = JsonNode.Parse(source),
    };

    private static JsonObject With(JsonObject changes)
    {
        JsonObject file = Whole();
        foreach ((string name, JsonNode? value) in changes)
        {
            file[name] = value?.DeepClone();
        }

        return file;
    }
}
