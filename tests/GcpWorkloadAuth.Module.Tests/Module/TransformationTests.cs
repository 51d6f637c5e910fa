using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>Which objects a name or a context may be given as: ours, live or deserialized, and no other.</summary>
public sealed class TransformationTests : CloudTest
{
    private const string Serialized = "$copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(({0}), 3)); ";

    [Theory]
    [InlineData("Get-GcsBucket (Get-GceInstance demo-vm)", "GcsBucket", "GceInstance")]
    [InlineData("Get-GceInstance (Get-GcsBucket demo-project-bucket-0001)", "GceInstance", "GcsBucket")]
    [InlineData("Get-GceInstance ([uri]'gs://a')", "GceInstance", "System.Uri")]
    [InlineData("Get-GcsBucket @('a', (Get-GceInstance demo-vm))", "GcsBucket", "GceInstance")]
    [InlineData("Get-GcsBucket @{ Name = 'demo-project-bucket-0001' }", "GcsBucket", "System.Collections.Hashtable")]
    [InlineData("Get-GcsBucket -Context (Get-GcsBucket demo-project-bucket-0001)", "GcpContext", "GcsBucket")]
    [InlineData("Get-GcsBucket -Context 7", "GcpContext", "System.Int32")]
    [InlineData("Select-GcpContext (Get-GcsBucket demo-project-bucket-0001)", "GcpContext", "GcsBucket")]
    [InlineData("Disconnect-GcpAccount (Get-GceInstance demo-vm)", "GcpContext", "GceInstance")]
    public void A_wrong_type_is_refused_by_name(string script, string wanted, string given)
    {
        RunResult result = Run(script);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("ParameterArgumentTransformationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(wanted, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(given, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_deserialized_object_of_a_wrong_type_is_refused_too()
    {
        RunResult result = Run(Script("Get-GceInstance demo-vm") + "Get-GcsBucket $copy");

        Assert.Contains("GceInstance", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_type_on_the_pipeline_is_an_error_of_that_object_alone()
    {
        RunResult result = Run("(Get-GceInstance demo-vm), (Get-GcsBucket demo-project-bucket-0002) | Get-GcsBucket");

        Assert.Single(result.Errors);
        Assert.Equal("demo-project-bucket-0002", Assert.Single(result.Strings()));
    }

    [Theory]
    [InlineData("Get-GcsBucket", "Get-GcsBucket")]
    [InlineData("Get-GceInstance", "Get-GceInstance")]
    [InlineData("Get-GceServiceAccount", "Get-GceAccessToken")]
    [InlineData("Get-GcpContext", "Get-GcpContext")]
    [InlineData("Get-GcpContext", "Select-GcpContext -PassThru")]
    public void A_deserialized_object_of_ours_binds_as_the_live_one_does(string producer, string consumer)
    {
        List<string> live = Run(producer + " | " + consumer).MustSucceed().Strings();

        List<string> again = Run(Script(producer) + "$copy | " + consumer).MustSucceed().Strings();

        Assert.NotEmpty(live);
        Assert.Equal(live, again);
    }

    [Fact]
    public void A_piped_object_brings_its_own_project_and_zone()
    {
        Cloud.State.AddProject("other-project", 42, buckets: 1, instances: 3);
        string[] producers = ["Get-GceInstance -Project other-project", "Get-GceInstance vm-00002 -Project other-project"];

        foreach (string producer in producers)
        {
            Cloud.Requests.Clear();
            RunResult result = Run(Script(producer) + "Set-GcpContext -Project demo-project; $copy | Get-GceInstance | ForEach-Object { \"$($_.Project)/$($_.Zone)/$($_.Name)\" }").MustSucceed();

            Assert.NotEmpty(result.Output);
            Assert.All(result.Strings(), s => Assert.StartsWith("other-project/", s, StringComparison.Ordinal));
            Assert.Equal(result.Output.Count, Cloud.Requests.Count(r => r.Path.Contains("/zones/", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_context_binds_by_name_live_and_deserialized()
    {
        Run("$null = Connect-GcpAccount -Name work -Project demo-project -SkipValidation; $null = Connect-GcpAccount -Name last -SkipValidation").MustSucceed();

        foreach (string context in (string[])["'work'", "(Get-GcpContext work)", "([psobject](Get-GcpContext work))"])
        {
            Assert.Equal("work", Run($"$c = {context}; (Set-GcpContext -Context $c -Zone z -PassThru).Name").Single<string>());
        }

        Assert.Equal("work", Run(Script("Get-GcpContext work") + "(Set-GcpContext -Context $copy -Zone y -PassThru).Name").Single<string>());
    }

    [Fact]
    public void A_live_context_works_after_it_was_forgotten_but_its_name_does_not()
    {
        RunResult result = Run("$c = Connect-GcpAccount -Name gone; Disconnect-GcpAccount gone; @(Get-GcsBucket -Context $c).Count; Get-GcsBucket -Context gone");

        Assert.Equal("3", Assert.Single(result.Strings()));
        ErrorRecord error = result.SingleError("ContextNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("gone", error.TargetObject);
    }

    [Fact]
    public void Null_and_empty_names_are_refused()
    {
        foreach (string script in (string[])["Get-GcsBucket $null", "Get-GcsBucket ''", "Get-GcsBucket @()", "Get-GceInstance -Zone @('')", "Select-GcpContext ''", "Get-GcsBucket -Context $null"])
        {
            Assert.StartsWith("ParameterArgumentValidationError", Assert.Single(Run(script).Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        }
    }

    private static string Script(string producer) => Serialized.Replace("{0}", producer, StringComparison.Ordinal);
}
