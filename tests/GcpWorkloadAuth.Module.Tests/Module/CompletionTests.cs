using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>What the Tab key offers.</summary>
public sealed class CompletionTests : CloudTest
{
    [Fact]
    public void A_context_is_completed_by_its_name()
    {
        Run("$null = Connect-GcpAccount -Name build -SkipValidation; $null = Connect-GcpAccount -Name 'second build' -SkipValidation").MustSucceed();

        Assert.Equal(["build", "'second build'", "default"], Texts("Get-GcsBucket -Context "));
        Assert.Equal(["build"], Texts("Get-GcsBucket -Context bu"));
        Assert.Equal(["'second build'"], Texts("Get-GcsBucket -Context 'sec"));
        Assert.Equal(["'second build'"], Texts("Get-GcsBucket -Context *second"));
        Assert.All(Complete("Get-GcsBucket -Context "), c => Assert.Equal("ApplicationDefault", c.ToolTip));
    }

    [Theory]
    [InlineData("Get-GcpContext -Name ")]
    [InlineData("Get-GcpContext ")]
    [InlineData("Select-GcpContext -Name ")]
    [InlineData("Disconnect-GcpAccount -Name ")]
    public void So_are_the_names_of_the_session_cmdlets(string line)
    {
        Run("$null = Connect-GcpAccount -Name build -SkipValidation").MustSucceed();

        Assert.Equal(["build", "default"], Texts(line).Take(2));
    }

    [Fact]
    public void A_scope_is_completed_by_its_last_part()
    {
        const string Prefix = "https://www.googleapis.com/auth/";

        Assert.Equal([Prefix + "devstorage.read_only", Prefix + "devstorage.read_write", Prefix + "devstorage.full_control"], Texts("Connect-GcpAccount -Scope devstorage"));
        Assert.Equal([Prefix + "cloud-platform", Prefix + "cloud-platform.read-only"], Texts("Get-GceAccessToken -Scope https://www.googleapis.com/auth/cl"));
        Assert.Contains(Prefix + "pubsub", Texts("Get-GceAccessToken -Scope "));
        Assert.Equal([Prefix + "pubsub"], Texts("Get-GceAccessToken -Scope cloud-platform, pub"));
    }

    [Fact]
    public void A_metadata_path_is_completed_without_asking_the_server()
    {
        Assert.Equal(["instance/name", "instance/network-interfaces/"], Texts("Get-GceMetadata instance/n"));
        Assert.Contains("project/project-id", Texts("Get-GceMetadata -Path "));
        Assert.Equal(["project/project-id"], Texts("Get-GceMetadata -Path 'project/project"));
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_word_that_fits_nothing_gets_nothing_of_ours()
    {
        Assert.DoesNotContain(Complete("Get-GcsBucket -Context zzz"), c => c.ResultType == CompletionResultType.ParameterValue);
        Assert.DoesNotContain(Complete("Get-GceMetadata -Path zzz/zzz"), c => c.ResultType == CompletionResultType.ParameterValue);
        Assert.DoesNotContain(Complete("Connect-GcpAccount -Scope zzz"), c => c.ResultType == CompletionResultType.ParameterValue);
    }

    [Theory]
    [InlineData("Get-GcsBucket -Context [")]
    [InlineData("Get-GcsBucket -Context 'a`")]
    [InlineData("Get-GceMetadata -Path [*")]
    [InlineData("Connect-GcpAccount -Scope \"`")]
    public void A_half_typed_wildcard_is_no_error(string line)
    {
        Assert.NotNull(Complete(line));
        Assert.Empty(Run("$Error | ForEach-Object { $_.Exception.ToString() }").Output);
    }

    [Fact]
    public void Parameters_and_enumerations_complete_by_themselves()
    {
        Assert.Equal(["Process", "Runspace"], Texts("Connect-GcpAccount -SessionScope "));
        Assert.Contains("-AsPlainText", Texts("Get-GceAccessToken -As"));
        Assert.Contains("Get-GceInstance", Texts("Get-GceI"));
    }

    private List<string> Texts(string line) => [.. Complete(line).Select(c => c.CompletionText)];

    private List<CompletionResult> Complete(string line)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = Shell.Runspace;
        return [.. CommandCompletion.CompleteInput(line, line.Length, [], shell).CompletionMatches];
    }
}
