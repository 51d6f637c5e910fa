using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>
/// In Constrained Language Mode, which application control brings, scripts may use the cmdlets and the properties of what they emit.
/// </summary>
public sealed class LanguageModeTests : CloudTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Run("$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'").MustSucceed();
    }

    public override ValueTask DisposeAsync()
    {
        Shell.Runspace.SessionStateProxy.LanguageMode = PSLanguageMode.FullLanguage;
        return base.DisposeAsync();
    }

    [Fact]
    public void The_mode_is_really_constrained()
    {
        Assert.Equal("MethodInvocationNotSupportedInConstrainedLanguage", Assert.Single(Run("[System.IO.File]::Exists('a')").Errors).FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("Get-GceAccessToken | ForEach-Object Account", 1)]
    [InlineData("$h = Get-GceAccessToken -AsHeader; $h.Authorization", 1)]
    [InlineData("Get-GceAccessToken -AsPlainText", 1)]
    [InlineData("Get-GcsBucket | Where-Object Name -like '*0002' | Get-GcsBucket | ForEach-Object { $_.Name }", 1)]
    [InlineData("Get-GceInstance -Label @{ env = '*' } -Filter 'status = RUNNING' | ForEach-Object { $_.Zone }", 0)]
    [InlineData("Get-GceInstance 'vm-*' | Get-GceInstance | ForEach-Object { \"$_ $($_.ServiceAccounts.Count)\" }", 4)]
    [InlineData("(Get-GceMetadata instance/ -Recurse).machineType", 1)]
    [InlineData("(Get-GceMetadata project/attributes/ -Recurse -AsHashtable).Count", 1)]
    [InlineData("Get-GceMetadata name -ETagVariable tag | ForEach-Object { $tag.Length -gt 0 }", 1)]
    [InlineData("Get-GceServiceAccount default | Get-GceAccessToken | ForEach-Object { $_.Scopes.Count }", 1)]
    [InlineData("$c = Connect-GcpAccount -Name clm -Endpoint @{ token = 'http://127.0.0.1:1/token' } -Scope a, b; Get-GcpContext -Context $c | ForEach-Object Name", 1)]
    [InlineData("Set-GcpContext -Project demo-project -PassThru | Select-GcpContext -PassThru | ForEach-Object { $_.ProjectSource }", 1)]
    [InlineData("Get-GcpContext -ListAvailable | Disconnect-GcpAccount", 0)]
    public void Cmdlets_and_properties_work(string script, int least)
    {
        RunResult result = Run(script).MustSucceed();

        Assert.True(result.Output.Count >= least, $"{result.Output.Count} objects");
    }

    [Fact]
    public void The_module_can_be_imported_in_it()
    {
        RunResult result = Run($"Remove-Module GcpWorkloadAuth; Import-Module '{Repository.Manifest}'; @(Get-GcsBucket).Count").MustSucceed();

        Assert.Equal("3", Assert.Single(result.Strings()));
    }
}
