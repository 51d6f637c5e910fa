using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Diagnosis;

/// <summary>One thing is wrong: its row says so, with what to do, and no other fails for it.</summary>
public sealed class TroubleTests : DiagnosisTest
{
    private const string ReadOnly = "https://www.googleapis.com/auth/devstorage.read_only";

    [Fact]
    public void No_metadata_server()
    {
        Environment.Set("GCE_METADATA_HOST", "127.0.0.1:" + Listener.ClosedPort());
        Environment.Set("GCE_METADATA_TIMEOUT", "0.5");

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal(["Metadata server", "Token"], Failed(rows));
        Assert.Equal("Skipped", rows["Attached account"].Status);
        Assert.Equal("Pass", rows["Reach: Compute Engine"].Status);
    }

    [Fact]
    public void No_metadata_server_is_no_trouble_to_who_needs_none()
    {
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", KeyFile(), TokenEndpoint).MustSucceed();
        Environment.Set("GCE_METADATA_HOST", "127.0.0.1:" + Listener.ClosedPort());
        Environment.Set("GCE_METADATA_TIMEOUT", "0.5");

        Dictionary<string, Row> rows = Diagnose();

        Assert.Empty(Failed(rows));
        Assert.Equal("Skipped", rows["Metadata server"].Status);
    }

