using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>Imported, imported again, removed, in one runspace and in several: whose session is left?</summary>
public sealed class LifetimeTests : CloudTest
{
    private static readonly string s_import = $"Import-Module '{Repository.Manifest}' -Force -ErrorAction Stop; ";

    [Fact]
    public void Importing_by_force_keeps_cmdlets_session_and_token()
    {
        string commands = Run("@(Get-Command -Module GcpWorkloadAuth).Name -join ' '").Single<string>();
        string token = Run("$null = Connect-GcpAccount -Name work -Project other-project; Get-GceAccessToken -AsPlainText").Single<string>();
        Cloud.Requests.Clear();

        RunResult again = Run(s_import + s_import + """
            @(Get-Command -Module GcpWorkloadAuth).Name -join ' '
            (Get-GcpContext).Name
            (Get-GcpContext).Project
            Get-GcpAccessToken -AsPlainText
            """).MustSucceed();

        Assert.Equal([commands, "work", "other-project", token], again.Strings());
        Assert.Equal(0, TokenRequests);
        Assert.Empty(again.Warnings);
    }

    [Fact]
    public void Objects_from_before_an_import_by_force_still_bind()
    {
        RunResult result = Run("$before = Get-GcsBucket; $context = Get-GcpContext; " + s_import + "$before | Get-GcsBucket -Context $context").MustSucceed();

        Assert.Equal(3, result.Output.Count);
    }

    [Fact]
    public void Removing_the_module_leaves_the_session_of_the_process()
    {
        Run("$null = Connect-GcpAccount -Name work").MustSucceed();
        Cloud.Requests.Clear();

        RunResult result = Run("Remove-Module GcpWorkloadAuth; @(Get-Module).Name -contains 'GcpWorkloadAuth'; " + s_import + "(Get-GcpContext).Name; [void](Get-GceAccessToken)");

        Assert.Equal(["False", "work"], result.MustSucceed().Strings());
        Assert.Equal(0, TokenRequests);
    }

    [Fact]
    public void Removing_the_module_drops_what_only_this_runspace_had()
    {
        Run("$null = Connect-GcpAccount -Name shared; $null = Connect-GcpAccount -Name mine -SessionScope Runspace").MustSucceed();

        RunResult result = Run("(Get-GcpContext).Name; Remove-Module GcpWorkloadAuth; " + s_import + "(Get-GcpContext -ListAvailable).Name");

        Assert.Equal(["mine", "shared", "default"], result.MustSucceed().Strings());
    }

    [Fact]
    public void A_removal_elsewhere_takes_nothing_from_this_runspace()
    {
        Run("$null = Connect-GcpAccount -Name mine -SessionScope Runspace").MustSucceed();
        using Shell other = new();
        other.Run("$null = Connect-GcpAccount -Name theirs -SessionScope Runspace; Remove-Module GcpWorkloadAuth").MustSucceed();

        Assert.Equal("mine", Run("(Get-GcpContext).Name").Single<string>());
    }

    [Fact]
    public void Runspaces_share_the_session_and_its_token()
    {
        using Shell other = new();
        string token = Run("$null = Connect-GcpAccount -Name work; Get-GceAccessToken -AsPlainText").Single<string>();

        RunResult result = other.Run("(Get-GcpContext).Name; Get-GceAccessToken -AsPlainText").MustSucceed();

        Assert.Equal(["work", token], result.Strings());
        Assert.Equal(1, TokenRequests);
    }

    [Fact]
    public void A_runspace_with_a_session_of_its_own_keeps_to_it()
    {
        using Shell other = new();
        other.Run("$null = Connect-GcpAccount -Name theirs -SessionScope Runspace").MustSucceed();
        string theirs = other.Run("Get-GceAccessToken -AsPlainText").Single<string>();
        Run("$null = Connect-GcpAccount -Name ours").MustSucceed();

        Assert.Equal("theirs", other.Run("(Get-GcpContext).Name").Single<string>());
        Assert.Equal(theirs, other.Run("Get-GceAccessToken -AsPlainText").Single<string>());
        ErrorRecord error = Run("Get-GcpContext theirs").SingleError("ContextNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("theirs", error.TargetObject);
    }

    [Fact]
    public void Many_runspaces_on_a_cold_cache_ask_once()
    {
        const int Count = 16;
        List<Shell> shells = [.. Enumerable.Range(0, Count).Select(_ => new Shell())];
        try
        {
            List<PowerShell> running = [.. shells.Select(s => s.Create("Get-GceAccessToken -AsPlainText"))];
            List<IAsyncResult> started = [.. running.Select(p => p.BeginInvoke())];
            HashSet<string> tokens = [.. running.Zip(started, (p, a) => p.EndInvoke(a)).SelectMany(o => o).Select(o => o.ToString())];

            Assert.Single(tokens);
            Assert.Equal(1, TokenRequests);
        }
        finally
        {
            shells.ForEach(s => s.Dispose());
        }
    }
}
