using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Identities;

/// <summary>Working as another service account: whose token it is, what it costs, and every refusal.</summary>
public sealed class ImpersonationTests : CloudTest
{
    private const string Robot = "robot@demo-project.iam.gserviceaccount.com";
    private const string Worker = "worker@demo-project.iam.gserviceaccount.com";
    private const string Middle = "middle@demo-project.iam.gserviceaccount.com";
    private const string AccessTokenPath = "/v1/projects/-/serviceAccounts/worker%40demo-project.iam.gserviceaccount.com:generateAccessToken";

    [Fact]
    public void A_vm_works_as_another_account()
    {
        Allow(Account, Worker);

        RunResult result = Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0]", Worker).MustSucceed();

        Assert.Equal(Worker, result.Property("Account"));
        Assert.Equal("impersonated_service_account", result.Property("CredentialType"));
        Assert.Equal("demo-project", result.Property("Project"));
        LoggedRequest request = Assert.Single(Requests(EmulatedService.IamCredentials));
        Assert.Equal(AccessTokenPath, request.Path);
        JsonNode body = JsonNode.Parse(request.Body)!;
        Assert.Equal("3600s", body["lifetime"]!.ToString());
        Assert.Equal("https://www.googleapis.com/auth/cloud-platform", Assert.Single(body["scope"]!.AsArray())!.ToString());
        Assert.Null(body["delegates"]);
    }

    [Fact]
    public void Its_token_opens_the_apis_and_the_machines_own_stays_at_iam()
    {
        Allow(Account, Worker);

        Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0] | ForEach-Object { }; Get-GcsBucket", Worker).MustSucceed();

        string own = Cloud.State.Tokens.Issued.Single(t => t.Account == Account).Value;
        string others = Cloud.State.Tokens.Issued.Single(t => t.Account == Worker).Value;
        Assert.Equal(["Bearer " + own], Requests(EmulatedService.IamCredentials).Select(r => r.Headers["Authorization"]).Distinct());
        Assert.Equal(["Bearer " + others], Requests(EmulatedService.Storage).Select(r => r.Headers["Authorization"]).Distinct());
    }

    [Fact]
    public void A_cold_token_is_one_request_more_than_its_source_and_a_warm_one_none()
    {
        Allow(Account, Worker);
        Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0] -SkipValidation", Worker).MustSucceed();
        Cloud.Requests.Clear();

        Run("Get-GceAccessToken").MustSucceed();
        Assert.Equal(["/computeMetadata/v1/instance/service-accounts/default/token", AccessTokenPath], Cloud.Requests.All.Select(r => r.Path));

        Run("Get-GceAccessToken; Get-GceAccessToken").MustSucceed();
        Assert.Equal(2, Cloud.Requests.Count());
    }

    [Fact]
    public void A_key_costs_two_requests_and_its_token_is_shared_by_all_targets()
    {
        Allow(Robot, Worker);
        Allow(Robot, Middle);
        string file = KeyFile();
        Run("Connect-GcpAccount $args[0] -ImpersonateServiceAccount $args[1] -Endpoint @{ token = $args[2] } -SkipValidation -Name one",
            file, Worker, TokenEndpoint).MustSucceed();
        Run("Connect-GcpAccount $args[0] -ImpersonateServiceAccount $args[1] -Endpoint @{ token = $args[2] } -SkipValidation -Name two",
            file, Middle, TokenEndpoint).MustSucceed();
        Cloud.Requests.Clear();

        RunResult result = Run("(Get-GceAccessToken -Context one).Account").MustSucceed();
        Assert.Equal([Worker], result.Strings());
        Assert.Equal(2, Cloud.Requests.Count());

        Assert.Equal([Middle], Run("(Get-GceAccessToken -Context two).Account").MustSucceed().Strings());
        Assert.Equal(3, Cloud.Requests.Count());
        Assert.Single(Requests(EmulatedService.Token));
    }

    [Fact]
    public void A_machines_token_that_is_there_already_serves()
    {
        Allow(Account, Worker);
        Run("Get-GceAccessToken").MustSucceed();
        Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0] -SkipValidation", Worker).MustSucceed();
        Cloud.Requests.Clear();

        Run("Get-GceAccessToken").MustSucceed();

        Assert.Equal([AccessTokenPath], Cloud.Requests.All.Select(r => r.Path));
    }

    [Theory]
    [InlineData("-ImpersonateServiceAccount $args[0], $args[1]")]
    [InlineData("-ImpersonateServiceAccount ($args[0] + ', ' + $args[1])")]
    public void Delegates_come_before_the_target(string parameters)
    {
        Allow(Account, Middle);
        Allow(Middle, Worker);

        RunResult result = Run("Connect-GcpAccount " + parameters, Middle, Worker).MustSucceed();

        Assert.Equal(Worker, result.Property("Account"));
        JsonNode body = JsonNode.Parse(Assert.Single(Requests(EmulatedService.IamCredentials)).Body)!;
        Assert.Equal("projects/-/serviceAccounts/" + Middle, Assert.Single(body["delegates"]!.AsArray())!.ToString());
    }

    [Fact]
    public void A_person_works_as_an_account_without_their_quota_project_at_iam()
    {
        Allow("person@example.com", Worker);

        RunResult result = Run(
            "Connect-GcpAccount $args[0] -ImpersonateServiceAccount $args[1] -Endpoint @{ token = $args[2] } -Project demo-project -QuotaProject demo-project | ForEach-Object { }; (Get-GcsBucket).Count",
            UserFile(), Worker, TokenEndpoint).MustSucceed();

        Assert.Equal(["3"], result.Strings());
        Assert.DoesNotContain("x-goog-user-project", Assert.Single(Requests(EmulatedService.IamCredentials)).Headers.Keys);
        Assert.Equal("demo-project", Requests(EmulatedService.Storage)[0].Headers["x-goog-user-project"]);
    }

    [Fact]
    public void An_impersonation_file_works_whatever_its_source()
    {
        Allow("person@example.com", Worker);
        Allow(Robot, Middle);
        Allow(Middle, Worker);
        string person = Cloud.State.CreateImpersonation(Worker, Cloud.State.CreateAuthorizedUser());
        string nested = Cloud.State.CreateImpersonation(Worker, Cloud.State.CreateImpersonation(Middle, Cloud.State.CreateServiceAccountKey()));
        string delegated = Cloud.State.CreateImpersonation(Worker, Cloud.State.CreateServiceAccountKey(), Middle);

        foreach (string json in (string[])[person, nested, delegated])
        {
            Cloud.Requests.Clear();
            string file = Environment.WriteFile(Guid.NewGuid().ToString("N") + ".json", json);
            RunResult result = Run(
                "Connect-GcpAccount $args[0] -Project demo-project -Endpoint @{ token = $args[1] } | ForEach-Object { $_.Account }; (Get-GcsBucket).Count",
                file, TokenEndpoint).MustSucceed();
            Assert.Equal([Worker, "3"], result.Strings());
            Assert.Equal(json == nested ? 2 : 1, Requests(EmulatedService.IamCredentials).Count);
            Assert.Single(Requests(EmulatedService.Token));
        }
    }

    [Fact]
    public void A_file_may_name_its_scopes()
    {
        Allow(Robot, Worker);
        JsonNode json = JsonNode.Parse(Cloud.State.CreateImpersonation(Worker, Cloud.State.CreateServiceAccountKey()))!;
        json["scopes"] = new JsonArray("https://www.googleapis.com/auth/devstorage.read_only");
        string file = Environment.WriteFile("i.json", json.ToJsonString());

        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", file, TokenEndpoint).MustSucceed();

        Assert.Equal(["https://www.googleapis.com/auth/devstorage.read_only"], Cloud.State.Tokens.Issued.Single(t => t.Account == Worker).Scopes);
    }

    [Fact]
    public void The_variable_and_gclouds_setting_are_heeded_by_the_default_search()
    {
        Allow(Account, Worker);
        Allow(Account, Middle);
        Environment.WriteFile("configurations/config_default", "[auth]\nimpersonate_service_account = " + Middle + "\n");
        Assert.Equal([Middle], Run("(Get-GceAccessToken).Account").MustSucceed().Strings());

        Environment.Set("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", Worker);
        Assert.Equal([Worker], Run("(Get-GceAccessToken).Account").MustSucceed().Strings());

        Environment.Set("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", null);
        Environment.WriteFile("configurations/config_default", "[core]\nproject = other\n");
        Assert.Equal([Account], Run("(Get-GceAccessToken).Account").MustSucceed().Strings());
    }

    [Fact]
    public void A_configuration_made_later_is_noticed()
    {
        Allow(Account, Worker);
        Assert.Equal([Account], Run("(Get-GceAccessToken).Account").MustSucceed().Strings());

        Environment.WriteFile("configurations/config_default", "[auth]\nimpersonate_service_account = " + Worker + "\n");

        Assert.Equal([Worker], Run("(Get-GceAccessToken).Account").MustSucceed().Strings());
    }

    [Fact]
    public void A_chosen_identity_is_not_changed_by_the_variable()
    {
        Environment.Set("CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", Worker);

        Assert.Equal(Account, Run("Connect-GcpAccount -MetadataServer").MustSucceed().Property("Account"));
        Assert.Empty(Requests(EmulatedService.IamCredentials));
    }

    [Fact]
    public void The_lifetime_can_be_chosen()
    {
        Allow(Account, Worker);
        Cloud.State.Impersonations.AllowLongLifetime(Worker);

        DateTime end = (DateTime)Run(
            "Connect-GcpAccount -ImpersonateServiceAccount $args[0] -Lifetime '12:00:00' | ForEach-Object { }; (Get-GceAccessToken).ExpiresAt", Worker)
            .MustSucceed().Output[0].BaseObject;
        DateTime soon = (DateTime)Run("(Get-GceAccessToken -Lifetime '00:15:00').ExpiresAt").MustSucceed().Output[0].BaseObject;

        Assert.InRange(end, DateTime.Now.AddHours(11.9), DateTime.Now.AddHours(12.1));
        Assert.InRange(soon, DateTime.Now.AddMinutes(14), DateTime.Now.AddMinutes(16));
    }

    [Theory]
    [InlineData("Connect-GcpAccount -ImpersonateServiceAccount w@demo-project.iam.gserviceaccount.com -Lifetime 1800", "LifetimeInvalid")]
    [InlineData("Connect-GcpAccount -ImpersonateServiceAccount w@demo-project.iam.gserviceaccount.com -Lifetime '13:00:00'", "LifetimeInvalid")]
    [InlineData("Connect-GcpAccount -MetadataServer -Lifetime '00:30:00'", "LifetimeNotSupported")]
    [InlineData("Get-GceAccessToken -Lifetime '00:30:00'", "LifetimeNotSupported")]
    [InlineData("Connect-GcpAccount -ImpersonateServiceAccount 'a b@c.d'", "ServiceAccountInvalid")]
    [InlineData("Connect-GcpAccount -ImpersonateServiceAccount 'a@b.c,'", "ServiceAccountInvalid")]
    [InlineData("Connect-GcpAccount -ImpersonateServiceAccount '../../x@b.c'", "ServiceAccountInvalid")]
    [InlineData("Connect-GcpAccount -Subject u@example.com", "SubjectNotSupported")]
    public void What_cannot_be_is_refused_before_any_request(string script, string errorId)
    {
        Run(script).SingleError(errorId, ErrorCategory.InvalidArgument);

        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void Iam_says_no()
    {
        Cloud.State.ServiceAccounts.GetOrAdd(Worker);

        ErrorRecord error = Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0]", Worker)
            .SingleError("ImpersonationDenied", ErrorCategory.PermissionDenied);

        Assert.Contains("roles/iam.serviceAccountTokenCreator", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("iam.serviceAccounts.getAccessToken", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(Worker, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_such_account()
    {
        Run("Connect-GcpAccount -ImpersonateServiceAccount nobody@demo-project.iam.gserviceaccount.com")
            .SingleError("ImpersonationTargetNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void A_long_life_needs_leave()
    {
        Allow(Account, Worker);

        ErrorRecord error = Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0] -Lifetime '02:00:00'", Worker)
            .SingleError("LifetimeRefused", ErrorCategory.PermissionDenied);

        Assert.Contains("allowServiceAccountCredentialLifetimeExtension", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_api_may_be_off()
    {
        Allow(Account, Worker);
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*:generateAccessToken",
            Status = 403,
            Body = GoogleErrors.ServiceDisabled("iamcredentials.googleapis.com", "IAM Service Account Credentials API"),
        });

        ErrorRecord error = Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0]", Worker)
            .SingleError("ApiDisabled", ErrorCategory.PermissionDenied);

        Assert.Contains("iamcredentials.googleapis.com", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_busy_iam_is_asked_again()
    {
        Allow(Account, Worker);
        Cloud.Faults.Add(new Fault { PathPattern = "*:generateAccessToken", Status = 503, Times = 1 });

        Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0]", Worker).MustSucceed();

        Assert.Equal(2, Requests(EmulatedService.IamCredentials).Count);
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", "RequestInvalid")]
    [InlineData(401, "UNAUTHENTICATED", "Unauthenticated")]
    [InlineData(403, "PERMISSION_DENIED", "ImpersonationDenied")]
    [InlineData(404, "NOT_FOUND", "ImpersonationTargetNotFound")]
    [InlineData(409, "ABORTED", "Conflict")]
    [InlineData(412, "FAILED_PRECONDITION", "PreconditionFailed")]
    [InlineData(418, "", "RequestFailed")]
    [InlineData(501, "UNIMPLEMENTED", "ServiceUnavailable")]
    public void Every_status_of_iam_is_one_error(int status, string reason, string errorId)
    {
        Allow(Account, Worker);
        string body = $$$"""{"error":{"code":{{{status}}},"message":"words of the service","status":"{{{reason}}}"}}""";
        Cloud.Faults.Add(new Fault { PathPattern = "*:generateAccessToken", Status = status, Body = body });

        ErrorRecord error = Assert.Single(Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0]", Worker).Errors);

        Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.False(string.IsNullOrEmpty(error.ErrorDetails.RecommendedAction));
    }

    [Theory]
    [InlineData("""{"accessToken":"","expireTime":"2099-01-01T00:00:00Z"}""")]
    [InlineData("""{"accessToken":"ya29.x"}""")]
    [InlineData("[]")]
    public void An_answer_without_a_token_is_said_so(string body)
    {
        Allow(Account, Worker);
        Cloud.Faults.Add(new Fault { PathPattern = "*:generateAccessToken", Status = 200, Body = body });

        RunResult result = Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0]", Worker);

        result.SingleError("TokenResponseInvalid", ErrorCategory.InvalidData);
        Assert.DoesNotContain("ya29.", result.AllText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("service_account_impersonation_url", null, "CredentialFieldMissing", ErrorCategory.InvalidData)]
    [InlineData("service_account_impersonation_url", "\"http://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken\"", "ImpersonationUrlRefused", ErrorCategory.SecurityError)]
    [InlineData("service_account_impersonation_url", "\"https://iamcredentials.googleapis.com.evil.example/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken\"", "ImpersonationUrlRefused", ErrorCategory.SecurityError)]
    [InlineData("service_account_impersonation_url", "\"https://iamcredentials.googleapis.com@evil.example/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken\"", "ImpersonationUrlRefused", ErrorCategory.SecurityError)]
    [InlineData("service_account_impersonation_url", "\"https://iamcredentials.googleapis.com:8443/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken\"", "ImpersonationUrlRefused", ErrorCategory.SecurityError)]
    [InlineData("service_account_impersonation_url", "\"https://iamcredentials.googleapis.com/v1/projects/x/serviceAccounts/a@b.c:signBlob\"", "CredentialFieldUnusable", ErrorCategory.InvalidData)]
    [InlineData("service_account_impersonation_url", "\"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/:generateAccessToken\"", "CredentialFieldUnusable", ErrorCategory.InvalidData)]
    [InlineData("service_account_impersonation_url", "\"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a%2F..@b.c:generateAccessToken\"", "ServiceAccountInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("service_account_impersonation_url", "17", "CredentialFieldMissing", ErrorCategory.InvalidData)]
    [InlineData("source_credentials", null, "CredentialFieldMissing", ErrorCategory.InvalidData)]
    [InlineData("source_credentials", "\"text\"", "CredentialFieldUnusable", ErrorCategory.InvalidData)]
    [InlineData("source_credentials", "{\"type\":\"strange\"}", "CredentialTypeUnknown", ErrorCategory.InvalidData)]
    [InlineData("source_credentials", "{\"type\":\"gdch_service_account\"}", "CredentialTypeNotSupported", ErrorCategory.NotImplemented)]
    [InlineData("source_credentials", "{\"type\":\"service_account\",\"client_email\":\"a@b.c\"}", "CredentialFieldMissing", ErrorCategory.InvalidData)]
    [InlineData("delegates", "\"a@b.c\"", "CredentialFieldUnusable", ErrorCategory.InvalidData)]
    [InlineData("delegates", "[1]", "CredentialFieldUnusable", ErrorCategory.InvalidData)]
    [InlineData("delegates", "[\"a/b\"]", "ServiceAccountInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("scopes", "{}", "CredentialFieldUnusable", ErrorCategory.InvalidData)]
    [InlineData("universe_domain", "\"evil.example\"", "UniverseMismatch", ErrorCategory.SecurityError)]
    public void A_file_is_checked_before_anything_in_it_is_used(string field, string? value, string errorId, ErrorCategory category)
    {
        string source = Cloud.State.CreateServiceAccountKey();
        JsonNode json = JsonNode.Parse(Cloud.State.CreateImpersonation(Worker, source))!;
        json[field] = value is null ? null : JsonNode.Parse(value);
        string file = Environment.WriteFile("i.json", json.ToJsonString());

        RunResult result = Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", file, TokenEndpoint);

        result.SingleError(errorId, category);
        Assert.Equal(0, Cloud.Requests.Count());
        Assert.DoesNotContain("PRIVATE KEY", result.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_names_a_foreign_host_is_refused_before_any_token()
    {
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS", "https://iam.evil.example/");

        ErrorRecord error = Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0]", Worker)
            .SingleError("EndpointRefused", ErrorCategory.SecurityError);

        Assert.Contains("CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, TokenRequests);
    }

    [Fact]
    public void A_real_token_does_not_go_to_an_emulated_iam()
    {
        Run("Connect-GcpAccount -AccessToken $args[0] -ImpersonateServiceAccount $args[1]", Secret("ya29.real"), Worker)
            .SingleError("TokenForEmulatorRefused", ErrorCategory.SecurityError);

        Assert.Empty(Requests(EmulatedService.IamCredentials));
    }

    [Fact]
    public void No_stream_shows_a_token()
    {
        Allow(Account, Worker);

        RunResult result = Run(
            "$VerbosePreference = $DebugPreference = 'Continue'; Connect-GcpAccount -ImpersonateServiceAccount $args[0] -Verbose -Debug; Get-GceAccessToken -Verbose -Debug",
            Worker).MustSucceed();

        Assert.NotEmpty(result.Verbose);
        Assert.DoesNotContain("ya29.", result.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Disconnecting_forgets_the_tokens_of_the_source_too()
    {
        Allow(Account, Worker);
        Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0]; Disconnect-GcpAccount -All", Worker).MustSucceed();
        Cloud.Requests.Clear();

        Run("Connect-GcpAccount -ImpersonateServiceAccount $args[0]", Worker).MustSucceed();

        Assert.Equal(1, Cloud.Requests.Count(r => r.Path.EndsWith("default/token", StringComparison.Ordinal)));
    }

    private void Allow(string caller, string target)
    {
        Cloud.State.ServiceAccounts.GetOrAdd(target);
        Cloud.State.Impersonations.Allow(caller, target);
    }
}