    [Fact]
    public void Somebody_else_at_the_metadata_servers_address()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/computeMetadata/*", OmitFlavor = true });

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal("Fail", rows["Metadata server"].Status);
        Assert.Contains("Metadata-Flavor", rows["Metadata server"].Detail + rows["Metadata server"].Recommendation, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Cloud.Requests.All, r => r.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public void A_metadata_variable_that_is_no_address()
    {
        Environment.Set("GCE_METADATA_HOST", "http://user:SECRET@host/");

        Dictionary<string, Row> rows = Diagnose();

        Assert.Contains("GCE_METADATA_HOST", rows["Source: session"].Detail, StringComparison.Ordinal);
        Assert.All(rows.Values, row => Assert.DoesNotContain("SECRET", row.Detail, StringComparison.Ordinal));
        Assert.False(Run("Test-GcpAuthentication -Quiet").MustSucceed().Single<bool>());
    }

    [Fact]
    public void No_account_attached()
    {
        Cloud.State.Machine.Detach();

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal(["Attached account", "Token"], Failed(rows));
        Assert.Equal("Pass", rows["Metadata server"].Status);
        Assert.Contains("set-service-account", rows["Attached account"].Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void Narrow_scopes()
    {
        Cloud.State.Machine.Attach(Account, ReadOnly);

        Dictionary<string, Row> rows = Diagnose("-Scope https://www.googleapis.com/auth/compute, " + ReadOnly);

        Assert.Equal("Warning", rows["Scopes"].Status);
        Assert.Contains("writing to Cloud Storage", rows["Scopes"].Detail, StringComparison.Ordinal);
        Assert.Contains("reading from Compute Engine", rows["Scopes"].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("reading from Cloud Storage", rows["Scopes"].Detail, StringComparison.Ordinal);
        Assert.Contains("set-service-account", rows["Scopes"].Recommendation, StringComparison.Ordinal);
        Assert.Equal(["Scope: https://www.googleapis.com/auth/compute"], Failed(rows));
        Assert.Equal("Pass", rows["Scope: " + ReadOnly].Status);
        Assert.Equal("Pass", rows["API: Cloud Storage"].Status);
        Assert.Equal("Warning", rows["API: Compute Engine"].Status);
    }

    [Theory]
    [InlineData(UserProblem.Revoked, "revoked")]
    [InlineData(UserProblem.ReauthenticationNeeded, "sign")]
    public void A_persons_credential_that_no_longer_works(UserProblem problem, string word)
    {
        Run("Connect-GcpAccount $args[0] -Project demo-project -Endpoint @{ token = $args[1] }", UserFile(), TokenEndpoint).MustSucceed();
        Cloud.State.Users.All.Single().Problem = problem;

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal(["Token"], Failed(rows));
        Assert.Contains(word, rows["Token"].Detail + rows["Token"].Recommendation, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_token_that_somebody_handed_over_and_that_has_ended()
    {
        string token = Cloud.State.Tokens.Issue(Account, [Scopes.CloudPlatform]).Value;
        Run("Connect-GcpAccount -AccessToken $args[0] -Project demo-project -Endpoint @{ token = $args[1]; storage = $args[2]; compute = $args[2] }", Secret(token), TokenEndpoint, Cloud.ApiAddress.AbsoluteUri).MustSucceed();
        Cloud.State.Tokens.RevokeAll();

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal(["Token info", "API: Cloud Storage", "API: Compute Engine"], Failed(rows));
        Assert.Contains("invalid_token", rows["Token info"].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_variable_that_names_a_foreign_host()
    {
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", "https://storage.example.com/");

        Dictionary<string, Row> rows = Diagnose("-Bucket demo-project-bucket-0001");

        Assert.Equal(["Reach: Cloud Storage", "API: Cloud Storage", "Bucket: demo-project-bucket-0001"], Failed(rows));
        Assert.Contains("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", rows["Reach: Cloud Storage"].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_api_that_is_switched_off_names_project_and_switch()
    {
        Arm("/compute/*", 403, GoogleErrors.ServiceDisabled("compute.googleapis.com"));

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal(["API: Compute Engine"], Failed(rows));
        Assert.Contains("123456789012", rows["API: Compute Engine"].Detail, StringComparison.Ordinal);
        Assert.Contains("https://console", rows["API: Compute Engine"].Recommendation, StringComparison.Ordinal);
        Assert.False(Run("Test-GcpAuthentication -Quiet").MustSucceed().Single<bool>());
    }

    [Fact]
    public void An_api_whose_call_is_not_allowed_is_switched_on()
    {
        Arm("/storage/v1/b", 403, GoogleErrors.StoragePermissionDenied(Account));

        Row row = Diagnose()["API: Cloud Storage"];

        Assert.Equal("Pass", row.Status);
        Assert.Contains("storage.buckets.list", row.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_permissions()
    {
        Cloud.State.Denials.Deny("demo-project", "compute.instances.delete");
        Cloud.State.Denials.Deny("demo-project-bucket-0001", "storage.objects.create");

        Dictionary<string, Row> rows = Diagnose(
            "-Permission compute.instances.delete, compute.instances.list, storage.objects.create, storage.objects.get -Bucket demo-project-bucket-0001");

        Assert.Equal(["Permission: storage.objects.create", "Permission: compute.instances.delete"], Failed(rows));
        Assert.Contains("demo-project-bucket-0001", rows["Permission: storage.objects.create"].Detail, StringComparison.Ordinal);
        Assert.Contains("add-iam-policy-binding", rows["Permission: compute.instances.delete"].Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_that_is_not_there()
    {
        Assert.Equal(["Bucket: no-such-bucket"], Failed(Diagnose("-Bucket no-such-bucket")));
    }

    [Theory]
    [InlineData(-11, "ahead")]
    [InlineData(11, "behind")]
    public void A_clock_that_is_wrong(int minutes, string way)
    {
        string date = DateTimeOffset.UtcNow.AddMinutes(minutes).ToString("r");
        Cloud.Faults.Add(new Fault { Method = "HEAD", Headers = new Dictionary<string, string> { ["Date"] = date } });

        Row row = Diagnose()["Clock"];

        Assert.Equal("Warning", row.Status);
        Assert.Contains(way, row.Detail, StringComparison.Ordinal);
        Assert.Contains("w32tm", row.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_is_a_little_off_is_right()
    {
        string date = DateTimeOffset.UtcNow.AddMinutes(-4).ToString("r");
        Cloud.Faults.Add(new Fault { Method = "HEAD", Headers = new Dictionary<string, string> { ["Date"] = date } });

        Assert.Equal("Pass", Diagnose()["Clock"].Status);
    }

    [Fact]
    public void A_proxy_is_shown_without_its_password()
    {
        Environment.Set("HTTPS_PROXY", "http://somebody:SECRET@proxy.example:3128");
        Environment.Set("NO_PROXY", "metadata.google.internal,10.0.0.0/8");

        Row row = Diagnose()["Proxy"];

        Assert.Contains("proxy.example:3128", row.Detail, StringComparison.Ordinal);
        Assert.Contains("metadata.google.internal", row.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", row.Detail + row.Recommendation, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", row.Detail + row.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_cannot_be_resolved()
    {
        // RFC 6761: no such name will ever be.
        Run("Connect-GcpAccount -MetadataServer -Endpoint @{ storage = 'https://storage.invalid/' }").MustSucceed();

        Dictionary<string, Row> rows = Diagnose("-TimeoutSec 15");

        Assert.Equal(["Reach: Cloud Storage", "API: Cloud Storage"], Failed(rows));
        Assert.Contains("storage.invalid", rows["Reach: Cloud Storage"].Detail, StringComparison.Ordinal);
        Assert.Equal("Pass", rows["API: Compute Engine"].Status);
    }

    [Fact]
    public void What_is_no_tls()
    {
        using Listener plain = new();
        Run("Connect-GcpAccount -MetadataServer -Endpoint @{ compute = $args[0] }", "https://" + plain.Address.Authority + "/").MustSucceed();

        Row row = Diagnose()["Reach: Compute Engine"];

        Assert.Equal("Fail", row.Status);
        Assert.Contains("TLS", row.Detail + row.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void Lasting_trouble_of_an_api_is_told_soon()
    {
        Arm("/storage/v1/b", 503, GoogleErrors.BackendError());

        Dictionary<string, Row> rows = Diagnose();

        Assert.Equal(["API: Cloud Storage"], Failed(rows));
        Assert.Contains("503", rows["API: Cloud Storage"].Detail, StringComparison.Ordinal);
        Assert.Equal(2, Cloud.Requests.All.Count(r => r.Path == "/storage/v1/b"));
    }

    [Fact]
    public void Signing_that_is_not_allowed_is_a_warning()
    {
        Row row = Diagnose()["Signing"];

        Assert.Equal("Warning", row.Status);
        Assert.Contains("signed URLs", row.Detail, StringComparison.Ordinal);
        Assert.Contains("roles/iam.serviceAccountTokenCreator", row.Recommendation, StringComparison.Ordinal);
    }
}
