using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>A credential file that cannot be used, by whichever way it was named. Nothing else is tried in its place.</summary>
public sealed class CredentialFileTests : FailureTest
{
    private const string User = """{"type":"authorized_user","client_id":"id","client_secret":"GOCSPX-x","refresh_token":"1//x"}""";

    public static TheoryData<string, string, ErrorCategory> Contents => new()
    {
        { string.Empty, "CredentialFileEmpty", ErrorCategory.InvalidData },
        { " \r\n\t", "CredentialFileEmpty", ErrorCategory.InvalidData },
        { "\uFEFF", "CredentialFileEmpty", ErrorCategory.InvalidData },
        { "this is a note", "CredentialFileNotJson", ErrorCategory.InvalidData },
        { "<html>Sign in</html>", "CredentialFileNotJson", ErrorCategory.InvalidData },
        { "\"text\"", "CredentialFileNotJson", ErrorCategory.InvalidData },
        { "[" + User + "]", "CredentialFileNotJson", ErrorCategory.InvalidData },
        { User[..^10], "CredentialFileNotJson", ErrorCategory.InvalidData },
        { User + "x", "CredentialFileNotJson", ErrorCategory.InvalidData },
        { "{}", "CredentialFieldMissing", ErrorCategory.InvalidData },
        { """{"type":5}""", "CredentialFieldMissing", ErrorCategory.InvalidData },
        { """{"installed":{"client_id":"x","client_secret":"y"}}""", "CredentialFieldMissing", ErrorCategory.InvalidData },
        { """{"type":"something_else"}""", "CredentialTypeUnknown", ErrorCategory.InvalidData },
        { """{"type":"SERVICE_ACCOUNT"}""", "CredentialTypeUnknown", ErrorCategory.InvalidData },
        { """{"type":"external_account"}""", "CredentialFieldMissing", ErrorCategory.InvalidData },
        { """{"type":"external_account_authorized_user"}""", "CredentialFieldMissing", ErrorCategory.InvalidData },
        { """{"type":"impersonated_service_account"}""", "CredentialFieldMissing", ErrorCategory.InvalidData },
        { """{"type":"gdch_service_account"}""", "CredentialTypeNotSupported", ErrorCategory.NotImplemented },
        { """{"type":"authorized_user","client_id":"id","client_secret":"x"}""", "CredentialFieldMissing", ErrorCategory.InvalidData },
        { """{"type":"authorized_user","client_id":"id","client_secret":"x","refresh_token":""}""", "CredentialFieldMissing", ErrorCategory.InvalidData },
        { """{"type":"service_account","client_email":"a@b"}""", "CredentialFieldMissing", ErrorCategory.InvalidData },
        { """{"type":"service_account","private_key":"x"}""", "CredentialFieldMissing", ErrorCategory.InvalidData },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Named_by_the_parameter(string content, string id, ErrorCategory category)
    {
        string path = Environment.WriteFile("bad.json", content);

        ErrorRecord error = Run("Connect-GcpAccount -CredentialPath $args[0]", path).SingleError(id, category);

        Assert.Equal(path, error.TargetObject);
        Assert.Contains(path, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
        StillWorks();
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void Named_by_the_variable_it_is_an_error_and_never_a_fall_through(string content, string id, ErrorCategory category)
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", Environment.WriteFile("bad.json", content));

        Run("Get-GceAccessToken").SingleError(id, category);
        Run("Get-GcsBucket").SingleError(id, category);

        Assert.Empty(Cloud.Requests.All);
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", null);
        StillWorks();
    }

    [Theory]
    [InlineData("", "CredentialFileEmpty")]
    [InlineData("no json", "CredentialFileNotJson")]
    [InlineData("""{"type":"external_account"}""", "CredentialFieldMissing")]
    [InlineData("""{"type":"gdch_service_account"}""", "CredentialTypeNotSupported")]
    public void Given_as_a_secret(string content, string id)
    {
        ErrorRecord error = Assert.Single(Run("Connect-GcpAccount -CredentialJson $args[0] -Name ci", Secret(content)).Errors);

        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("ci", error.TargetObject);
        Assert.Contains("-CredentialJson", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("Connect-GcpAccount -CredentialPath $args[0]")]
    [InlineData("$env:GOOGLE_APPLICATION_CREDENTIALS = $args[0]; Get-GceAccessToken")]
    public void A_file_that_is_not_there(string script)
    {
        string path = Path.Combine(Environment.GcloudFolder, "nope.json");

        ErrorRecord error = Run(script, path).SingleError("CredentialFileNotFound", ErrorCategory.ObjectNotFound);

        Assert.Contains(path, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", null);
        StillWorks();
    }

    [Fact]
    public void The_variable_is_named_that_named_the_missing_file()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json");

        ErrorRecord error = Run("Get-GceAccessToken").SingleError("CredentialFileNotFound", ErrorCategory.ObjectNotFound);

        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS", error.Exception.Message, StringComparison.Ordinal);
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", null);
    }

    [Fact]
    public void A_broken_file_of_gclouds_is_an_error_too()
    {
        string path = Environment.WriteFile("application_default_credentials.json", "{");

        Run("Get-GceAccessToken").SingleError("CredentialFileNotJson", ErrorCategory.InvalidData);

        Assert.Empty(Cloud.Requests.All);
        File.Delete(path);
        StillWorks();
    }

    [Fact]
    public void A_folder_a_huge_file_and_a_device_are_no_credential_files()
    {
        string huge = Environment.WriteFile("huge.json", new string(' ', 70_000) + User);

        Run("Connect-GcpAccount $args[0]", Environment.GcloudFolder).SingleError("CredentialFileUnreadable", ErrorCategory.InvalidData);
        Run("Connect-GcpAccount $args[0]", huge).SingleError("CredentialFileUnreadable", ErrorCategory.InvalidData);
        if (!OperatingSystem.IsWindows())
        {
            Run("Connect-GcpAccount /dev/zero").SingleError("CredentialFileUnreadable", ErrorCategory.InvalidData);
        }

        StillWorks();
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n")]
    public void A_private_key_that_is_none(string key)
    {
        string path = WithField("private_key", key);

        RunResult result = Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", path, TokenEndpoint);

        result.SingleError("CredentialKeyInvalid", ErrorCategory.InvalidData);
        Assert.DoesNotContain("MII", result.AllText(), StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
        StillWorks();
    }

    [Theory]
    [InlineData("service_account", "type")]
    [InlineData("service_account", "client_email")]
    [InlineData("service_account", "private_key")]
    [InlineData("service_account", "token_uri")]
    [InlineData("service_account", "universe_domain")]
    [InlineData("service_account", "project_id")]
    [InlineData("service_account", "quota_project_id")]
    [InlineData("authorized_user", "client_id")]
    [InlineData("authorized_user", "client_secret")]
    [InlineData("authorized_user", "refresh_token")]
    [InlineData("authorized_user", "universe_domain")]
    [InlineData("authorized_user", "quota_project_id")]
    public void A_field_of_another_type_is_named(string type, string field)
    {
        string text = type == "service_account" ? Cloud.State.CreateServiceAccountKey() : Cloud.State.CreateAuthorizedUser();
        foreach (JsonNode value in (JsonNode[])[5, true, new JsonArray("x"), new JsonObject { ["x"] = "y" }])
        {
            JsonObject file = JsonNode.Parse(text)!.AsObject();
            file[field] = value;

            RunResult result = Run(
                "Connect-GcpAccount -CredentialPath $args[0] -Endpoint @{ token = $args[1] }",
                Environment.WriteFile("credential.json", file.ToJsonString()),
                TokenEndpoint);

            ErrorRecord error = Assert.Single(result.Errors);
            Assert.Contains(error.FullyQualifiedErrorId.Split(',')[0], new[] { "CredentialFieldInvalid", "CredentialFieldMissing" });
            Assert.Contains("'" + field + "'", error.ToString(), StringComparison.Ordinal);
            Assert.Empty(Cloud.Requests.All);
        }
    }

    [Fact]
    public void A_person_of_another_universe_is_refused()
    {
        JsonObject file = JsonNode.Parse(Cloud.State.CreateAuthorizedUser())!.AsObject();
        file["universe_domain"] = "other.example.com";
        string path = Environment.WriteFile("user.json", file.ToJsonString());

        Run("Connect-GcpAccount $args[0]", path).SingleError("UniverseMismatch", ErrorCategory.SecurityError);
        Run("Connect-GcpAccount $args[0] -UniverseDomain other.example.com", path).SingleError("CredentialTypeNotSupported", ErrorCategory.NotImplemented);

        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("https://tokens.example.com/token")]
    [InlineData("https://oauth2.googleapis.com.example.com/token")]
    [InlineData("https://oauth2.googleapis.com@example.com/token")]
    [InlineData("https://user:pw@oauth2.googleapis.com/token")]
    [InlineData("http://oauth2.googleapis.com/token")]
    [InlineData("https://oauth2.googleapis.com:8443/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("token")]
    public void A_foreign_token_endpoint(string uri)
    {
        string path = WithField("token_uri", uri);

        ErrorRecord error = Run("Connect-GcpAccount $args[0]", path).SingleError("TokenUriRefused", ErrorCategory.SecurityError);

        Assert.Equal(path, error.TargetObject);
        Assert.Contains("@{ token = '...' }", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
        StillWorks();
    }

    [Fact]
    public void A_token_endpoint_on_this_machine_must_be_named_by_the_user()
    {
        using Listener stranger = new();
        string path = WithField("token_uri", stranger.Address + "token");

        Run("Connect-GcpAccount $args[0]", path).SingleError("TokenUriRefused", ErrorCategory.SecurityError);
        Assert.Empty(stranger.Requests);

        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", path, TokenEndpoint).MustSucceed();
        Assert.Empty(stranger.Requests);
        Assert.Equal(1, TokenRequests);
    }

    [Fact]
    public void A_foreign_universe_of_a_file_is_not_trusted()
    {
        string path = WithField("universe_domain", "example.com");

        ErrorRecord error = Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", path, TokenEndpoint)
            .SingleError("UniverseMismatch", ErrorCategory.SecurityError);

        Assert.Contains("example.com", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
        StillWorks();
    }

    [Theory]
    [InlineData("other.example.com")]
    [InlineData("googleapis.com")]
    public void A_foreign_universe_must_be_the_one_the_user_named(string named)
    {
        string path = WithField("universe_domain", "example.com");

        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -UniverseDomain " + named, path, TokenEndpoint)
            .SingleError("UniverseMismatch", ErrorCategory.SecurityError);

        Assert.Empty(Cloud.Requests.All);
    }

    private string WithField(string field, string value)
    {
        JsonObject file = JsonNode.Parse(Cloud.State.CreateServiceAccountKey())!.AsObject();
        file[field] = value;
        return Environment.WriteFile("edited.json", file.ToJsonString());
    }
}
