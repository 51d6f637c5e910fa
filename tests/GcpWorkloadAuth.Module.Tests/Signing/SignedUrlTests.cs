using System.Management.Automation;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Signing;

/// <summary>New-GcsSignedUrl: what whoever has the URL can do with it, and what not. The emulator checks the signatures.</summary>
public sealed class SignedUrlTests : CloudTest
{
    private const string Bucket = "demo-project-bucket-0001";
    private static readonly HttpClient s_client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", KeyFile());
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("with space & (odd) [chars]*!'~+.txt")]
    [InlineData("a/b/c?d#e%2F.bin")]
    [InlineData("\u00e4\u00f6 \u65e5\u672c \U0001F600")]
    public async Task What_is_uploaded_by_one_url_is_downloaded_by_another(string name)
    {
        string put = Url("New-GcsSignedUrl -Bucket $args[0] -Name $args[1] -Method PUT", Bucket, name);
        string get = Url("New-GcsSignedUrl -Bucket $args[0] -Name $args[1]", Bucket, name);

        using HttpResponseMessage stored = await s_client.PutAsync(put, new ByteArrayContent("content"u8.ToArray()), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Equal("content", await s_client.GetStringAsync(get, TestContext.Current.CancellationToken));
        Assert.Equal(name, Assert.Single(Cloud.State.Objects.All(Bucket)).Name);
    }

    [Fact]
    public async Task A_key_signs_without_a_request_and_the_url_needs_no_account()
    {
        string url = Url("New-GcsSignedUrl gs://demo-project-bucket-0001/x -Method PUT");
        Assert.Equal(0, Cloud.Requests.Count());

        using HttpResponseMessage answer = await s_client.PutAsync(url, new StringContent("x"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Another_method_is_refused()
    {
        string url = Url("New-GcsSignedUrl gs://demo-project-bucket-0001/x");

        using HttpResponseMessage answer = await s_client.PutAsync(url, new StringContent("x"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("SignatureDoesNotMatch", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.OK)]
    [InlineData("text/html", HttpStatusCode.Forbidden)]
    public async Task Signed_headers_must_be_sent_as_they_are(string type, HttpStatusCode expected)
    {
        RunResult result = Run("New-GcsSignedUrl gs://demo-project-bucket-0001/x -Method PUT -ContentType text/plain -Header @{ 'X-Goog-Meta-Who' = ' a   b ' }")
            .MustSucceed();
        IReadOnlyDictionary<string, string> headers = (IReadOnlyDictionary<string, string>)result.Property("Headers")!;
        Assert.Equal(["content-type", "x-goog-meta-who"], headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("a b", headers["x-goog-meta-who"]);

        using HttpRequestMessage request = new(HttpMethod.Put, (string)result.Property("Url")!) { Content = new ByteArrayContent([1]) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Add("x-goog-meta-who", headers["x-goog-meta-who"]);
        using HttpResponseMessage answer = await s_client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Query_parameters_are_part_of_the_signature()
    {
        await StoreAsync("x");
        string url = Url("New-GcsSignedUrl gs://demo-project-bucket-0001/x -Query @{ 'response-content-disposition' = 'attachment; filename=\"a b.csv\"' }");

        using HttpResponseMessage answer = await s_client.GetAsync(url, TestContext.Current.CancellationToken);
        using HttpResponseMessage without = await s_client.GetAsync(
            url.Replace("a%20b", "evil", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);
    }

    [Fact]
    public void A_generation_is_pinned_only_where_it_is_meant()
    {
        Assert.Contains("generation=42&", Url("New-GcsSignedUrl 'gs://demo-project-bucket-0001/x#42'") + "&", StringComparison.Ordinal);
        Assert.Contains("generation=42&", Url("New-GcsSignedUrl demo-project-bucket-0001 x -Generation 42") + "&", StringComparison.Ordinal);
        Assert.DoesNotContain("generation=", Url("New-GcsSignedUrl gs://demo-project-bucket-0001/x"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumable_upload_begins_with_a_url()
    {
        RunResult result = Run("New-GcsSignedUrl gs://demo-project-bucket-0001/x -StartResumable").MustSucceed();

        Assert.Equal("POST", result.Property("Method"));
        Assert.Equal("start", ((IReadOnlyDictionary<string, string>)result.Property("Headers")!)["x-goog-resumable"]);
    }

    [Theory]
    [InlineData("-Style VirtualHosted", "https://demo-project-bucket-0001.storage.googleapis.com/a%20b?")]
    [InlineData("", "https://storage.googleapis.com/demo-project-bucket-0001/a%20b?")]
    [InlineData("-HostName files.example.com", "https://files.example.com/a%20b?")]
    [InlineData("-HostName https://files.example.com:8443/", "https://files.example.com:8443/a%20b?")]
    public void The_bucket_stands_where_it_shall(string options, string start)
    {
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", null);
        Environment.Set("STORAGE_EMULATOR_HOST", null);

        string url = Url("New-GcsSignedUrl 'gs://demo-project-bucket-0001/a b' " + options);

        Assert.StartsWith(start, url, StringComparison.Ordinal);
        Assert.Contains("X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=robot%40demo-project.iam.gserviceaccount.com%2F", url, StringComparison.Ordinal);
        Assert.Contains("&X-Goog-Expires=3600&X-Goog-SignedHeaders=host&X-Goog-Signature=", url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("files.example.com/path")]
    [InlineData("http://files.example.com")]
    [InlineData("https://user@files.example.com")]
    [InlineData("https://files.example.com/?a=b")]
    public void A_host_of_one_s_own_is_a_host(string host) =>
        Run("New-GcsSignedUrl gs://demo-project-bucket-0001/x -HostName $args[0]", host).SingleError("SignedHostInvalid", ErrorCategory.InvalidArgument);

    [Theory]
    [InlineData("7.00:00:00", null)]
    [InlineData("7.00:00:01", "SignedLifetimeInvalid")]
    [InlineData("0:0:0", "SignedLifetimeInvalid")]
    [InlineData("-1:0:0", "SignedLifetimeInvalid")]
    public void A_key_s_url_lives_for_seven_days_at_most(string lifetime, string? error) => Expect("New-GcsSignedUrl gs://demo-project-bucket-0001/x -Lifetime $args[0]", lifetime, error);

    [Theory]
    [InlineData("12:00:00", null)]
    [InlineData("12:00:01", "SignedLifetimeNeedsKey")]
    public void Where_Google_signs_twelve_hours_are_the_most(string lifetime, string? error)
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", null);
        Cloud.State.Impersonations.Allow(Account, Account);

        Expect("New-GcsSignedUrl gs://demo-project-bucket-0001/x -Lifetime $args[0]", lifetime, error);
    }

    [Fact]
    public async Task A_vm_s_account_signs_by_IAM_and_the_url_is_good()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", null);
        Cloud.State.Impersonations.Allow(Account, Account);
        RunResult result = Run("New-GcsSignedUrl gs://demo-project-bucket-0001/x -Method PUT").MustSucceed();
        Assert.Equal(Account, result.Property("Account"));

        using HttpResponseMessage answer = await s_client.PutAsync((string)result.Property("Url")!, new StringContent("x"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(Requests(EmulatedService.IamCredentials));
    }

    [Fact]
    public void A_person_cannot_sign()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", UserFile());

        Run("New-GcsSignedUrl gs://demo-project-bucket-0001/x").SingleError("SigningNotSupported", ErrorCategory.NotImplemented);
    }

    [Theory]
    [InlineData("-Query @{ 'X-Goog-Expires' = '999999' }", "SignedQueryRefused")]
    [InlineData("-Header @{ Host = 'evil.example' }", "SignedHeaderTwice")]
    [InlineData("-Header @{ \"a`nb\" = 'x' }", "SignedHeaderInvalid")]
    [InlineData("-Header @{ a = \"x`r`nb: c\" }", "SignedHeaderInvalid")]
    [InlineData("-ContentType a/b -Header @{ 'content-type' = 'c/d' }", "SignedHeaderTwice")]
    public void What_would_change_the_meaning_of_the_signature_is_refused(string options, string error) =>
        Run("New-GcsSignedUrl gs://demo-project-bucket-0001/x " + options).SingleError(error, ErrorCategory.InvalidArgument);

    [Theory]
    [InlineData("New-GcsSignedUrl gs:///x", "StorageUriInvalid")]
    [InlineData("New-GcsSignedUrl gs://demo-project-bucket-0001/x y", "ObjectNameTwice")]
    [InlineData("New-GcsSignedUrl Bad_Bucket! x", "BucketNameInvalid")]
    [InlineData("New-GcsSignedUrl demo-project-bucket-0001 ..", "ObjectNameInvalid")]
    public void A_wrong_name_is_said(string command, string error) => Run(command).SingleError(error, ErrorCategory.InvalidArgument);

    [Fact]
    public void Many_come_from_the_pipeline_and_one_that_is_wrong_does_not_stop_the_others()
    {
        RunResult result = Run("'gs://demo-project-bucket-0001/a', ('gs://demo-project-bucket-0001/' + ('x' * 1025)), 'gs://demo-project-bucket-0001/b' | New-GcsSignedUrl");

        Assert.Equal(["a", "b"], result.Output.Select(o => (string)o.Properties["Name"].Value));
        Assert.Equal("ObjectNameInvalid,GcpWorkloadAuth.Commands.NewGcsSignedUrlCommand", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Without_leave_to_sign_for_itself_a_vm_s_account_says_so()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", null);

        ErrorRecord error = Run("New-GcsSignedUrl gs://demo-project-bucket-0001/x").SingleError("ImpersonationDenied", ErrorCategory.PermissionDenied);

        Assert.Contains("iam.serviceAccounts.signBlob", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void As_text_it_is_its_url()
    {
        RunResult result = Run("$u = New-GcsSignedUrl gs://demo-project-bucket-0001/x; \"$u\"; $u.Url").MustSucceed();

        Assert.Equal(result.Strings()[0], result.Strings()[1]);
    }

    private string Url(string script, params object?[] arguments) => (string)Run(script, arguments).MustSucceed().Property("Url")!;

    private void Expect(string script, string argument, string? error)
    {
        RunResult result = Run(script, argument);
        if (error is null)
        {
            result.MustSucceed();
        }
        else
        {
            result.SingleError(error, ErrorCategory.InvalidArgument);
        }
    }

    private async Task StoreAsync(string name)
    {
        string url = Url("New-GcsSignedUrl -Bucket $args[0] -Name $args[1] -Method PUT", Bucket, name);
        using HttpResponseMessage answer = await s_client.PutAsync(url, new ByteArrayContent(Encoding.UTF8.GetBytes(name)), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
