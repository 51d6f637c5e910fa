using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.External;

/// <summary>external_account with a file as the source of subject tokens, and what all sources share: exchange, service account, scopes.</summary>
public sealed class FileSourcedTests : FederationTest
{
    [Fact]
    public void A_files_token_is_exchanged_and_opens_storage()
    {
        RunResult result = SignIn(FileSourced()).MustSucceed();
        RunResult buckets = Run("(Get-GcsBucket -Project demo-project).Count").MustSucceed();

        Assert.Equal("external_account", result.Property("CredentialType"));
        Assert.Equal(["3"], buckets.Strings());
        Dictionary<string, string> form = LastForm();
        Assert.Equal("urn:ietf:params:oauth:grant-type:token-exchange", form["grant_type"]);
        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", form["requested_token_type"]);
        Assert.Equal("https://www.googleapis.com/auth/cloud-platform", form["scope"]);
        Assert.Equal(FederationDirectory.WorkloadAudience, form["audience"]);
        Assert.False(form.ContainsKey("options"));
        Assert.Empty(Requests(EmulatedService.IamCredentials));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n\n")]
    public void The_newline_at_the_files_end_is_not_sent(string ending) =>
        SignIn(ExternalFile(new { file = TokenFile(ending) })).MustSucceed();

    [Fact]
    public void A_service_account_is_become_with_the_life_that_the_file_says()
    {
        string file = FileSourced(Robot, json => json["service_account_impersonation"] = new System.Text.Json.Nodes.JsonObject { ["token_lifetime_seconds"] = 2800 });

        RunResult result = SignIn(file).MustSucceed();
        RunResult token = Run("Get-GceAccessToken").MustSucceed();

        Assert.Equal(Robot, result.Property("Account"));
        LoggedRequest request = Assert.Single(Requests(EmulatedService.IamCredentials));
        Assert.Contains("\"lifetime\":\"2800s\"", request.Body, StringComparison.Ordinal);
        Assert.InRange((DateTime)token.Property("ExpiresAt")!, DateTime.Now.AddSeconds(2700), DateTime.Now.AddSeconds(2801));
        Assert.Equal(["Bearer " + Cloud.State.Tokens.Issued[0].Value], [request.Headers["Authorization"]]);
    }

    [Fact]
    public void Chosen_scopes_go_into_the_last_token()
    {
        SignIn(FileSourced(Robot), "-Scope https://www.googleapis.com/auth/devstorage.read_only").MustSucceed();
        Assert.Equal(["https://www.googleapis.com/auth/devstorage.read_only"], Cloud.State.Tokens.Issued[^1].Scopes);
        Assert.Equal(["https://www.googleapis.com/auth/cloud-platform"], Cloud.State.Tokens.Issued[0].Scopes);

        SignIn(FileSourced(), "-Scope https://www.googleapis.com/auth/devstorage.read_only").MustSucceed();
        Assert.Equal("https://www.googleapis.com/auth/devstorage.read_only", LastForm()["scope"]);
    }

    [Fact]
    public void A_json_file_gives_the_field_that_is_named()
    {
        string token = Environment.WriteFile("token.json", "{\"other\":1,\"id_token\":\"" + Cloud.State.Federation.IssueSubjectToken() + "\"}\n");

        SignIn(ExternalFile(new { file = token, format = new { type = "json", subject_token_field_name = "id_token" } })).MustSucceed();
    }

    [Fact]
    public void The_default_search_takes_the_file_too_and_keeps_its_host_rules()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", FileSourced());

        Run("Connect-GcpAccount -Endpoint @{ sts = $args[0] }", Cloud.ApiAddress.AbsoluteUri).MustSucceed();

        Assert.Single(Requests(EmulatedService.Sts));
    }

    [Fact]
    public void The_content_may_come_as_a_secret()
    {
        string json = File.ReadAllText(FileSourced());

        Run("Connect-GcpAccount -CredentialJson $args[0] -Endpoint @{ sts = $args[1] }", Secret(json), Cloud.ApiAddress.AbsoluteUri).MustSucceed();
    }

    [Fact]
    public void A_client_of_the_file_proves_itself()
    {
        Cloud.State.Federation.Client = ("client-1", "secret-of-client");
        string file = FileSourced(change: json =>
        {
            json["client_id"] = "client-1";
            json["client_secret"] = "secret-of-client";
        });

        SignIn(file).MustSucceed();
        SignIn(FileSourced()).SingleError("FederationRefused", ErrorCategory.AuthenticationError);
    }

    [Fact]
    public void A_workforce_pools_user_project_goes_along()
    {
        SignIn(FileSourced(change: json =>
        {
            json["audience"] = FederationDirectory.WorkforceAudience;
            json["workforce_pool_user_project"] = "my-billing";
        })).MustSucceed();

        Assert.Equal("{\"userProject\":\"my-billing\"}", Uri.UnescapeDataString(LastForm()["options"]));
    }

