using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Rest;

/// <summary>Where the token does not go. Nobody is asked for one, and nothing is sent.</summary>
public sealed class RefusalTests : RestTest
{
    [Theory]
    [InlineData("https://example.com/storage/v1/b")]
    [InlineData("https://googleapis.com/x")]
    [InlineData("https://storage.googleapis.com.example.com/x")]
    [InlineData("https://storagegoogleapis.com/x")]
    [InlineData("https://evil-googleapis.com/x")]
    [InlineData("https://storage.googleapis.com./x")]
    [InlineData("https://storage.googleapis.com:8443/x")]
    [InlineData("https://storage.googleap\u0456s.com/x")]
    [InlineData("https://example.com\uFF0F.googleapis.com/x")]
    [InlineData("https://storage.googleapis\u3002com/x")]
    [InlineData("https://storage.googleapis.com\\@example.com/x")]
    [InlineData("https://169.254.169.254/computeMetadata/v1/")]
    [InlineData("https://[::1]/x")]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("https://x.apis.example/v1")]
    public void A_host_that_is_not_the_sessions_own(string uri)
    {
        ErrorRecord error = Assert.Single(Run("Invoke-GcpRestMethod -Uri $args[0]", uri).Errors);

        string id = error.FullyQualifiedErrorId.Split(',')[0];
        Assert.Contains(id, (string[])["RestHostRefused", "RestUriUnfit", "RestUriNotAbsolute", "CannotConvertArgumentNoMessage", "ParameterArgumentTransformationError"]);
        Assert.Equal(0, TokenRequests);
        Assert.Equal(0, ApiRequests);
    }

    [Theory]
    [InlineData("http://storage.googleapis.com/storage/v1/b", "RestUriNotAbsolute")]
    [InlineData("storage/v1/b?project=x", "RestUriNotAbsolute")]
    [InlineData("/storage/v1/b", "RestUriNotAbsolute")]
    [InlineData("ftp://storage.googleapis.com/x", "RestUriNotAbsolute")]
    [InlineData("file:///etc/hosts", "RestUriNotAbsolute")]
    [InlineData("//storage.googleapis.com/x", "RestUriNotAbsolute")]
    [InlineData("https://user:pass@storage.googleapis.com/x", "RestUriUnfit")]
    [InlineData("https://storage.googleapis.com@example.com/x", "RestUriUnfit")]
    [InlineData("https://storage.googleapis.com/b/o/file#1", "RestUriUnfit")]
    [InlineData("https://storage.googleapis.com/x?access_token=abc", "RestQueryRefused")]
    [InlineData("https://storage.googleapis.com/x?%61ccess_token=abc", "RestQueryRefused")]
    public void An_address_that_is_none_for_a_token(string uri, string id)
    {
        ErrorCategory category = id == "RestQueryRefused" ? ErrorCategory.SecurityError : ErrorCategory.InvalidArgument;

        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -WhatIf", uri);

        result.SingleError(id, category);
        Assert.DoesNotContain("pass@", result.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("=abc", result.AllText(), StringComparison.Ordinal);
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("authorization")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Host")]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    public void A_header_that_is_the_modules_own(string name)
    {
        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -Headers @{ $args[1] = 's3cret' }", At("echo"), name);

        result.SingleError("RestHeaderRefused", ErrorCategory.InvalidArgument);
        Assert.DoesNotContain("s3cret", result.AllText(), StringComparison.Ordinal);
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Theory]
    [InlineData("X-Test", "a\r\nAuthorization: Bearer x")]
    [InlineData("X Test", "a")]
    [InlineData("X-Test:", "a")]
    [InlineData("", "a")]
    [InlineData("X-Test", "ü")]
    public void A_header_that_is_none(string name, string value)
    {
        Run("Invoke-GcpRestMethod -Uri $args[0] -Headers @{ $args[1] = $args[2] }", At("echo"), name, value)
            .SingleError("RestHeaderInvalid", ErrorCategory.InvalidArgument);

        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_secret_has_no_place_in_an_address()
    {
        Run("Invoke-GcpRestMethod -Uri $args[0] -Query @{ x = [securestring]::new() }", At("echo"))
            .SingleError("RestQueryInvalid", ErrorCategory.InvalidArgument);
        Run("Invoke-GcpRestMethod -Uri $args[0] -Query @{ access_token = 'abc' }", At("echo"))
            .SingleError("RestQueryRefused", ErrorCategory.SecurityError);

        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_real_token_does_not_go_to_an_emulator()
    {
        RunResult result = Run(
            """
            $token = [securestring]::new(); 'ya29.real'.ToCharArray() | ForEach-Object { $token.AppendChar($_) }
            $null = Connect-GcpAccount -AccessToken $token
            Invoke-GcpRestMethod -Uri $args[0]
            """,
            At("echo"));

        result.SingleError("TokenForEmulatorRefused", ErrorCategory.SecurityError);
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_host_named_with_Endpoint_has_the_token_and_its_neighbours_do_not()
    {
        using Listener named = new("""{"ok":true}""");
        using Listener other = new();
        RunResult result = Run(
            """
            $null = Connect-GcpAccount -MetadataServer -Endpoint @{ compute = $args[0] }
            (Invoke-GcpRestMethod -Uri ([string]$args[0] + 'anything')).ok
            """,
            named.Address.AbsoluteUri).MustSucceed();

        Assert.True(result.Single<bool>());
        Assert.Contains("Bearer ya29.", Assert.Single(named.Requests), StringComparison.Ordinal);
        Run("Invoke-GcpRestMethod -Uri $args[0]", other.Address.AbsoluteUri).SingleError("RestHostRefused", ErrorCategory.SecurityError);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public void No_token_goes_to_the_storage_emulator()
    {
        using Listener emulator = new("""{"ok":true}""");
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", null);
        Environment.Set("STORAGE_EMULATOR_HOST", emulator.Address.Authority);

        Run("$null = Invoke-GcpRestMethod -Uri $args[0]", new Uri(emulator.Address, "storage/v1/b").AbsoluteUri).MustSucceed();

        Assert.DoesNotContain("Authorization", Assert.Single(emulator.Requests), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_variable_that_names_a_foreign_host_adds_none()
    {
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", "https://compute.example.com/compute/v1/");

        Run("Invoke-GcpRestMethod -Uri https://compute.example.com/compute/v1/projects/p").SingleError("RestHostRefused", ErrorCategory.SecurityError);
        Run("$null = Invoke-GcpRestMethod -Uri $args[0]", At("echo")).MustSucceed();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public void A_redirect_is_not_followed(int status)
    {
        using Listener target = new();
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*/echo",
            Status = status,
            Headers = new Dictionary<string, string> { ["Location"] = target.Address.AbsoluteUri },
        });

        Run("Invoke-GcpRestMethod -Uri $args[0]", At("echo")).SingleError("RedirectRefused", ErrorCategory.SecurityError);

        Assert.Empty(target.Requests);
        Assert.Equal(1, ApiRequests);
    }

    [Fact]
    public void A_universe_of_another_name_is_foreign()
    {
        Environment.Set("GOOGLE_CLOUD_UNIVERSE_DOMAIN", "apis.example");

        Run("Invoke-GcpRestMethod -Uri https://storage.googleapis.com/storage/v1/b").SingleError("RestHostRefused", ErrorCategory.SecurityError);
        Run("Invoke-GcpRestMethod -Uri https://pubsub.apis.example/v1/x").SingleError("UniverseMismatch", ErrorCategory.SecurityError);
        Assert.Equal(0, ApiRequests);
    }

    [Theory]
    [InlineData(400, "{\"error\":{\"code\":400,\"message\":\"Bad thing\",\"status\":\"INVALID_ARGUMENT\"}}", "RequestInvalid", ErrorCategory.InvalidArgument, "Bad thing")]
    [InlineData(404, "{\"error\":{\"code\":404,\"message\":\"No such thing\"}}", "RestNotFound", ErrorCategory.ObjectNotFound, "No such thing")]
    [InlineData(404, "<html><title>Error 404 (Not Found)!!1</title><p>The requested URL was not found.</html>", "RestNotFound", ErrorCategory.ObjectNotFound, "was not found")]
    [InlineData(403, "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access denied.</Message></Error>", "PermissionDenied", ErrorCategory.PermissionDenied, "AccessDenied Access denied.")]
    [InlineData(409, "{\"error\":{\"code\":409,\"message\":\"Already there\"}}", "Conflict", ErrorCategory.ResourceExists, "Already there")]
    [InlineData(412, "", "PreconditionFailed", ErrorCategory.InvalidOperation, "no reason given")]
    [InlineData(304, "", "RequestFailed", ErrorCategory.ResourceUnavailable, "304")]
    public void What_the_api_refuses_is_an_error_with_its_words(int status, string body, string id, ErrorCategory category, string words)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo", Status = status, Body = body });

        ErrorRecord error = Run("Invoke-GcpRestMethod -Uri $args[0]", At("echo")).SingleError(id, category);

        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        PSObject exception = PSObject.AsPSObject(error.Exception);
        Assert.Equal(status, exception.Properties["StatusCode"].Value);
        Assert.Equal(At("echo"), exception.Properties["RequestUri"].Value);
        Assert.Equal(At("echo"), error.TargetObject);
    }

    [Fact]
    public void An_answer_that_is_not_what_it_says()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo/cut", Body = "{\"a\": [1, 2", ContentType = "application/json" });
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo/html", Body = "<html>", ContentType = "application/json" });

        Run("Invoke-GcpRestMethod -Uri $args[0]", At("echo/cut")).SingleError("ResponseTruncated", ErrorCategory.ConnectionError);
        Run("Invoke-GcpRestMethod -Uri $args[0]", At("echo/html")).SingleError("ResponseNotJson", ErrorCategory.InvalidData);
        Run("Invoke-GcpRestMethod -Uri $args[0]", At("bytes?length=70000000")).SingleError("RestAnswerTooLarge", ErrorCategory.LimitsExceeded);
    }

    [Fact]
    public void Data_that_is_no_text_is_not_made_one()
    {
        string uri = new Uri(Cloud.ApiAddress, "/upload/storage/v1/b/demo-project-bucket-0001/o?uploadType=media&name=x").AbsoluteUri;
        Run("$null = Invoke-GcpRestMethod -Uri $args[0] -Method POST -Body ([byte[]](0xff, 0xfe, 0x00, 0x80))", uri).MustSucceed();

        Run("Invoke-GcpRestMethod -Uri $args[0]", new Uri(Cloud.ApiAddress, "/storage/v1/b/demo-project-bucket-0001/o/x?alt=media").AbsoluteUri)
            .SingleError("RestAnswerNotText", ErrorCategory.InvalidData);
    }
}
