using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Connect-GcpAccount without a credential of its own: the default search and the metadata server.</summary>
public sealed class ConnectTests : CloudTest
{
    private const string OtherAccount = "other@demo-project.iam.gserviceaccount.com";

    [Fact]
    public void Connecting_proves_the_credential_and_emits_the_context()
    {
        RunResult result = Run("Connect-GcpAccount").MustSucceed();

        Assert.Equal(1, TokenRequests);
        Assert.Equal("default", result.Property("Name"));
        Assert.Equal(Account, result.Property("Account"));
        Assert.Equal("MetadataServer", result.Property("CredentialType"));
        Assert.Equal("metadata server " + Cloud.MetadataAddress.Authority, result.Property("Source"));
        Assert.Equal("demo-project", result.Property("Project"));
        Assert.Equal("Process", result.Property("SessionScope"));
        Assert.Equal(true, result.Property("IsDefault"));
        Assert.InRange((DateTime)result.Property("TokenExpiresAt")!, DateTime.Now.AddMinutes(50), DateTime.Now.AddMinutes(61));
    }

    [Fact]
    public void Without_validation_nobody_is_asked()
    {
        RunResult result = Run("Connect-GcpAccount -SkipValidation; Connect-GcpAccount -MetadataServer -SkipValidation -Name vm").MustSucceed();

        Assert.Equal(2, result.Output.Count);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void What_connecting_fetched_serves_the_next_cmdlets()
    {
        Run("Connect-GcpAccount; Get-GceAccessToken; Get-GcsBucket").MustSucceed();

        Assert.Equal(1, TokenRequests);
    }

    [Fact]
    public void Connecting_proves_the_credential_even_where_a_token_is_cached()
    {
        Run("Get-GceAccessToken; Connect-GcpAccount").MustSucceed();

        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void The_metadata_server_set_looks_at_nothing_else()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", KeyFile());

        RunResult result = Run("Connect-GcpAccount -MetadataServer").MustSucceed();

        Assert.Equal("MetadataServer", result.Property("CredentialType"));
        Assert.Equal(Account, result.Property("Account"));
    }

    [Fact]
    public void Another_attached_account_can_be_chosen()
    {
        Cloud.State.Machine.AttachAlso(OtherAccount, ["https://www.googleapis.com/auth/devstorage.read_only"]);

        RunResult result = Run("Connect-GcpAccount -MetadataServer -ServiceAccount " + OtherAccount).MustSucceed();
        string token = Run("Get-GceAccessToken -AsPlainText").Single<string>();

        Assert.Equal(OtherAccount, result.Property("Account"));
        Assert.Equal(OtherAccount, Cloud.State.Tokens.Issued.Single(t => t.Value == token).Account);
    }

    [Fact]
    public void An_account_that_is_not_attached_is_an_error_and_changes_nothing()
    {
        Run("Connect-GcpAccount -MetadataServer -Name vm").MustSucceed();

        ErrorRecord error = Run("Connect-GcpAccount -MetadataServer -ServiceAccount nobody@x.iam.gserviceaccount.com -Name other")
            .SingleError("ServiceAccountNotAttached", ErrorCategory.ObjectNotFound);

        Assert.Equal("nobody@x.iam.gserviceaccount.com", error.TargetObject);
        Assert.Equal("vm", Run("Get-GcpContext").Property("Name"));
    }

    [Fact]
    public void Settings_given_win_and_say_where_they_come_from()
    {
        RunResult result = Run(
            "Connect-GcpAccount -Project my-project -Zone us-central1-a -Region us-east1 -QuotaProject my-quota").MustSucceed();

        Assert.Equal("my-project", result.Property("Project"));
        Assert.Equal("session", result.Property("ProjectSource"));
        Assert.Equal("us-central1-a", result.Property("Zone"));
        Assert.Equal("session", result.Property("ZoneSource"));
        Assert.Equal("us-east1", result.Property("Region"));
        Assert.Equal("session", result.Property("RegionSource"));
        Assert.Equal("my-quota", result.Property("QuotaProject"));
        Assert.Equal("session", result.Property("QuotaProjectSource"));
    }

    [Fact]
    public void Scopes_are_asked_of_the_metadata_server()
    {
        Cloud.State.Machine.HonourScopes = true;
        const string scope = "https://www.googleapis.com/auth/devstorage.read_only";

        RunResult result = Run("Connect-GcpAccount -MetadataServer -Scope " + scope).MustSucceed();
        string token = Run("Get-GceAccessToken -AsPlainText").Single<string>();

        Assert.Equal([scope], (IEnumerable<string>)result.Property("Scopes")!);
        Assert.Equal([scope], Cloud.State.Tokens.Issued.Single(t => t.Value == token).Scopes);
    }

    [Fact]
    public void The_time_to_wait_for_the_metadata_server_can_be_chosen()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/computeMetadata/*", Hang = true });

        RunResult result = Run("Connect-GcpAccount -MetadataServer -TimeoutSec 1");

        result.SingleError("MetadataServerUnreachable", ErrorCategory.ConnectionError);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void The_time_chosen_holds_for_the_whole_session()
    {
        Run("Connect-GcpAccount -MetadataServer -TimeoutSec 1").MustSucceed();
        Cloud.Faults.Add(new Fault { PathPattern = "/computeMetadata/*", Hang = true });

        RunResult result = Run("Get-GceMetadata instance/name");

        result.SingleError("MetadataServerUnreachable", ErrorCategory.ConnectionError);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void A_failed_connect_leaves_the_session_as_it_was()
    {
        Run("Connect-GcpAccount -Project my-project").MustSucceed();
        Cloud.State.Machine.Detach();

        Run("Connect-GcpAccount -Project another-project").SingleError("NoServiceAccount", ErrorCategory.AuthenticationError);

        Assert.Equal("my-project", Run("Get-GcpContext").Property("Project"));
    }

    [Fact]
    public void Connecting_again_under_a_name_replaces_the_context()
    {
        Run("Connect-GcpAccount -Name work -Project first-project -Zone us-central1-a; Connect-GcpAccount -Name WORK -Project second-project")
            .MustSucceed();

        RunResult all = Run("Get-GcpContext -ListAvailable | Where-Object Name -eq work").MustSucceed();

        Assert.Equal("second-project", all.Property("Project"));
        Assert.Equal("metadata server", Run("Get-GcpContext work").Property("ZoneSource"));
    }

    [Fact]
    public void The_last_connected_is_the_one_in_use()
    {
        Run("Connect-GcpAccount -Name a -Project a-project; Connect-GcpAccount -Name b -Project b-project").MustSucceed();

        Assert.Equal("b", Run("Get-GcpContext").Property("Name"));
        Assert.Equal(["b", "a", "default"], Run("Get-GcpContext -ListAvailable").Strings().OrderBy(n => n == "default").ThenByDescending(n => n));
    }

    [Fact]
    public void Two_kinds_of_credential_at_once_do_not_bind()
    {
        RunResult result = Run("Connect-GcpAccount -MetadataServer -CredentialPath x.json");

        Assert.StartsWith("AmbiguousParameterSet", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
