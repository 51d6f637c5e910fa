using System.Management.Automation;
using System.Text;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Connect-GcpAccount with a credential that the user brings: a file, its content, a token.</summary>
public sealed class ConnectCredentialTests : CloudTest
{
    private const string Robot = "robot@demo-project.iam.gserviceaccount.com";

    [Fact]
    public void A_key_file_signs_in_at_the_endpoint_that_is_named()
    {
        RunResult result = Run("Connect-GcpAccount -CredentialPath $args[0] -Endpoint @{ token = $args[1] }", KeyFile(), TokenEndpoint)
            .MustSucceed();

        Assert.Equal(Robot, result.Property("Account"));
        Assert.Equal("service_account", result.Property("CredentialType"));
        Assert.Equal("demo-project", result.Property("Project"));
        LoggedRequest request = Assert.Single(Requests(EmulatedService.Token));
        Assert.Contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_files_token_opens_storage_and_compute()
    {
        RunResult result = Run(
            "Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } | ForEach-Object { }; (Get-GcsBucket).Count; (Get-GceInstance).Count",
            KeyFile(), TokenEndpoint).MustSucceed();

        Assert.Equal(["3", "5"], result.Strings());
        string token = Assert.Single(Cloud.State.Tokens.Issued).Value;
        Assert.Equal(["Bearer " + token], Requests(EmulatedService.Storage).Select(r => r.Headers["Authorization"]).Distinct());
        Assert.Equal(["Bearer " + token], Requests(EmulatedService.Compute).Select(r => r.Headers["Authorization"]).Distinct());
    }

    [Fact]
    public void A_persons_file_signs_in_with_its_refresh_token()
    {
        RunResult result = Run("Connect-GcpAccount -Path $args[0] -Endpoint @{ token = $args[1] }", UserFile("my-quota"), TokenEndpoint)
            .MustSucceed();

        Assert.Equal("authorized_user", result.Property("CredentialType"));
        Assert.Equal("my-quota", result.Property("QuotaProject"));
        LoggedRequest request = Assert.Single(Requests(EmulatedService.Token));
        Assert.Contains("grant_type=refresh_token", request.Body, StringComparison.Ordinal);
        Assert.Contains("refresh_token=" + Uri.EscapeDataString(Cloud.State.Users.All.Single().RefreshToken), request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_relative_to_powershells_location()
    {
        string file = KeyFile();

        RunResult result = Run(
            "$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); Connect-GcpAccount ('./' + $args[1]) -Endpoint @{ token = $args[2] }",
            Path.GetDirectoryName(file), Path.GetFileName(file), TokenEndpoint).MustSucceed();

        Assert.Equal(Robot, result.Property("Account"));
    }

    [Fact]
    public void A_path_of_another_provider_is_refused()
    {
        ErrorRecord error = Run("Connect-GcpAccount -CredentialPath Env:key").SingleError("PathNotFileSystem", ErrorCategory.InvalidArgument);

        Assert.Equal("Env:key", error.TargetObject);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void The_chosen_scopes_stand_in_the_assertion()
    {
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -Scope https://www.googleapis.com/auth/devstorage.read_only",
            KeyFile(), TokenEndpoint).MustSucceed();

        Assert.Equal(["https://www.googleapis.com/auth/devstorage.read_only"], Cloud.State.Tokens.Issued.Single().Scopes);
    }

    [Fact]
    public void Without_a_scope_a_key_asks_for_the_whole_cloud_platform()
    {
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", KeyFile(), TokenEndpoint).MustSucceed();

        Assert.Equal(["https://www.googleapis.com/auth/cloud-platform"], Cloud.State.Tokens.Issued.Single().Scopes);
    }

    [Fact]
    public void The_scopes_of_a_refresh_token_cannot_be_chosen()
    {
        string file = UserFile();

        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -Scope https://www.googleapis.com/auth/devstorage.read_only",
            file, TokenEndpoint).SingleError("ScopesFixed", ErrorCategory.InvalidArgument);

        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_credentials_content_needs_no_file(bool isKey)
    {
        string json = isKey ? Cloud.State.CreateServiceAccountKey() : Cloud.State.CreateAuthorizedUser();

        RunResult result = Run("Connect-GcpAccount -CredentialJson $args[0] -Endpoint @{ token = $args[1] }", Secret(json), TokenEndpoint)
            .MustSucceed();

        Assert.Equal(isKey ? "service_account" : "authorized_user", result.Property("CredentialType"));
        Assert.Equal(1, TokenRequests);
    }

    [Fact]
    public void Disposing_the_given_content_does_not_hurt_the_session()
    {
        RunResult result = Run(
            """
            $null = Connect-GcpAccount -CredentialJson $args[0] -Endpoint @{ token = $args[1] }
            $args[0].Dispose()
            (Get-GceAccessToken -ForceRefresh).Account
            """, Secret(Cloud.State.CreateServiceAccountKey()), TokenEndpoint).MustSucceed();

        Assert.Equal([Robot], result.Strings());
    }

    [Fact]
    public void A_token_is_used_as_it_is()
    {
        string token = Cloud.State.Tokens.Issue("someone@example.com", ["https://www.googleapis.com/auth/cloud-platform"]).Value;

        RunResult result = Run(
            """
            $context = Connect-GcpAccount -AccessToken $args[0] -Project demo-project -Endpoint @{ storage = $args[1] }
            $args[0].Dispose()
            $context.CredentialType; Get-GceAccessToken -AsPlainText; (Get-GcsBucket).Count
            """, Secret(token), Cloud.ApiAddress.AbsoluteUri).MustSucceed();

        Assert.Equal(["AccessToken", token, "3"], result.Strings());
        LoggedRequest request = Assert.Single(Cloud.Requests.All);
        Assert.Equal("Bearer " + token, request.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("Bearer ya29.x")]
    [InlineData("with\nnewline")]
    public void What_cannot_be_a_token_is_refused(string token)
    {
        ErrorRecord error = Run("Connect-GcpAccount -AccessToken $args[0] -Name mine", Secret(token))
            .SingleError("AccessTokenInvalid", ErrorCategory.InvalidArgument);

        Assert.Equal("mine", error.TargetObject);
    }

    [Fact]
    public void A_plain_string_is_not_taken_for_a_secret()
    {
        RunResult result = Run("Connect-GcpAccount -AccessToken 'ya29.plain'");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("SecureString", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ya29", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_service_in_the_endpoints_is_refused_by_name()
    {
        ErrorRecord error = Run("Connect-GcpAccount -Endpoint @{ storag = 'https://storage.example.com' }")
            .SingleError("EndpointServiceUnknown", ErrorCategory.InvalidArgument);

        Assert.Contains("storag", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("compute", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("http://storage.example.com")]
    [InlineData("storage.example.com")]
    [InlineData("https://user:password@storage.example.com")]
    [InlineData("https://storage.example.com/?key=value")]
    [InlineData("")]
    public void An_endpoint_that_is_no_safe_address_is_refused(string address)
    {
        ErrorRecord error = Run("Connect-GcpAccount -Endpoint @{ storage = $args[0] }", address)
            .SingleError("EndpointInvalid", ErrorCategory.InvalidArgument);

        Assert.DoesNotContain("password", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void The_default_search_uses_the_file_that_the_variable_names()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", KeyFile());

        RunResult result = Run("Connect-GcpAccount -Endpoint @{ token = $args[0] }", TokenEndpoint).MustSucceed();

        Assert.Equal(Robot, result.Property("Account"));
        Assert.Contains(Environment.GcloudFolder, (string)result.Property("Source")!, StringComparison.Ordinal);
        Assert.Empty(Requests(EmulatedService.Metadata));
    }

    [Fact]
    public void The_default_search_uses_gclouds_file()
    {
        string path = Environment.WriteFile("application_default_credentials.json", Cloud.State.CreateAuthorizedUser());

        RunResult result = Run("Connect-GcpAccount -Endpoint @{ token = $args[0] } -Project demo-project", TokenEndpoint).MustSucceed();

        Assert.Equal("authorized_user", result.Property("CredentialType"));
        Assert.Contains(path, (string)result.Property("Source")!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_is_read()
    {
        string path = Path.Combine(Environment.GcloudFolder, "bom.json");
        File.WriteAllText(path, Cloud.State.CreateServiceAccountKey(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", path, TokenEndpoint).MustSucceed();
    }
}
