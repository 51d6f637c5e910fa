using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Net.Http.Headers;
using System.Security;
using System.Text.Json;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Downscoping;

/// <summary>New-GcpDownscopedToken against an emulated Storage that keeps to the boundary.</summary>
public sealed class DownscopedTokenTests : CloudTest
{
    private const string One = "demo-project-bucket-0001";
    private const string Two = "demo-project-bucket-0002";
    private static readonly HttpClient s_client = new();

    [Fact]
    public void The_object_is_like_that_of_an_access_token()
    {
        RunResult result = Run("New-GcpDownscopedToken -Bucket $args[0] -Role objectViewer", One).MustSucceed();

        Assert.Equal("GcpWorkloadAuth.GceAccessToken", result.Output[0].BaseObject.GetType().FullName);
        Assert.Equal(Account, result.Property("Account"));
        Assert.Equal([Scopes.CloudPlatform], (IEnumerable<string>)result.Property("Scopes")!);
        Assert.EndsWith(", downscoped", (string)result.Property("Source")!, StringComparison.Ordinal);
        Assert.Equal(Cloud.State.Tokens.Issued[^1].Value, new NetworkCredential("", (SecureString)result.Property("Token")!).Password);
        Assert.Equal(TokenSource.Downscoping, Cloud.State.Tokens.Issued[^1].Source);
    }

