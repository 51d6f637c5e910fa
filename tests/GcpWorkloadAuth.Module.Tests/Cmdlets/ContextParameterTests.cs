using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>The -Context parameter that every cmdlet has.</summary>
public sealed class ContextParameterTests : CloudTest
{
    [Theory]
    [InlineData("Disconnect-GcpAccount")]
    [InlineData("Get-GcpContext")]
    [InlineData("Set-GcpContext -Zone us-east1-b")]
    [InlineData("Get-GceAccessToken")]
    [InlineData("Get-GceMetadata instance/name")]
    [InlineData("Get-GceServiceAccount")]
    [InlineData("Get-GcsBucket")]
    [InlineData("Get-GcsBucket some-bucket")]
    [InlineData("Get-GceInstance")]
    [InlineData("Get-GceInstance -Current")]
    public void A_name_that_no_context_bears_is_an_error_before_any_request(string command)
    {
        ErrorRecord error = Run(command + " -Context nope").SingleError("ContextNotFound", ErrorCategory.ObjectNotFound);

        Assert.Contains("nope", error.Exception.Message, StringComparison.Ordinal);
        Assert.NotNull(error.TargetObject);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void Every_cmdlet_has_it()
    {
        RunResult result = Run("Get-Command -Module GcpWorkloadAuth -CommandType Cmdlet | Where-Object { -not $_.Parameters.ContainsKey('Context') }")
            .MustSucceed();

        Assert.Empty(result.Output);
        Assert.NotEqual(["0"], Run("@(Get-Command -Module GcpWorkloadAuth -CommandType Cmdlet).Count").Strings());
    }

    [Theory]
    [InlineData("'second'")]
    [InlineData("'SECOND'")]
    [InlineData("(Get-GcpContext second)")]
    [InlineData("$args[0]")]
    public void A_name_an_object_and_a_copy_from_a_job_all_mean_the_context(string context)
    {
        Cloud.State.AddProject("second-project", 42, buckets: 1, instances: 1);
        string token = Cloud.State.Tokens.Issue("second@example.com", ["https://www.googleapis.com/auth/cloud-platform"]).Value;
        Run("Connect-GcpAccount -Name second -AccessToken $args[0] -Project second-project -Endpoint @{ storage = $args[1]; compute = $args[1] }",
            Secret(token), Cloud.ApiAddress.AbsoluteUri).MustSucceed();
        object copy = PSSerializer.Deserialize(PSSerializer.Serialize(Run("Get-GcpContext second").Output.Single()));
        Run("Connect-GcpAccount -Name first").MustSucceed();
        Cloud.Requests.Clear();

        RunResult result = Run(
            $"$c = {context}; (Get-GcsBucket -Context $c).Name; (Get-GceInstance -Context $c).Project; Get-GceAccessToken -AsPlainText -Context $c; (Get-GcpContext -Context $c).Name",
            copy).MustSucceed();

        Assert.Equal(["second-project-bucket-0001", "second-project", token, "second"], result.Strings());
        Assert.All(
            Requests(EmulatedService.Storage).Concat(Requests(EmulatedService.Compute)),
            r => Assert.Equal("Bearer " + token, r.Headers["Authorization"]));
        Assert.Equal("first", Run("Get-GcpContext").Property("Name"));
    }

    [Fact]
    public void A_context_of_its_own_waits_its_own_time_for_the_metadata_server()
    {
        Run("Connect-GcpAccount -MetadataServer -Name hasty -TimeoutSec 1 -SkipValidation; Connect-GcpAccount -Name patient -SkipValidation").MustSucceed();
        Cloud.Faults.Add(new Fault { PathPattern = "*", Hang = true });

        RunResult metadata = Run("Get-GceMetadata instance/name -Context hasty");
        RunResult accounts = Run("Get-GceServiceAccount -Context hasty");

        metadata.SingleError("MetadataServerUnreachable", ErrorCategory.ConnectionError);
        accounts.SingleError("MetadataServerUnreachable", ErrorCategory.ConnectionError);
        Assert.InRange(metadata.Elapsed + accounts.Elapsed, TimeSpan.FromSeconds(1.8), TimeSpan.FromSeconds(6));
    }

    [Theory]
    [InlineData("(Get-GcsBucket)[0]", "GcsBucket")]
    [InlineData("@{ Name = 'default' }", "Hashtable")]
    [InlineData("42", "Int32")]
    public void What_is_no_context_is_refused_by_name(string context, string type)
    {
        RunResult result = Run("Get-GceMetadata instance/name -Context " + context);

        Assert.Contains(type, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Requests(EmulatedService.Metadata), r => r.Path.EndsWith("/instance/name", StringComparison.Ordinal));
    }

    [Fact]
    public void A_context_object_still_works_after_it_was_disconnected()
    {
        Run("$global:kept = Connect-GcpAccount -Name kept; Disconnect-GcpAccount kept").MustSucceed();

        Run("Get-GceAccessToken -Context $kept").MustSucceed();
    }
}
