using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>What answers at the metadata server's address answers wrongly.</summary>
public sealed class MetadataAnswerTests : FailureTest
{
    [Theory]
    [InlineData("Get-GceAccessToken", null)]
    [InlineData("Get-GceAccessToken", "Frogle")]
    [InlineData("Get-GceMetadata instance/name", null)]
    [InlineData("Get-GceServiceAccount", null)]
    [InlineData("Get-GceInstance -Current", null)]
    public void An_answer_without_the_flavor_is_not_the_metadata_servers(string command, string? flavor)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/computeMetadata/*", OmitFlavor = flavor is null, Flavor = flavor });

        ErrorRecord error = Run(command).SingleError("MetadataServerNotGoogle", ErrorCategory.SecurityError);

        Assert.Contains(Cloud.MetadataAddress.Authority, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Requests(EmulatedService.Compute));
        MetadataStillWorks();
    }

    [Fact]
    public void A_token_without_the_flavor_is_not_kept()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/token", OmitFlavor = true, Times = 1 });
        Run("Get-GceAccessToken").SingleError("MetadataServerNotGoogle", ErrorCategory.SecurityError);

        Run("Get-GceAccessToken").MustSucceed();

        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void A_captive_portal_in_place_of_an_error_is_not_the_metadata_servers()
    {
        Environment.Set("GCE_METADATA_TIMEOUT", "0.3");
        Cloud.Faults.Add(new Fault { PathPattern = "*", Status = 503, Body = "<html>Sign in to the hotel</html>", OmitFlavor = true });

        Run("Get-GceAccessToken").SingleError("MetadataServerNotGoogle", ErrorCategory.SecurityError);

        MetadataStillWorks();
    }

    [Theory]
    [InlineData("Get-GceAccessToken", "*/token", 301)]
    [InlineData("Get-GceAccessToken", "*/token", 302)]
    [InlineData("Get-GceAccessToken", "*/token", 307)]
    [InlineData("Get-GceMetadata instance/name", "*/name", 302)]
    [InlineData("Get-GceMetadata instance/attributes/", "*/attributes/", 308)]
    [InlineData("Get-GceServiceAccount", "*/service-accounts/", 302)]
    [InlineData("Get-GceInstance -Current", "*/zone", 302)]
    public void A_redirect_is_not_followed(string command, string path, int status)
    {
        using Listener stranger = new();
        Cloud.Faults.Add(new Fault
        {
            PathPattern = path,
            Status = status,
            Headers = new Dictionary<string, string> { ["Location"] = stranger.Address + "computeMetadata/v1/elsewhere?secret=1" },
        });

        RunResult result = Run(command);

        ErrorRecord error = result.SingleError("RedirectRefused", ErrorCategory.SecurityError);
        Assert.Contains(stranger.Address.Authority, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret=1", result.AllText(), StringComparison.Ordinal);
        Assert.Empty(stranger.Requests);
        MetadataStillWorks();
    }

    [Fact]
    public void The_slash_that_a_directory_lacks_is_added_here_and_not_at_another_host()
    {
        using Listener stranger = new("wrong");
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*/attributes",
            Status = 301,
            Headers = new Dictionary<string, string> { ["Location"] = stranger.Address + "computeMetadata/v1/instance/attributes/" },
        });

