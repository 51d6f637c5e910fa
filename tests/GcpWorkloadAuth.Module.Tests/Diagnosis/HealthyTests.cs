using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Diagnosis;

/// <summary>Nothing is wrong.</summary>
public sealed class HealthyTests : DiagnosisTest
{
    private const string All =
        "-Permission compute.instances.list, storage.objects.get, storage.buckets.list -Bucket demo-project-bucket-0001 -Scope https://www.googleapis.com/auth/pubsub";

    [Fact]
    public void A_vm_passes_every_check_that_is_made()
    {
        Cloud.State.Impersonations.Allow(Account, Account);
        ConnectVm();

        Dictionary<string, Row> rows = Diagnose(All);

        Assert.DoesNotContain(rows.Values, row => row.Status is "Fail" or "Warning");
        string[] passed = [.. rows.Values.Where(r => r.Status == "Pass").Select(r => r.Check)];
        Assert.Equal(
            [
                "Source: session", "Credential", "Project", "Metadata server", "Attached account", "Token", "Token info", "Scopes",
                "Scope: https://www.googleapis.com/auth/pubsub", "Proxy", "Reach: Cloud Storage", "Reach: Compute Engine",
                "Reach: IAM Service Account Credentials", "Reach: Resource Manager", "Clock", "API: Cloud Storage", "API: Compute Engine",
                "Signing", "Permission: storage.objects.get", "Permission: compute.instances.list", "Permission: storage.buckets.list",
                "Other modules",
            ],
            passed);
        Assert.Contains(Account, rows["Attached account"].Detail, StringComparison.Ordinal);
        Assert.Contains(Cloud.MetadataAddress.Authority, rows["Metadata server"].Detail, StringComparison.Ordinal);
        Assert.Contains("GCE_METADATA_HOST", rows["Metadata server"].Detail, StringComparison.Ordinal);
        Assert.Contains(Account, rows["Token info"].Detail, StringComparison.Ordinal);
        Assert.Contains("bucket demo-project-bucket-0001", rows["Permission: storage.objects.get"].Detail, StringComparison.Ordinal);
        Assert.Contains("project demo-project", rows["Permission: storage.buckets.list"].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_the_rows_is_the_same_whichever_check_ends_first()
    {
        ConnectVm();
        string[] first = [.. Diagnose(All).Keys];
        Cloud.Faults.Add(new Fault { PathPattern = "/tokeninfo", Delay = TimeSpan.FromMilliseconds(300) });
        Cloud.Faults.Add(new Fault { PathPattern = "/compute/*", Delay = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(first, Diagnose(All).Keys);
    }

    [Fact]
    public async Task Independent_checks_are_under_way_at_once()
    {
        ConnectVm();
        Cloud.Requests.Clear();
        Cloud.Faults.Add(new Fault { Method = "HEAD", Hang = true });
        Cloud.Faults.Add(new Fault { PathPattern = "/tokeninfo", Hang = true });
        foreach (string service in new[] { "/storage/*", "/compute/*", "/v1/*", "/v3/*" })
        {
            Cloud.Faults.Add(new Fault { PathPattern = service, Hang = true });
        }

        // None is answered: whatever waited for another would never be asked.
        await Shell.StopAsync(
            "Test-GcpAuthentication -TimeoutSec 600 -Permission compute.instances.list, storage.objects.get -Bucket demo-project-bucket-0001",
            AllAskedAsync());

        async Task AllAskedAsync()
        {
            string[] wanted =
            [
                "HEAD /", "HEAD /", "HEAD /", "HEAD /", "POST /tokeninfo", "GET /storage/v1/b", "GET /compute/v1/projects/demo-project",
                "GET /storage/v1/b/demo-project-bucket-0001/iam/testPermissions", "POST /v3/projects/demo-project:testIamPermissions",
                "POST /v1/projects/-/serviceAccounts/" + Uri.EscapeDataString(Account) + ":signBlob",
            ];
            while (true)
            {
                string[] asked = [.. Cloud.Requests.All.Where(r => r.Service != EmulatedService.Metadata).Select(r => r.Method + " " + r.Path)];
                if (asked.Order().SequenceEqual(wanted.Order()))
                {
                    return;
                }

                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public void No_token_goes_with_what_asks_whether_a_host_is_there_nor_into_an_address()
    {
        ConnectVm();

        Diagnose(All);

        Assert.All(Cloud.Requests.All.Where(r => r.Method == "HEAD"), r => Assert.False(r.Headers.ContainsKey("Authorization")));
        LoggedRequest info = Assert.Single(Cloud.Requests.All, r => r.Path == "/tokeninfo");
        Assert.Equal("POST", info.Method);
        Assert.StartsWith("access_token=ya29.", info.Body, StringComparison.Ordinal);
        Assert.All(Cloud.Requests.All, r => Assert.DoesNotContain("ya29", r.Path + r.Query, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cached_token_does_not_hide_that_no_other_can_be_had()
    {
        ConnectVm();
        Run("Get-GceAccessToken").MustSucceed();
        Cloud.State.Machine.Detach();

        Assert.Equal("Fail", Diagnose()["Token"].Status);
    }

    [Fact]
    public void Rows_go_through_the_pipeline_and_a_stopped_reader_stops_the_checks()
    {
        ConnectVm();

        Assert.Equal(["Clock"], Run("Test-GcpAuthentication | Where-Object Status -eq Pass | Where-Object Check -eq Clock").MustSucceed().Strings());
        Assert.Equal(
            ["Source: session"],
            Run("do { Test-GcpAuthentication | ForEach-Object { \"$_\"; break } } while ($false)").MustSucceed().Strings());
    }

    [Fact]
    public void Quiet_is_true_although_there_are_warnings_and_nothing_else_comes()
    {
        ConnectVm();
        Assert.Equal("Warning", Diagnose()["Signing"].Status);

        Assert.True(Run("Test-GcpAuthentication -Quiet").MustSucceed().Single<bool>());
    }

    [Fact]
    public void A_bucket_alone_is_checked_for_what_scripts_do_with_it()
    {
        ConnectVm();
        Cloud.State.Denials.Deny("demo-project-bucket-0001", "storage.objects.delete");

        Dictionary<string, Row> rows = Diagnose("-Bucket gs://demo-project-bucket-0001/");

        Assert.Equal("Warning", rows["Bucket: demo-project-bucket-0001"].Status);
        Assert.Contains("storage.objects.delete", rows["Bucket: demo-project-bucket-0001"].Detail, StringComparison.Ordinal);
        Assert.Equal("Pass", Run("Get-GcsBucket demo-project-bucket-0002 | ForEach-Object { Test-GcpAuthentication -Bucket $_ } | Where-Object Check -like Bucket* | ForEach-Object Status").MustSucceed().Strings().Single());
    }

    [Theory]
    [InlineData("-Permission get", "PermissionNameInvalid")]
    [InlineData("-Permission 'storage..get'", "PermissionNameInvalid")]
    [InlineData("-Bucket 'A B'", "BucketNameInvalid")]
    [InlineData("-Scope 'a,b'", "ScopeInvalid")]
    [InlineData("-Context nobody", "ContextNotFound")]
    public void Arguments_that_can_mean_nothing_are_errors(string parameters, string id)
    {
        RunResult result = Run("Test-GcpAuthentication " + parameters);

        Assert.Equal(id, Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(result.Output);
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void Another_context_is_checked_by_its_name()
    {
        Run("Connect-GcpAccount $args[0] -Name other -Endpoint @{ token = $args[1] }; Connect-GcpAccount -MetadataServer -Name vm", KeyFile(), TokenEndpoint).MustSucceed();

        Assert.Contains(Robot, Diagnose("-Context other")["Credential"].Detail, StringComparison.Ordinal);
    }
}
