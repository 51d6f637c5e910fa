using GcpEmulator;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Diagnosis;

/// <summary>Every place of the search says why it was or was not taken.</summary>
public sealed class SourceTests : DiagnosisTest
{
    private const string Session = "Source: session";
    private const string Variable = "Source: GOOGLE_APPLICATION_CREDENTIALS";
    private const string TokenVariable = "Source: CLOUDSDK_AUTH_ACCESS_TOKEN_FILE";
    private const string TokenSetting = "Source: gcloud's auth/access_token_file";
    private const string GcloudFile = "Source: gcloud's Application Default Credentials";
    private const string Metadata = "Source: metadata server";

    [Fact]
    public void Where_nothing_is_set_the_metadata_server_is_taken()
    {
        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal([Metadata], Taken(rows));
        Assert.Equal([Session, TokenVariable, Variable, TokenSetting, GcloudFile, Metadata], rows.Keys.Take(6));
        Assert.Contains("not set", rows[Variable].Detail, StringComparison.Ordinal);
        Assert.Contains("not there", rows[GcloudFile].Detail, StringComparison.Ordinal);
        Assert.Contains(Environment.GcloudFolder, rows[GcloudFile].Detail, StringComparison.Ordinal);
        Assert.Equal("Skipped", rows["Token info"].Status);
        Assert.Equal("Skipped", rows["Impersonation"].Status);
    }

    [Fact]
    public void A_session_that_names_its_credential_shadows_every_place()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", UserFile());
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", KeyFile(), TokenEndpoint).MustSucceed();

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal([Session], Taken(rows));
        Assert.Contains("-CredentialPath", rows[Session].Detail, StringComparison.Ordinal);
        Assert.Contains("comes first", rows[Variable].Detail, StringComparison.Ordinal);
        Assert.Equal("Pass", rows["Token"].Status);
        Assert.Contains("key is here", rows["Signing"].Detail, StringComparison.Ordinal);
        Assert.Equal("Pass", rows["Reach: token endpoint"].Status);
    }

    [Fact]
    public void The_variable_comes_before_gclouds_file()
    {
        string file = UserFile();
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", file);
        Environment.WriteFile("application_default_credentials.json", Cloud.State.CreateAuthorizedUser());

        Dictionary<string, Row> rows = Diagnose("-TimeoutSec 5");

        Assert.Equal([Variable], Taken(rows));
        Assert.Contains(file, rows[Variable].Detail, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS comes first", rows[GcloudFile].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Gclouds_file_comes_before_the_metadata_server()
    {
        Environment.WriteFile("application_default_credentials.json", Cloud.State.CreateAuthorizedUser());

        Dictionary<string, Row> rows = Diagnose("-TimeoutSec 5");

        Assert.Equal([GcloudFile], Taken(rows));
        Assert.Equal("Skipped", rows[Metadata].Status);
    }

    [Fact]
    public void A_file_with_a_bare_token_comes_before_all()
    {
        Environment.Set("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", Environment.WriteFile("token", Cloud.State.Tokens.Issue(Account, [Scopes.CloudPlatform]).Value));

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal([TokenVariable], Taken(rows));
        Assert.Equal("Skipped", rows["Token info"].Status);
        Assert.Contains("emulator", rows["Token info"].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Gclouds_setting_of_a_token_file_is_seen()
    {
        string token = Environment.WriteFile("token", "ya29.configured");
        Environment.WriteFile("configurations/config_default", "[auth]\naccess_token_file = " + token + "\n");

        Assert.Equal([TokenSetting], Taken(Diagnose()));
    }

    [Fact]
    public void A_broken_file_fails_where_it_was_named_and_nothing_is_looked_for_behind_it()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", Environment.WriteFile("broken.json", "{ \"type\": \"service_account\" }"));

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal([Variable, "Credential"], Failed(rows));
        Assert.Contains("client_email", rows[Variable].Detail, StringComparison.Ordinal);
        Assert.Equal("Skipped", rows["Token"].Status);
        Assert.Equal("Skipped", rows["API: Cloud Storage"].Status);
        Assert.Equal("Pass", rows["Reach: Cloud Storage"].Status);
        Assert.False(Run("Test-GcpAuthentication -Quiet").MustSucceed().Single<bool>());
    }

    [Fact]
    public void A_file_that_is_not_there()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", Path.Combine(Environment.GcloudFolder, "nothing.json"));

        Assert.Contains("nothing.json", Diagnose()[Variable].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void NO_GCE_CHECK_keeps_everybody_from_the_metadata_server()
    {
        Environment.Set("NO_GCE_CHECK", "true");

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal(["Credential"], Failed(rows));
        Assert.Contains("NO_GCE_CHECK", rows[Metadata].Detail, StringComparison.Ordinal);
        Assert.Contains("NO_GCE_CHECK", rows["Metadata server"].Detail, StringComparison.Ordinal);
        Assert.Empty(Requests(EmulatedService.Metadata));
    }

    [Fact]
    public void Impersonation_says_who_set_it_and_why_it_fails()
    {
        Environment.Set("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", Robot);
        Cloud.State.ServiceAccounts.GetOrAdd(Robot);

        Dictionary<string, Row> rows = Diagnose();

        Assert.Contains("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", rows["Impersonation"].Detail, StringComparison.Ordinal);
        Assert.Equal(["Token"], Failed(rows));
        Assert.Contains(Robot, rows["Token"].Detail, StringComparison.Ordinal);
        Cloud.State.Impersonations.Allow(Account, Robot);
        Cloud.State.Impersonations.Allow(Robot, Robot);
        Assert.Empty(Failed(Diagnose()));
    }

    [Fact]
    public void Federated_tokens_are_not_shown_to_tokeninfo()
    {
        string file = Environment.WriteFile(
            "external.json",
            Cloud.State.CreateExternalAccount("{\"file\":\"" + Environment.WriteFile("subject", Cloud.State.Federation.IssueSubjectToken()).Replace("\\", "\\\\", StringComparison.Ordinal) + "\"}", null, null));
        Run("Connect-GcpAccount $args[0] -Endpoint @{ sts = $args[1]; token = $args[2] }", file, Cloud.ApiAddress.AbsoluteUri, TokenEndpoint).MustSucceed();

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal("Pass", rows["Token"].Status);
        Assert.Equal("Skipped", rows["Token info"].Status);
        Assert.Contains("federated", rows["Token info"].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Cloud.Requests.All, r => r.Path == "/tokeninfo");
    }

    private static string[] Taken(Dictionary<string, Row> rows) =>
        [.. rows.Values.Where(r => r.Check.StartsWith("Source:", StringComparison.Ordinal) && r.Status == "Pass").Select(r => r.Check)];
}