        Assert.Equal(["enable-oslogin", "greeting"], Run("Get-GceMetadata instance/attributes").MustSucceed().Strings());
        Assert.Empty(stranger.Requests);
    }

    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"access_token":"ya29.cut","expires_in":35""")]
    [InlineData("""{"access_token":"ya29.short"}""")]
    [InlineData("""{"access_token":"","expires_in":3599,"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"ya29.past","expires_in":-5,"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"ya29.words","expires_in":"soon","token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"ya29.x\r\nX-Injected: 1","expires_in":3599,"token_type":"Bearer"}""")]
    public void What_is_no_token_is_not_taken_for_one(string body)
    {
        Arm("*/token", 200, body);

        RunResult result = Run("Get-GceAccessToken");

        result.SingleError("TokenResponseInvalid", ErrorCategory.InvalidData);
        Assert.DoesNotContain("ya29", result.AllText(), StringComparison.Ordinal);
        Run("Get-GcsBucket demo-project-bucket-0001").SingleError("TokenResponseInvalid", ErrorCategory.InvalidData);
        Assert.Empty(Requests(EmulatedService.Storage));
        StillWorks();
    }

    [Fact]
    public void A_token_answer_of_odd_but_usable_form_is_taken()
    {
        Arm("*/token", 200, """{"future":{"a":[1,{}]},"token_type":"Bearer","expires_in":3599,"access_token":"ya29.odd"}""");

        Assert.Equal("ya29.odd", Run("Get-GceAccessToken -AsPlainText").MustSucceed().Single<string>());
    }

    [Fact]
    public void A_transfer_that_broke_off_is_tried_again()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/token", TruncateAfter = 20, Times = 2 });

        Run("Get-GceAccessToken").MustSucceed();

        Assert.Equal(3, TokenRequests);
    }

    [Fact]
    public void A_transfer_that_always_breaks_off_is_an_error()
    {
        Environment.Set("GCE_METADATA_TIMEOUT", "0.5");
        Cloud.Faults.Add(new Fault { PathPattern = "*/name", TruncateAfter = 3 });

        ErrorRecord error = Run("Get-GceMetadata instance/name").SingleError("MetadataServerUnreachable", ErrorCategory.ConnectionError);

        Assert.Contains("broke off", error.Exception.Message, StringComparison.Ordinal);
        MetadataStillWorks();
    }

    [Theory]
    [InlineData("Get-GceMetadata", "/computeMetadata/v1/")]
    [InlineData("Get-GceMetadata instance/tags", "*/tags")]
    public void Json_that_breaks_off_is_an_error(string command, string path)
    {
        Cloud.Faults.Add(new Fault { PathPattern = path, Body = """{"instance":{"name":"de""", ContentType = "application/json" });

        Run(command).SingleError("ResponseTruncated", ErrorCategory.ConnectionError);

        MetadataStillWorks();
    }

    [Fact]
    public void A_page_in_place_of_the_accounts_is_an_error()
    {
        Arm("*/service-accounts/", 200, "<html>Welcome</html>");

        Run("Get-GceServiceAccount").SingleError("ResponseNotJson", ErrorCategory.InvalidData);

        MetadataStillWorks();
    }

    [Fact]
    public void A_token_answer_without_end_is_not_read_to_its_end()
    {
        Arm("*/token", 200, """{"access_token":"ya29.x","expires_in":3599,"padding":" """ + new string('x', 128 * 1024) + "\"}");

        Run("Get-GceAccessToken").SingleError("ResponseTooLarge", ErrorCategory.InvalidData);

        MetadataStillWorks();
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("127.0.0.1/path")]
    [InlineData("user:hunter2@127.0.0.1")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("host name")]
    [InlineData("127.0.0.1?x=1")]
    [InlineData("meta\u0434ata")]
    public void An_address_that_is_none_is_an_error_that_names_the_variable(string value)
    {
        string host = CleanEnvironment.Get("GCE_METADATA_HOST")!;
        Environment.Set("GCE_METADATA_HOST", value);

        RunResult result = Run("Get-GceAccessToken");

        ErrorRecord error = result.SingleError("MetadataAddressInvalid", ErrorCategory.InvalidData);
        Assert.Contains("GCE_METADATA_HOST", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.AllText(), StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
        Environment.Set("GCE_METADATA_HOST", host);
        MetadataStillWorks();
    }

    [Fact]
    public void A_server_out_in_the_network_is_warned_of_once()
    {
        Environment.Set("GCE_METADATA_TIMEOUT", "0.2");
        Environment.Set("GCE_METADATA_HOST", "192.0.2.77");

        RunResult first = Run("Get-GceMetadata instance/name");
        RunResult second = Run("Get-GceMetadata instance/name");

        Assert.Contains("192.0.2.77", Assert.Single(first.Warnings), StringComparison.Ordinal);
        Assert.Empty(second.Warnings);
        second.SingleError("MetadataServerUnreachable", ErrorCategory.ConnectionError);
    }
}