    [Fact]
    public void The_token_is_kept_and_the_file_read_again_for_the_next()
    {
        string token = TokenFile();
        string file = ExternalFile(new { file = token });
        SignIn(file).MustSucceed();
        Run("Get-GceAccessToken; Get-GceAccessToken").MustSucceed();
        Assert.Single(Requests(EmulatedService.Sts));

        Cloud.State.Federation.WithdrawSubjectTokens();
        File.WriteAllText(token, Cloud.State.Federation.IssueSubjectToken("workload-2"));
        Run("Get-GceAccessToken -ForceRefresh").MustSucceed();
        File.Delete(token);
        ErrorRecord error = Run("Get-GceAccessToken -ForceRefresh").SingleError("SubjectTokenFileNotFound", ErrorCategory.ObjectNotFound);

        Assert.Contains(token, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Requests(EmulatedService.Sts).Count);
    }

    [Fact]
    public void A_renewed_token_after_a_401_is_exchanged_anew()
    {
        SignIn(FileSourced(Robot)).MustSucceed();
        Cloud.State.Tokens.RevokeAll();

        Assert.Equal(["3"], Run("(Get-GcsBucket -Project demo-project).Count").MustSucceed().Strings());
        Assert.Equal(2, Requests(EmulatedService.Sts).Count);
    }

    [Theory]
    [InlineData("", "SubjectTokenUnreadable")]
    [InlineData("\n", "SubjectTokenUnreadable")]
    [InlineData("not json", "SubjectTokenUnreadable", true)]
    [InlineData("{\"id_token\":5}", "SubjectTokenUnreadable", true)]
    [InlineData("{\"other\":\"x\"}", "SubjectTokenUnreadable", true)]
    [InlineData("[]", "SubjectTokenUnreadable", true)]
    public void A_file_without_a_token_is_one_clear_error(string content, string errorId, bool json = false)
    {
        string token = Environment.WriteFile("token", content);
        object source = json ? new { file = token, format = new { type = "json", subject_token_field_name = "id_token" } } : new { file = token };

        SignIn(ExternalFile(source)).SingleError(errorId, ErrorCategory.InvalidData);

        Assert.Empty(Requests(EmulatedService.Sts));
    }

    [Fact]
    public void A_file_larger_than_64_KiB_is_not_sent()
    {
        SignIn(ExternalFile(new { file = Environment.WriteFile("token", new string('x', 65537)) }))
            .SingleError("SubjectTokenUnreadable", ErrorCategory.InvalidData);
        SignIn(ExternalFile(new { file = Environment.GcloudFolder })).SingleError("SubjectTokenUnreadable", ErrorCategory.InvalidData);

        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void A_large_token_up_to_the_limit_is_sent()
    {
        string large = new('x', 65536);
        Cloud.State.Federation.AddSubjectToken(large);

        SignIn(ExternalFile(new { file = Environment.WriteFile("token", large) })).MustSucceed();
    }

    [Fact]
    public void A_warning_says_that_others_can_read_a_secret_and_only_then()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files of this test have no access list of their own on Windows.");
        string open = FileSourced(change: json => json["client_secret"] = "x");
        string closed = FileSourced(change: json => json["client_secret"] = "x");
        FileModes.Set(open, "r--r--r--");
        FileModes.Set(closed, "r--------");

        Assert.Contains(open, Assert.Single(SignIn(open).MustSucceed().Warnings), StringComparison.Ordinal);
        Assert.Empty(SignIn(open).MustSucceed().Warnings);
        Assert.Empty(SignIn(closed).MustSucceed().Warnings);
        Assert.Empty(SignIn(FileSourced()).MustSucceed().Warnings);
    }

    [Fact]
    public void No_secret_is_shown_anywhere()
    {
        string token = Cloud.State.Federation.IssueSubjectToken();
        string file = ExternalFile(
            new { file = Environment.WriteFile("token", token) }, Robot, json =>
            {
                json["client_id"] = "client-1";
                json["client_secret"] = "secret-of-client";
            });
        RunResult result = SignIn(file, "-Verbose; Get-GceAccessToken; Get-GcpContext").MustSucceed();
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "/v1/token",
            Status = 400,
            Body = "{\"error\":\"invalid_grant\",\"error_description\":\"bad token " + token + " of secret-of-client\"}",
            Times = 1,
        });
        RunResult refused = Run("Get-GceAccessToken -ForceRefresh -Verbose");
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*:generateAccessToken",
            Status = 403,
            Body = "{\"error\":{\"code\":403,\"message\":\"no " + token + "\",\"status\":\"PERMISSION_DENIED\"}}",
            Times = 1,
        });
        RunResult denied = Run("Get-GceAccessToken -ForceRefresh -Verbose");

        string all = result.AllText() + refused.AllText() + denied.AllText();
        Assert.Contains("bad token *** of ***", refused.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, all, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-client", all, StringComparison.Ordinal);
        Assert.DoesNotContain("ya29.", all, StringComparison.Ordinal);
    }
}
