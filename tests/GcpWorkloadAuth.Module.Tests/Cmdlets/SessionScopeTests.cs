using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Who shares a context: the whole process, or one runspace.</summary>
public sealed class SessionScopeTests : CloudTest
{
    private readonly Shell _other = new();

    public override ValueTask DisposeAsync()
    {
        _other.Run("Disconnect-GcpAccount -All");
        _other.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public void A_process_context_is_every_runspaces()
    {
        Run("Connect-GcpAccount -Name shared -Project shared-project").MustSucceed();

        RunResult other = _other.Run("Get-GcpContext").MustSucceed();

        Assert.Equal("shared", other.Property("Name"));
        Assert.Equal("shared-project", other.Property("Project"));
    }

    [Fact]
    public void A_process_contexts_token_is_shared()
    {
        Run("Connect-GcpAccount -Name shared").MustSucceed();

        _other.Run("Get-GceAccessToken; Get-GceAccessToken -Context shared").MustSucceed();

        Assert.Equal(1, TokenRequests);
    }

    [Fact]
    public void A_runspace_context_is_nobody_elses()
    {
        RunResult own = Run("Connect-GcpAccount -Name private -SessionScope Runspace -Project private-project").MustSucceed();

        Assert.Equal("Runspace", own.Property("SessionScope"));
        Assert.Equal("private", Run("Get-GcpContext").Property("Name"));
        Assert.Equal("default", _other.Run("Get-GcpContext").Property("Name"));
        _other.Run("Get-GcpContext private").SingleError("ContextNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(["default"], _other.Run("Get-GcpContext -ListAvailable").Strings());
    }

    [Fact]
    public void A_runspace_context_has_tokens_of_its_own()
    {
        _other.Run("Connect-GcpAccount -Name shared").MustSucceed();

        Run("Connect-GcpAccount -Name private -SessionScope Runspace; Get-GceAccessToken; Get-GceAccessToken").MustSucceed();
        Assert.Equal(2, TokenRequests);

        // Forgetting the private tokens leaves the shared one.
        Run("Disconnect-GcpAccount private").MustSucceed();
        _other.Run("Get-GceAccessToken").MustSucceed();
        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void A_runspaces_own_context_goes_before_the_processs()
    {
        Run("Connect-GcpAccount -Name own -SessionScope Runspace -Project own-project").MustSucceed();
        _other.Run("Connect-GcpAccount -Name shared -Project shared-project").MustSucceed();

        Assert.Equal("own", Run("Get-GcpContext").Property("Name"));
        Assert.Equal("shared-project", Run("Get-GcpContext -Context shared").Property("Project"));
    }

    [Fact]
    public void The_same_name_in_both_means_the_runspaces_own()
    {
        _other.Run("Connect-GcpAccount -Name same -Project shared-project").MustSucceed();
        Run("Connect-GcpAccount -Name same -SessionScope Runspace -Project own-project").MustSucceed();

        Assert.Equal("own-project", Run("Get-GcpContext same").Property("Project"));
        Assert.Equal("own-project", Run("Get-GcpContext -ListAvailable | Where-Object Name -eq same").Property("Project"));
        Assert.Equal("shared-project", _other.Run("Get-GcpContext same").Property("Project"));
    }

    [Fact]
    public void Who_has_contexts_of_their_own_connects_in_their_own()
    {
        Run("Connect-GcpAccount -Name first -SessionScope Runspace").MustSucceed();

        RunResult second = Run("Connect-GcpAccount -Name second").MustSucceed();

        Assert.Equal("Runspace", second.Property("SessionScope"));
        _other.Run("Get-GcpContext second").SingleError("ContextNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void The_process_can_still_be_chosen_from_there()
    {
        Run("Connect-GcpAccount -Name first -SessionScope Runspace").MustSucceed();

        RunResult second = Run("Connect-GcpAccount -Name second -SessionScope Process").MustSucceed();

        Assert.Equal(false, second.Property("IsDefault"));
        Assert.Equal("Process", _other.Run("Get-GcpContext second").Property("SessionScope"));
        Assert.Equal("first", Run("Get-GcpContext").Property("Name"));
    }

    [Fact]
    public void Selecting_a_process_context_puts_the_runspaces_own_aside()
    {
        _other.Run("Connect-GcpAccount -Name shared").MustSucceed();
        Run("Connect-GcpAccount -SessionScope Runspace; Select-GcpContext shared").MustSucceed();

        Assert.Equal("shared", Run("Get-GcpContext").Property("Name"));
        Run("Select-GcpContext default").MustSucceed();
        Assert.Equal("Runspace", Run("Get-GcpContext").Property("SessionScope"));
        Assert.Equal("shared", _other.Run("Get-GcpContext").Property("Name"));
    }

    [Fact]
    public void Disconnecting_the_last_of_a_runspace_falls_back_to_the_processs()
    {
        _other.Run("Connect-GcpAccount -Name shared").MustSucceed();
        Run("Connect-GcpAccount -Name own -SessionScope Runspace; Disconnect-GcpAccount").MustSucceed();

        Assert.Equal("shared", Run("Get-GcpContext").Property("Name"));
        Assert.Equal("Process", Run("Connect-GcpAccount -Name next").Property("SessionScope"));
    }

    [Fact]
    public void Disconnecting_all_leaves_the_contexts_of_another_runspace()
    {
        Run("Connect-GcpAccount -Name own -SessionScope Runspace").MustSucceed();

        _other.Run("Disconnect-GcpAccount -All").MustSucceed();

        Assert.Equal("own", Run("Get-GcpContext").Property("Name"));
    }

    [Fact]
    public void Setting_a_runspace_context_stays_in_the_runspace()
    {
        Run("Connect-GcpAccount -Name own -SessionScope Runspace; Set-GcpContext -Project changed-project").MustSucceed();

        Assert.Equal("changed-project", Run("Get-GcpContext").Property("Project"));
        Assert.Equal("Runspace", Run("Get-GcpContext").Property("SessionScope"));
        Assert.Equal("demo-project", _other.Run("Get-GcpContext").Property("Project"));
    }

    [Fact]
    public void Setting_the_default_search_in_a_runspace_with_its_own_context_is_for_the_process()
    {
        Run("Set-GcpContext -Context default -Zone us-central1-a").MustSucceed();

        Assert.Equal("us-central1-a", _other.Run("Get-GcpContext default").Property("Zone"));
    }

    [Fact]
    public void Thirty_two_runspaces_at_once_on_a_cold_cache_ask_for_one_token()
    {
        using System.Management.Automation.Runspaces.RunspacePool pool = Shell.Pool(32);
        List<PowerShell> shells = [];
        List<IAsyncResult> running = [];
        foreach (int _ in Enumerable.Range(0, 32))
        {
            PowerShell shell = PowerShell.Create();
            shell.RunspacePool = pool;
            shell.AddScript("Get-GceAccessToken -AsPlainText");
            shells.Add(shell);
        }

        running.AddRange(shells.Select(s => s.BeginInvoke()));
        string[] tokens = [.. shells.Zip(running, (s, r) => (string)s.EndInvoke(r).Single().BaseObject)];

        Assert.Equal(1, TokenRequests);
        Assert.Single(tokens.Distinct());
        shells.ForEach(s => s.Dispose());
    }
}
