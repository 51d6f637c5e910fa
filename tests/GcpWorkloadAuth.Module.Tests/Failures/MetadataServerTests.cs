using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>The metadata server is not there, is silent, busy, or broken.</summary>
public sealed class MetadataServerTests : FailureTest
{
    [Theory]
    [InlineData("Get-GceAccessToken")]
    [InlineData("Connect-GcpAccount")]
    [InlineData("Get-GcsBucket")]
    [InlineData("Get-GceInstance")]
    public void No_server_at_all_means_no_credential_and_says_where_was_looked(string command)
    {
        string host = CleanEnvironment.Get("GCE_METADATA_HOST")!;
        Environment.Set("GCE_METADATA_TIMEOUT", "0.3");
        Environment.Set("GCE_METADATA_HOST", "127.0.0.1:" + Listener.ClosedPort());

        RunResult result = Run(command);

        ErrorRecord error = result.SingleError("NoCredentials", ErrorCategory.AuthenticationError);
        Assert.Equal("default", error.TargetObject);
        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("application_default_credentials.json", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("metadata server", error.Exception.Message, StringComparison.Ordinal);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, Prompt);
        Environment.Set("GCE_METADATA_HOST", host);
        StillWorks();
    }

    [Theory]
    [InlineData("Get-GceMetadata instance/name", "instance/name")]
    [InlineData("Get-GceServiceAccount", "default")]
    [InlineData("Connect-GcpAccount -MetadataServer -Name vm", "vm")]
    [InlineData("Get-GceInstance -Current", "default")]
    public void No_server_where_it_was_asked_for_by_name(string command, string target)
    {
        string host = CleanEnvironment.Get("GCE_METADATA_HOST")!;
        string closed = "127.0.0.1:" + Listener.ClosedPort();
        Environment.Set("GCE_METADATA_TIMEOUT", "0.3");
        Environment.Set("GCE_METADATA_HOST", closed);

        RunResult result = Run(command);

        ErrorRecord error = result.SingleError("MetadataServerUnreachable", ErrorCategory.ConnectionError);
        Assert.Equal(target, error.TargetObject);
        Assert.Contains(closed, error.Exception.Message, StringComparison.Ordinal);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, Prompt);
        Environment.Set("GCE_METADATA_HOST", host);
        MetadataStillWorks();
    }

    [Theory]
    [InlineData("Get-GceAccessToken", "NoCredentials", ErrorCategory.AuthenticationError)]
    [InlineData("Get-GcsBucket", "NoCredentials", ErrorCategory.AuthenticationError)]
    [InlineData("Get-GceMetadata", "MetadataServerUnreachable", ErrorCategory.ConnectionError)]
    public void A_silent_server_costs_the_deadline_and_no_more(string command, string id, ErrorCategory category)
    {
        Warm(command);
        Environment.Set("GCE_METADATA_TIMEOUT", "1");
        Cloud.Faults.Add(new Fault { Hang = true });

        using Lateness late = new();
        RunResult result = Run(command);

        result.SingleError(id, category);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1) + Prompt + late.Total);
        StillWorks();
    }

    [Fact]
    public void Off_google_cloud_the_second_cmdlet_does_not_wait_again()
    {
        Assert.SkipWhen(IsGoogle(), "On Google Cloud every cmdlet gets its full patience.");
        Warm("Get-GceAccessToken");
        Environment.Set("GCE_METADATA_TIMEOUT", null);
        Cloud.Faults.Add(new Fault { Hang = true });
        using Lateness late = new();
        RunResult first = Run("Get-GceAccessToken");
        first.SingleError("NoCredentials", ErrorCategory.AuthenticationError);
        Assert.InRange(first.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1) + Prompt + late.Total);
        int asked = Cloud.Requests.Count();

        Run("Get-GceAccessToken").SingleError("NoCredentials", ErrorCategory.AuthenticationError);
        Run("Get-GceMetadata instance/name").SingleError("MetadataServerUnreachable", ErrorCategory.ConnectionError);

        Assert.Equal(asked, Cloud.Requests.Count());
    }

    [Fact]
    public void A_server_that_comes_up_late_is_waited_for()
    {
        Cloud.Faults.Add(new Fault { Drop = true, Times = 2 });
        Cloud.Faults.Add(new Fault { Status = 503, Times = 1 });

        RunResult result = Run("Get-GceMetadata instance/name").MustSucceed();

        Assert.Equal("demo-vm", result.Single<string>());
        Assert.Equal(4, Cloud.Requests.Count());
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void A_passing_trouble_is_nobodys_business(int status)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/token", Status = status, Times = 2 });

        Run("Get-GceAccessToken").MustSucceed();

        Assert.Equal(3, TokenRequests);
    }

    [Theory]
    [InlineData(429, "MetadataServerBusy")]
    [InlineData(503, "MetadataServerBusy")]
    [InlineData(500, "MetadataServerFailed")]
    public void A_lasting_trouble_is_an_error_when_the_time_is_up(int status, string id)
    {
        Environment.Set("GCE_METADATA_TIMEOUT", "0.5");
        Arm("*/token", status);

        RunResult result = Run("Get-GceAccessToken");

        ErrorRecord error = result.SingleError(id, ErrorCategory.ResourceUnavailable);
        Assert.Equal(status, ((dynamic)error.Exception).StatusCode);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, Prompt);
        StillWorks();
    }

    [Fact]
    public void A_server_that_asks_to_wait_is_given_the_time()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/token", Status = 503, Times = 1, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } });

        RunResult result = Run("Get-GceAccessToken").MustSucceed();

        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1) + Prompt);
    }

    [Fact]
    public void A_server_that_asks_to_wait_beyond_the_deadline_is_not_waited_for()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/token", Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "3600" } });

        RunResult result = Run("Get-GceAccessToken");

        result.SingleError("MetadataServerBusy", ErrorCategory.ResourceUnavailable);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, Prompt);
        StillWorks();
    }

    [Fact]
    public void A_machine_without_a_service_account()
    {
        Cloud.State.Machine.Detach();

        ErrorRecord error = Run("Get-GceAccessToken").SingleError("NoServiceAccount", ErrorCategory.AuthenticationError);

        Assert.Contains("set-service-account", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(404, ((dynamic)error.Exception).StatusCode);
        Run("Get-GcsBucket").SingleError("NoServiceAccount", ErrorCategory.AuthenticationError);
        Cloud.State.Machine.Attach(Account);
        StillWorks();
    }

    [Fact]
    public void A_refusal_says_the_servers_reason()
    {
        Arm("*/token", 403, "<html><title>Forbidden</title><p>Workload <b>not</b> bound.</html>");

        ErrorRecord error = Run("Get-GceAccessToken").SingleError("MetadataServerRefused", ErrorCategory.PermissionDenied);

        Assert.Contains("Workload not bound.", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("<", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, TokenRequests);
        StillWorks();
    }

    [Fact]
    public void Guest_attributes_that_are_switched_off()
    {
        ErrorRecord error = Run("Get-GceMetadata instance/guest-attributes/a/b").SingleError("GuestAttributesDisabled", ErrorCategory.PermissionDenied);

        Assert.Equal("instance/guest-attributes/a/b", error.TargetObject);
        Assert.Contains("disabled", error.Exception.Message, StringComparison.Ordinal);
        StillWorks();
    }

    // What a command costs the first time in a process (loading, compiling) is none of the deadline.
    private void Warm(string command)
    {
        string host = CleanEnvironment.Get("GCE_METADATA_HOST")!;
        Environment.Set("GCE_METADATA_TIMEOUT", "0.2");
        Environment.Set("GCE_METADATA_HOST", "127.0.0.1:" + Listener.ClosedPort());
        Assert.NotEmpty(Run(command).Errors);
        Environment.Set("GCE_METADATA_HOST", host);
    }

    private static bool IsGoogle()
    {
        const string path = "/sys/class/dmi/id/product_name";
        return File.Exists(path) && File.ReadAllText(path).StartsWith("Google", StringComparison.Ordinal);
    }
}
