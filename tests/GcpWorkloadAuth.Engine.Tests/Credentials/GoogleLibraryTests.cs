using GcpEmulator;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

/// <summary>The OAuth flows of Google's library over our own HTTP, against the emulated token endpoint.</summary>
public sealed class GoogleLibraryTests(SharedCloud shared) : IClassFixture<SharedCloud>
{
    private readonly Events _events = new();
    private readonly EmulatedCloud _cloud = shared.Clear();

    [Fact]
    public async Task A_key_gets_a_token_with_its_scopes()
    {
        CachedToken token = await FetchAsync(shared.Key, "https://www.googleapis.com/auth/devstorage.read_only");

        IssuedToken issued = _cloud.State.Tokens.Find(token.Value)!;
        Assert.Equal(GcpEmulator.TokenSource.JwtBearer, issued.Source);
        Assert.Equal(["https://www.googleapis.com/auth/devstorage.read_only"], issued.Scopes);
        Assert.InRange(token.Left.TotalSeconds, 3500, 3600);
        HttpExchange exchange = Assert.Single(_events.Exchanges);
        Assert.Equal(("POST", _cloud.ApiAddress + "token"), (exchange.Method, exchange.DisplayUri));
    }

    [Fact]
    public async Task A_users_refresh_token_gets_a_token()
    {
        CachedToken token = await FetchAsync(_cloud.State.CreateAuthorizedUser());

        Assert.Equal("person@example.com", _cloud.State.Tokens.Find(token.Value)!.Account);
    }

    [Fact]
    public async Task What_the_file_says_of_the_endpoint_is_not_asked()
    {
        string key = shared.Key.Replace("https://oauth2.googleapis.com/token", "https://evil.example/token", StringComparison.Ordinal);

        Assert.Contains("evil.example", key, StringComparison.Ordinal);
        Assert.StartsWith("ya29.", (await FetchAsync(key)).Value, StringComparison.Ordinal);
        Assert.Equal(1, _cloud.Requests.Count(r => r.Path == "/token"));
    }

    [Theory]
    [InlineData(nameof(UserProblem.Revoked), "CredentialRevoked")]
    [InlineData(nameof(UserProblem.Deleted), "AccountNotUsable")]
    [InlineData(nameof(UserProblem.ReauthenticationNeeded), "ReauthenticationRequired")]
    public async Task A_user_with_a_problem(string problem, string errorId)
    {
        string file = _cloud.State.CreateAuthorizedUser();
        _cloud.State.Users.All.Single(u => file.Contains(u.RefreshToken, StringComparison.Ordinal)).Problem = Enum.Parse<UserProblem>(problem);

        NoSecret(await Fails.WithAsync(errorId, () => FetchAsync(file)));
    }

    [Theory]
    [InlineData("{\"error\":\"invalid_grant\",\"error_description\":\"Invalid grant: account not found\"}", "AccountNotUsable")]
    [InlineData("{\"error\":\"invalid_client\",\"error_description\":\"x\"}", "TokenRefused")]
    [InlineData("<html>400</html>", "ResponseNotJson")]
    [InlineData("{\"error\":", "RequestFailed")]
    public async Task A_refusal_is_told_and_not_tried_again(string body, string errorId)
    {
        Fault fault = _cloud.Faults.Add(new Fault { PathPattern = "/token", Status = 400, Body = body });

        GcpException failure = await Fails.WithAsync(errorId, () => FetchAsync(shared.Key));

        Assert.Equal(400, failure.StatusCode);
        Assert.Equal(1, fault.Hits);
        NoSecret(failure);
    }

