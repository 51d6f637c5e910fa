using System.Management.Automation;
using System.Net;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Signing;

/// <summary>New-GcsPostPolicy: forms that the emulator takes or refuses.</summary>
public sealed class PostPolicyTests : CloudTest
{
    private const string Bucket = "demo-project-bucket-0001";
    private static readonly HttpClient s_client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", KeyFile());
    }

    [Fact]
    public async Task A_form_uploads()
    {
        RunResult policy = Run("New-GcsPostPolicy demo-project-bucket-0001 in/x.txt -MaximumLength 100 -Field @{ 'Content-Type' = 'text/plain' }").MustSucceed();

        HttpStatusCode status = await SendAsync(policy, "hello");

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal("in/x.txt", Assert.Single(Cloud.State.Objects.All(Bucket)).Name);
    }

    [Fact]
    public async Task Names_and_fields_that_are_not_ascii_do_too()
    {
        RunResult policy = Run("New-GcsPostPolicy demo-project-bucket-0001 $args[0]", "\u00e4/\u65e5\u672c \"x\".txt").MustSucceed();

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(policy, "hello"));
    }

    [Theory]
    [InlineData("-MaximumLength 3", "hello", null, null)]
    [InlineData("-MinimumLength 6", "hello", null, null)]
    [InlineData("-Field @{ 'Content-Type' = 'text/plain' }", "hello", "Content-Type", "text/html")]
    public async Task What_the_policy_does_not_allow_is_refused(string options, string content, string? field, string? value)
    {
        RunResult policy = Run("New-GcsPostPolicy demo-project-bucket-0001 x " + options).MustSucceed();

        HttpStatusCode status = await SendAsync(policy, content, field, value);

        Assert.True((int)status is >= 400 and < 500, status.ToString());
        Assert.Empty(Cloud.State.Objects.All(Bucket));
    }

    [Theory]
    [InlineData("in/x", HttpStatusCode.NoContent)]
    [InlineData("out/x", HttpStatusCode.Forbidden)]
    public async Task A_prefix_leaves_the_rest_of_the_name_to_the_form(string name, HttpStatusCode expected)
    {
        RunResult policy = Run("New-GcsPostPolicy demo-project-bucket-0001 -NamePrefix in/").MustSucceed();

        HttpStatusCode status = await SendAsync(policy, "x", "key", name);

        Assert.Equal(expected == HttpStatusCode.NoContent, status == HttpStatusCode.NoContent);
    }

    [Fact]
    public void A_name_or_a_prefix_is_needed() => Run("New-GcsPostPolicy demo-project-bucket-0001").SingleError("PostPolicyNameMissing", ErrorCategory.InvalidArgument);

    [Fact]
    public void A_bucket_from_the_pipeline_will_do()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", null);
        Cloud.State.Impersonations.Allow(Account, Account);

        RunResult result = Run("Get-GcsBucket demo-project-bucket-0002 | New-GcsPostPolicy -Name x").MustSucceed();

        Assert.EndsWith("/demo-project-bucket-0002/", (string)result.Property("Url")!, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> SendAsync(RunResult policy, string content, string? field = null, string? value = null)
    {
        Dictionary<string, string> fields = new((IReadOnlyDictionary<string, string>)policy.Property("Fields")!, StringComparer.OrdinalIgnoreCase);
        if (field is not null)
        {
            fields[field] = value!;
        }

        using MultipartFormDataContent form = [];
        foreach ((string name, string text) in fields)
        {
            form.Add(new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text)), "\"" + name + "\"");
        }

        form.Add(new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(content)), "\"file\"", "\"file.txt\"");
        using HttpResponseMessage answer = await s_client.PostAsync((string)policy.Property("Url")!, form, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
