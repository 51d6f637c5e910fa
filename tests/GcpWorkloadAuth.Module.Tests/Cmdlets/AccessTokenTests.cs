using System.Collections;
using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Get-GceAccessToken: whose token, with which scopes, in which form.</summary>
public sealed class AccessTokenTests : CloudTest
{
    private const string OtherAccount = "other@demo-project.iam.gserviceaccount.com";
    private const string ReadOnly = "https://www.googleapis.com/auth/devstorage.read_only";

    [Fact]
    public void The_object_says_what_the_token_is()
    {
        RunResult result = Run("Get-GceAccessToken").MustSucceed();

        Assert.Equal(Account, result.Property("Account"));
        Assert.Equal("metadata server " + Cloud.MetadataAddress.Authority, result.Property("Source"));
        Assert.Equal(["https://www.googleapis.com/auth/cloud-platform"], (IEnumerable<string>)result.Property("Scopes")!);
        Assert.Equal("Access token of " + Account, result.Output[0].ToString());
    }

    [Fact]
    public void The_secure_string_holds_the_token()
    {
        RunResult result = Run(
            """
            $t = Get-GceAccessToken
            [System.Net.NetworkCredential]::new('', $t.Token).Password -ceq (Get-GceAccessToken -AsPlainText)
            $t.Token.IsReadOnly()
            """).MustSucceed();

        Assert.Equal(["True", "True"], result.Strings());
    }

    [Fact]
    public void Disposing_a_handed_out_token_hurts_neither_the_cache_nor_another_object()
    {
        RunResult result = Run(
            """
            $a = Get-GceAccessToken; $b = Get-GceAccessToken
            $a.Token.Dispose()
            $b.Token.Length -eq (Get-GceAccessToken).Token.Length
            (Get-GceAccessToken -AsPlainText).Length -eq $b.Token.Length
            """).MustSucceed();

        Assert.Equal(["True", "True"], result.Strings());
        Assert.Equal(1, TokenRequests);
    }

    [Fact]
    public void Headers_are_ready_for_a_web_request()
    {
        RunResult result = Run("Get-GceAccessToken -AsHeader").MustSucceed();

        Hashtable header = result.Single<Hashtable>();
        Assert.Equal("Bearer " + Cloud.State.Tokens.Issued.Single().Value, header["Authorization"]);
        Assert.Single(header);
    }

    [Fact]
    public void Headers_name_the_quota_project()
    {
        Run("Set-GcpContext -QuotaProject my-quota").MustSucceed();

        Assert.Equal("my-quota", Run("Get-GceAccessToken -AsHeader").Single<Hashtable>()["x-goog-user-project"]);
    }

    [Fact]
    public void Two_forms_at_once_do_not_bind()
    {
        RunResult result = Run("Get-GceAccessToken -AsPlainText -AsHeader");

        Assert.StartsWith("AmbiguousParameterSet", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void The_old_modules_habit_of_the_alias_works()
    {
        Assert.StartsWith("ya29.", Run("Get-GcpAccessToken -AsPlainText").Single<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_attached_account_by_position()
    {
        Cloud.State.Machine.AttachAlso(OtherAccount, [ReadOnly], "reader");

        RunResult result = Run("Get-GceAccessToken " + OtherAccount).MustSucceed();

        Assert.Equal(OtherAccount, result.Property("Account"));
        Assert.Equal([ReadOnly], (IEnumerable<string>)result.Property("Scopes")!);
        Assert.Equal(OtherAccount, Cloud.State.Tokens.Issued.Single().Account);
    }

    [Fact]
    public void Each_account_has_its_own_cached_token()
    {
        Cloud.State.Machine.AttachAlso(OtherAccount, [ReadOnly]);

        RunResult result = Run(
            $"1..2 | ForEach-Object {{ Get-GceAccessToken -AsPlainText; Get-GceAccessToken {OtherAccount} -AsPlainText }}").MustSucceed();

        Assert.Equal(2, result.Strings().Distinct().Count());
        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void Accounts_come_by_pipeline()
    {
        Cloud.State.Machine.AttachAlso(OtherAccount, [ReadOnly]);

        RunResult result = Run("Get-GceServiceAccount | Get-GceAccessToken | ForEach-Object Account").MustSucceed();

        Assert.Equal([Account, OtherAccount], result.Strings());
    }

    [Fact]
    public void An_account_that_is_not_attached_is_not_found()
    {
        ErrorRecord error = Run("Get-GceAccessToken nobody@x.iam.gserviceaccount.com")
            .SingleError("ServiceAccountNotAttached", ErrorCategory.ObjectNotFound);

        Assert.Equal("nobody@x.iam.gserviceaccount.com", error.TargetObject);
        Run("Get-GceAccessToken").MustSucceed();
    }

    [Fact]
    public void An_attached_account_of_a_key_file_is_a_contradiction()
    {
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", KeyFile(), TokenEndpoint).MustSucceed();

        Run("Get-GceAccessToken " + OtherAccount).SingleError("ServiceAccountNeedsMetadataServer", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void Scopes_are_sent_escaped_and_joined_by_commas()
    {
        Cloud.State.Machine.HonourScopes = true;

        RunResult result = Run("Get-GceAccessToken -Scope $args", ReadOnly, "https://www.googleapis.com/auth/compute.readonly").MustSucceed();

        Assert.Single(result.Output);
        LoggedRequest request = Assert.Single(Cloud.Requests.All, r => r.Path.EndsWith("/token", StringComparison.Ordinal));
        Assert.Equal(
            "scopes=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fdevstorage.read_only,https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcompute.readonly",
            request.Query);
        Assert.Equal([ReadOnly, "https://www.googleapis.com/auth/compute.readonly"], Cloud.State.Tokens.Issued.Single().Scopes);
    }

    [Fact]
    public void The_same_scopes_in_another_order_are_the_same_token()
    {
        Run("Get-GceAccessToken -Scope $args[0], $args[1]; Get-GceAccessToken -Scope $args[1], $args[0]", ReadOnly, "openid").MustSucceed();

        Assert.Equal(1, TokenRequests);
    }

    [Fact]
    public void Scopes_that_the_vm_ignores_are_a_warning_with_the_real_ones()
    {
        Cloud.State.Machine.Attach(Account, ReadOnly);

        RunResult result = Run("Get-GceAccessToken -Scope https://www.googleapis.com/auth/compute").MustSucceed();

        Assert.Contains(ReadOnly, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal([ReadOnly], (IEnumerable<string>)result.Property("Scopes")!);
    }

    [Theory]
    [InlineData("two scopes")]
    [InlineData("a,b")]
    [InlineData("with\"quote")]
    public void What_is_no_scope_is_refused_before_any_request(string scope)
    {
        Run("Get-GceAccessToken -Scope $args[0]", scope).SingleError("ScopeInvalid", ErrorCategory.InvalidArgument);
        Run("Connect-GcpAccount -Scope $args[0]", scope).SingleError("ScopeInvalid", ErrorCategory.InvalidArgument);

        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void Force_refresh_asks_even_a_server_that_was_not_there_a_moment_ago()
    {
        Environment.Set("GCE_METADATA_TIMEOUT", null);
        Fault fault = Cloud.Faults.Add(new Fault { PathPattern = "*", Drop = true });
        Run("Get-GceAccessToken").SingleError("NoCredentials", ErrorCategory.AuthenticationError);
        Cloud.Faults.Remove(fault);

        Run("Get-GceAccessToken -ForceRefresh").MustSucceed();
    }
}
