using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>Storage and Compute Engine answer with something that is no answer of theirs.</summary>
public sealed class AnswerTests : FailureTest
{
    public static TheoryData<string, string, string> Commands => new()
    {
        { "Get-GcsBucket -Project demo-project", "/storage/*", "demo-project" },
        { "Get-GcsBucket demo-bucket", "/storage/*", "demo-bucket" },
        { "Get-GceInstance -Project demo-project", "/compute/*", "demo-project" },
        { "Get-GceInstance demo-vm -Zone europe-west1-b -Project demo-project", "/compute/*", "demo-vm" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_redirect_is_not_followed(string command, string path, string target)
    {
        foreach (int status in new[] { 301, 302, 307, 308 })
        {
            using Listener stranger = new();
            Cloud.Faults.Clear();
            Cloud.Faults.Add(new Fault
            {
                PathPattern = path,
                Status = status,
                Headers = new Dictionary<string, string> { ["Location"] = stranger.Address + "sign-in" },
            });

            ErrorRecord error = Run(command).SingleError("RedirectRefused", ErrorCategory.SecurityError);

            Assert.Equal(target, error.TargetObject);
            Assert.Contains(stranger.Address.Authority, error.Exception.Message, StringComparison.Ordinal);
            Assert.Empty(stranger.Requests);
        }

        StillWorks();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_page_in_place_of_json(string command, string path, string target)
    {
        foreach (int status in new[] { 200, 400, 403, 404 })
        {
            Cloud.Faults.Clear();
            Arm(path, status, "<html><title>Welcome</title>Sign in</html>");

            RunResult result = Run(command);

            ErrorRecord error = result.SingleError("ResponseNotJson", ErrorCategory.InvalidData);
            Assert.Equal(target, error.TargetObject);
            Assert.Contains("text/html", error.Exception.Message, StringComparison.Ordinal);
            Assert.InRange(result.Elapsed, TimeSpan.Zero, Prompt);
        }

        Assert.Equal(4, Requests(EmulatedService.Storage).Count + Requests(EmulatedService.Compute).Count);
        StillWorks();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Json_that_breaks_off(string command, string path, string target)
    {
        Arm(path, 200, """{"items":[{"name":"demo""");

        RunResult result = Run(command);

        Assert.Equal(target, result.SingleError("ResponseTruncated", ErrorCategory.ConnectionError).TargetObject);
        Assert.Empty(result.Output);
        StillWorks();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"kind":"storage#buckets","nextPageToken":""}""")]
    public void An_empty_list_is_nothing_at_all(string body)
    {
        Arm("/storage/*", 200, body);
        Arm("/compute/*", 200, body.Replace("[]", "{}", StringComparison.Ordinal));

        RunResult result = Run("Get-GcsBucket; Get-GceInstance; Get-GceInstance *").MustSucceed();

        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("""{"items":"none"}""")]
    [InlineData("""{"items":[5]}""")]
    public void What_is_no_list_is_an_error_or_nothing_but_never_half_an_object(string body)
    {
        Arm("/storage/*", 200, body);
        Arm("/compute/*", 200, body);

        RunResult result = Run("Get-GcsBucket; Get-GceInstance; Get-GceInstance -Zone europe-west1-b");

        Assert.Empty(result.Output);
        Assert.All(result.Errors, e => Assert.StartsWith("Response", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        StillWorks();
    }

    [Fact]
    public void A_list_that_turns_the_same_page_for_ever_ends()
    {
        Arm("/storage/*", 200, """{"items":[{"name":"again"}],"nextPageToken":"same"}""");

        RunResult result = Run("do { $n = 0; Get-GcsBucket | ForEach-Object { $_; if (++$n -ge 50) { break } } } while ($false)");

        Assert.InRange(result.Output.Count, 1, 50);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"kind":"storage#bucket"}""")]
    public void What_has_no_name_is_no_bucket_and_no_machine(string body)
    {
        Arm("/storage/*", 200, body);
        Arm("/compute/*", 200, body);

        Run("Get-GcsBucket demo-bucket").SingleError("ResponseTruncated", ErrorCategory.ConnectionError);
        Run("Get-GceInstance demo-vm -Zone europe-west1-b").SingleError("ResponseTruncated", ErrorCategory.ConnectionError);
    }

    [Fact]
    public void Values_of_other_types_than_documented_break_nothing()
    {
        Arm("/storage/*", 200, """{"name":"demo-bucket","timeCreated":"not a time","metageneration":"many","softDeletePolicy":7,"labels":{"a":5}}""");

        Assert.Equal(["demo-bucket"], Run("Get-GcsBucket demo-bucket").MustSucceed().Strings());
    }
}