    [Theory]
    [InlineData("<html>welcome</html>", "ResponseNotJson")]
    [InlineData("", "ResponseNotJson")]
    [InlineData("{}", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"\",\"expires_in\":3599}", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"ya29.x\"}", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":0}", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":-5}", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":9223372036854775807}", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":\"soon\"}", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"ya29.x\\nX: y\",\"expires_in\":3599}", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":3599", "TokenResponseInvalid")]
    [InlineData("[]", "TokenResponseInvalid")]
    public async Task What_is_no_token_is_never_used(string body, string errorId)
    {
        foreach (string file in new[] { shared.Key, _cloud.State.CreateAuthorizedUser() })
        {
            using Disarm armed = Arm(new Fault { PathPattern = "/token", Body = body });

            NoSecret(await Fails.WithAsync(errorId, () => FetchAsync(file)));
        }
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    public async Task A_redirect_is_refused_and_the_assertion_not_sent_on(int status)
    {
        await using RawServer target = RawServer.Saying(RawServer.Answer(200, "{}"));
        _cloud.Faults.Add(new Fault { PathPattern = "/token", Status = status, Headers = new Dictionary<string, string> { ["Location"] = target.Address.AbsoluteUri } });

        await Fails.WithAsync("RedirectRefused", () => FetchAsync(shared.Key));
        Assert.Empty(target.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_busy_endpoint_is_asked_again(int status)
    {
        _cloud.Faults.Add(new Fault { PathPattern = "/token", Status = status, Times = 1 });

        Assert.StartsWith("ya29.", (await FetchAsync(shared.Key)).Value, StringComparison.Ordinal);
        Assert.Equal([1, 2], _events.Exchanges.Select(e => e.Attempt));
    }

    [Theory]
    [InlineData("SECRET")]
    [InlineData("-----BEGIN PRIVATE KEY-----\\nSECRET\\n-----END PRIVATE KEY-----\\n")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\\nSECRET\\n-----END RSA PRIVATE KEY-----\\n")]
    public async Task A_key_that_is_none_is_refused_and_not_repeated(string key)
    {
        string file = $$"""{"type":"service_account","client_email":"robot@demo.example","private_key":"{{key}}"}""";

        NoSecret(await Fails.WithAsync("CredentialKeyInvalid", () => FetchAsync(file)));
        Assert.Equal(0, _cloud.Requests.Count());
    }

    [Theory]
    [InlineData("{\"TOKEN_URI\":\"https://evil.example/token\",")]
    [InlineData("{\"Universe_Domain\":\"evil.example\",")]
    [InlineData("{\"auth_provider_x509_cert_url\":5,\"private_key_id\":{},")]
    public async Task Names_in_another_case_send_nothing_elsewhere(string start)
    {
        // Google's library reads names in any case; what it makes of them must not leave our handler.
        string key = start + shared.Key[1..];
        try
        {
            await FetchAsync(key);
        }
        catch (GcpException failure)
        {
            NoSecret(failure);
        }

        Assert.All(_events.Exchanges, e => Assert.StartsWith(_cloud.ApiAddress.AbsoluteUri, e.DisplayUri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopping_ends_a_hanging_request_at_once()
    {
        _cloud.Faults.Add(new Fault { PathPattern = "/token", Hang = true });
        using CancellationTokenSource stop = new();
        Task<CachedToken> fetching = Credential(shared.Key).FetchAsync(null, ["s"], _events.Call(stop.Token));
        await Task.Delay(300);
        Assert.False(fetching.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching.WaitAsync(TimeSpan.FromSeconds(3)));
    }

    private Disarm Arm(Fault fault)
    {
        _cloud.Faults.Add(fault);
        return new Disarm(() => _cloud.Faults.Remove(fault));
    }

    private FileCredential Credential(string json) => new(CredentialFile.FromText(json, "'file'"), new Uri(_cloud.ApiAddress, "/token"), null);

    private Task<CachedToken> FetchAsync(string json, params string[] scopes)
    {
        FileCredential credential = Credential(json);
        return credential.FetchAsync(null, scopes.Length > 0 ? scopes : credential.DefaultScopes, _events.Call());
    }

    private static void NoSecret(GcpException failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            Assert.DoesNotMatch("SECRET|ya29|1//|GOCSPX|PRIVATE KEY|eyJ", e.ToString());
        }
    }

    private sealed class Disarm(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