    [Fact]
    public void The_exchange_is_what_the_service_expects()
    {
        Run("New-GcpDownscopedToken $args[0] roles/storage.objectViewer, objectCreator -Prefix in/", One).MustSucceed();

        Dictionary<string, string> form = Form();
        Assert.Equal("urn:ietf:params:oauth:grant-type:token-exchange", form["grant_type"]);
        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", form["subject_token_type"]);
        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", form["requested_token_type"]);
        Assert.Equal(Cloud.State.Tokens.Issued[0].Value, form["subject_token"]);
        Assert.Equal(5, form.Count);
        JsonElement rule = Rules(form)[0];
        Assert.Equal("//storage.googleapis.com/projects/_/buckets/" + One, rule.GetProperty("availableResource").GetString());
        Assert.Equal(
            ["inRole:roles/storage.objectViewer", "inRole:roles/storage.objectCreator"],
            rule.GetProperty("availablePermissions").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(
            $"resource.name.startsWith('projects/_/buckets/{One}/objects/in/') || "
            + "api.getAttribute('storage.googleapis.com/objectListPrefix', '').startsWith('in/')",
            rule.GetProperty("availabilityCondition").GetProperty("expression").GetString());
        Assert.False(Requests(EmulatedService.Sts)[0].Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task The_token_opens_its_prefix_and_nothing_else()
    {
        string all = Cloud.State.Tokens.Issue(Account, [Scopes.CloudPlatform]).Value;
        foreach ((string bucket, string name) in ((string, string)[])[(One, "in/a"), (One, "out/a"), (Two, "in/a")])
        {
            Assert.Equal(HttpStatusCode.OK, await SendAsync(HttpMethod.Post, $"upload/storage/v1/b/{bucket}/o?uploadType=media&name={Uri.EscapeDataString(name)}", all));
        }

        string token = Run("New-GcpDownscopedToken $args[0] objectViewer -Prefix in/ -AsPlainText", One).MustSucceed().Strings()[0];

        Assert.Equal(HttpStatusCode.OK, await GetAsync($"storage/v1/b/{One}/o/in%2Fa?alt=media", token));
        Assert.Equal(HttpStatusCode.OK, await GetAsync($"storage/v1/b/{One}/o?prefix=in/", token));
        Assert.Equal(HttpStatusCode.OK, await GetAsync($"storage/v1/b/{One}/o?prefix=in/deeper", token));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync($"storage/v1/b/{One}/o", token));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync($"storage/v1/b/{One}/o?prefix=i", token));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync($"storage/v1/b/{One}/o/out%2Fa", token));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync($"storage/v1/b/{Two}/o/in%2Fa", token));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync($"storage/v1/b/{One}", token));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync("storage/v1/b?project=demo-project", token));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync("compute/v1/projects/demo-project/aggregated/instances", token));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Delete, $"storage/v1/b/{One}/o/in%2Fa", token));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Post, $"upload/storage/v1/b/{One}/o?uploadType=media&name=in/b", token));
    }

    [Fact]
    public async Task Without_a_prefix_the_whole_bucket_is_open_where_its_access_is_uniform()
    {
        string token = Run("New-GcpDownscopedToken $args[0] objectViewer, legacyBucketReader -AsPlainText", One).MustSucceed().Strings()[0];
        Assert.Equal(HttpStatusCode.OK, await GetAsync($"storage/v1/b/{One}/o", token));
        Assert.Equal(HttpStatusCode.OK, await GetAsync($"storage/v1/b/{One}", token));

        Cloud.State.Buckets.Update(One, b => b with { UniformAccess = false });
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync($"storage/v1/b/{One}/o", token));
    }

    [Fact]
    public async Task What_creates_objects_creates_them_below_the_prefix_only()
    {
        string token = Run("New-GcpDownscopedToken $args[0] objectCreator -Prefix in/ -AsPlainText", One).MustSucceed().Strings()[0];

        Assert.Equal(HttpStatusCode.OK, await SendAsync(HttpMethod.Post, $"upload/storage/v1/b/{One}/o?uploadType=media&name=in/b", token));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Post, $"upload/storage/v1/b/{One}/o?uploadType=media&name=b", token));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync($"storage/v1/b/{One}/o/in%2Fb", token));
    }

    [Theory]
    [InlineData("@{ Bucket = $args[0]; Role = 'objectViewer'; Prefix = 'in/' }, @{ bucket = $args[1]; role = 'objectViewer', 'objectCreator' } | New-GcpDownscopedToken")]
    [InlineData("New-GcpDownscopedToken -Rule @{ Bucket = $args[0]; Role = 'objectViewer'; Prefix = 'in/' }, @{ Bucket = $args[1]; Role = 'objectViewer', 'objectCreator' }")]
    [InlineData("[pscustomobject]@{ Bucket = $args[0]; Role = 'objectViewer'; Prefix = 'in/'; Other = 1 }, [pscustomobject]@{ Bucket = $args[1]; Role = 'objectViewer', 'objectCreator' } | New-GcpDownscopedToken")]
    public void Rules_pipe_as_hashtables_and_objects_into_one_token(string script)
    {
        Assert.Single(Run(script, One, Two).MustSucceed().Output);

        List<JsonElement> rules = Rules(Form());
        Assert.Equal(2, rules.Count);
        Assert.True(rules[0].TryGetProperty("availabilityCondition", out _));
        Assert.False(rules[1].TryGetProperty("availabilityCondition", out _));
        Assert.Equal(2, rules[1].GetProperty("availablePermissions").GetArrayLength());
    }

    [Theory]
    [InlineData("Get-GcsBucket | New-GcpDownscopedToken -Role objectViewer")]
    [InlineData("New-GcpDownscopedToken (Get-GcsBucket) objectViewer")]
    [InlineData("(Get-GcsBucket).Name | New-GcpDownscopedToken -Role objectViewer")]
    [InlineData("[pscustomobject]@{ Bucket = 'gs://demo-project-bucket-0001/' }, [pscustomobject]@{ Name = 'b-2' }, [pscustomobject]@{ Bucket = 'b-3' } | New-GcpDownscopedToken -Role objectViewer")]
    public void Buckets_pipe_into_one_token(string script)
    {
        Assert.Single(Run(script).MustSucceed().Output);

        Assert.Equal(3, Rules(Form()).Count);
    }

    [Fact]
    public void It_ends_with_the_token_it_was_made_of_or_sooner()
    {
        Run("Get-GceAccessToken").MustSucceed();
        DateTime end = Cloud.State.Tokens.Issued[0].ExpiresAt.LocalDateTime;
        DateTime Ends(string script = "New-GcpDownscopedToken b-1 objectViewer") => (DateTime)Run(script).MustSucceed().Property("ExpiresAt")!;
        Assert.InRange(Ends(), end.AddSeconds(-30), end.AddSeconds(1));

        Cloud.Faults.Add(Answer("{\"access_token\":\"ya29.x\",\"expires_in\":86400}"));
        Assert.InRange(Ends(), end.AddSeconds(-30), end.AddSeconds(1));
        Cloud.Faults.Add(Answer("{\"access_token\":\"ya29.x\"}"));
        Assert.InRange(Ends(), end.AddSeconds(-30), end.AddSeconds(1));
        Cloud.Faults.Add(Answer("{\"access_token\":\"ya29.x\",\"expires_in\":100}"));
        Assert.InRange(Ends(), DateTime.Now.AddSeconds(60), DateTime.Now.AddSeconds(101));
    }

    [Fact]
    public void A_new_token_of_the_session_is_taken_where_it_is_asked_for()
    {
        Cloud.State.Tokens.RenewalWindow = TimeSpan.FromDays(1);
        Run("New-GcpDownscopedToken b-1 objectViewer; New-GcpDownscopedToken b-1 objectViewer").MustSucceed();
        Assert.Equal(1, Cloud.Requests.Count(r => r.Path.EndsWith("/default/token", StringComparison.Ordinal)));

        Run("New-GcpDownscopedToken b-1 objectViewer -ForceRefresh").MustSucceed();
        Assert.Equal(2, Cloud.Requests.Count(r => r.Path.EndsWith("/default/token", StringComparison.Ordinal)));
        Assert.Equal(3, Requests(EmulatedService.Sts).Count);
    }

    [Fact]
    public void The_token_is_an_identity_of_its_own()
    {
        const string script =
            """
            $token = New-GcpDownscopedToken $args[0] legacyBucketReader
            Connect-GcpAccount -AccessToken $token.Token -Name restricted -Endpoint @{ storage = $args[1] } | ForEach-Object Name
            (Get-GcsBucket $args[0] -Context restricted).Name
            Get-GcsBucket $args[2] -Context restricted
            """;

        RunResult result = Run(script, One, Cloud.ApiAddress.AbsoluteUri, Two);

        Assert.Equal(["restricted", One], result.Strings());
        result.SingleError("PermissionDenied", ErrorCategory.PermissionDenied);
    }

    [Fact]
    public void A_person_s_token_and_one_that_was_given_can_be_restricted_too()
    {
        Run("Connect-GcpAccount -CredentialPath $args[0] -Endpoint @{ token = $args[1] }", UserFile(), TokenEndpoint).MustSucceed();
        RunResult person = Run("New-GcpDownscopedToken b-1 objectViewer").MustSucceed();
        Assert.InRange((DateTime)person.Property("ExpiresAt")!, DateTime.Now.AddMinutes(55), DateTime.Now.AddMinutes(61));

        string token = Cloud.State.Tokens.Issue("person@example.com", [Scopes.CloudPlatform]).Value;
        Run("Connect-GcpAccount -AccessToken $args[0] -Endpoint @{ sts = $args[1] }", Secret(token), Cloud.ApiAddress.AbsoluteUri).MustSucceed();
        Run("New-GcpDownscopedToken b-1 objectViewer").MustSucceed();
    }

    [Fact]
    public void The_header_and_the_plain_text_are_asked_for_one_at_a_time()
    {
        Hashtable header = Run("New-GcpDownscopedToken b-1 objectViewer -AsHeader").MustSucceed().Single<Hashtable>();
        Assert.Equal("Bearer " + Cloud.State.Tokens.Issued[^1].Value, header["Authorization"]);
        Assert.Single(header);

        Run("New-GcpDownscopedToken b-1 objectViewer -AsHeader -AsPlainText").SingleError("OutputFormAmbiguous", ErrorCategory.InvalidArgument);
    }

    private static Fault Answer(string body) => new() { Times = 1, PathPattern = "/v1/token", Status = 200, Body = body, ContentType = "application/json" };

    private Task<HttpStatusCode> GetAsync(string path, string token) => SendAsync(HttpMethod.Get, path, token);

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, string token)
    {
        using HttpRequestMessage request = new(method, new Uri(Cloud.ApiAddress, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("content");
        }

        using HttpResponseMessage response = await s_client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private Dictionary<string, string> Form() => Requests(EmulatedService.Sts)[^1].Body.Split('&')
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));

    private static List<JsonElement> Rules(Dictionary<string, string> form) =>
        [.. JsonDocument.Parse(form["options"]).RootElement.GetProperty("accessBoundary").GetProperty("accessBoundaryRules").EnumerateArray()];
}
