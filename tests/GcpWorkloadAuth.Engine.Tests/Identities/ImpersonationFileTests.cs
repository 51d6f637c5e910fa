using System.Text.Json.Nodes;
using CsCheck;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Identities;

/// <summary>impersonated_service_account files that somebody has been at: one clear failure, or a target at IAM's own host.</summary>
public sealed class ImpersonationFileTests
{
    private const string Good =
        """
        {"type":"impersonated_service_account","delegates":["d@p.iam.gserviceaccount.com"],"quota_project_id":"q","scopes":["s"],
        "service_account_impersonation_url":"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@p.iam.gserviceaccount.com:generateAccessToken",
        "source_credentials":{"type":"authorized_user","client_id":"c","client_secret":"sec","refresh_token":"r"}}
        """;

    private static readonly string[] s_values =
    [
        "null", "true", "7", "1e999", "-0.5", "\"\"", "\"x\"", "[]", "[null]", "{}", "{\"type\":\"impersonated_service_account\"}",
        "\"https://evil.example/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken\"",
        "\"https://iamcredentials.googleapis.com./v1/projects/-/serviceAccounts/a@b.c:generateAccessToken\"",
        "\"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken?x=y\"",
        "\"https://iamcredentials.googleapis.com\\\\@evil.example/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken\"",
        "\"file:///v1/projects/-/serviceAccounts/a@b.c:generateAccessToken\"",
    ];

    [Fact]
    public void A_whole_file_says_who_for_whom_and_through_whom()
    {
        CredentialFile file = CredentialFile.FromText(Good, "here");

        Assert.Equal("d@p.iam.gserviceaccount.com>a@p.iam.gserviceaccount.com", file.TargetIn("googleapis.com").ToString());
        Assert.Equal(["s"], file.Scopes);
        Assert.Equal("q", file.QuotaProject);
        Assert.Equal("authorized_user", file.SourceCredentials!.Type);
        Assert.Equal("here (source_credentials)", file.SourceCredentials.Source);
    }

    [Fact]
    public void The_host_is_the_trusted_universes()
    {
        CredentialFile file = CredentialFile.FromText(Good.Replace("googleapis.com/v1", "example.goog/v1", StringComparison.Ordinal), "here");

        Assert.Equal("a@p.iam.gserviceaccount.com", file.TargetIn("example.goog").Account);
        Fails.With("ImpersonationUrlRefused", () => file.TargetIn("googleapis.com"));
    }

    [Fact]
    public void Each_field_may_hold_anything() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, s_values.Length - 1]).Sample((index, which) =>
        {
            string value = s_values[which];
            JsonObject json = JsonNode.Parse(Good)!.AsObject();
            string[] fields = [.. json.Select(p => p.Key)];
            string text = Good.Contains("\"" + fields[index % fields.Length] + "\":", StringComparison.Ordinal)
                ? Replace(json, fields[index % fields.Length], value)
                : Good;
            Check(text);
        });

    [Fact]
    public void The_text_may_be_cut_and_changed_anywhere() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Int[0, 20], Gen.String).Sample((at, length, text) =>
            Check(Good[..at] + text + Good[Math.Min(Good.Length, at + length)..]));

    // Numbers beyond all bounds are not for JsonNode: the text is put together by hand.
    private static string Replace(JsonObject json, string field, string value) =>
        "{" + string.Join(",", json.Select(p => "\"" + p.Key + "\":" + (p.Key == field ? value : p.Value!.ToJsonString()))) + ",\"more\":" + value + "}";

    private static void Check(string text)
    {
        try
        {
            CredentialFile file = CredentialFile.FromText(text, "here");
            if (file.Type == CredentialFile.ImpersonatedType)
            {
                ImpersonationTarget target = file.TargetIn("googleapis.com");
                Assert.Contains("://iamcredentials.googleapis.com/", file["service_account_impersonation_url"]!, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain('/', target.Account);
            }
        }
        catch (GcpException failure)
        {
            Assert.DoesNotContain("\"r\"", failure.Message, StringComparison.Ordinal);
        }
    }
}
