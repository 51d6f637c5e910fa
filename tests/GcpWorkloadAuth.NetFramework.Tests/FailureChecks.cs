using System.Diagnostics;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine;

namespace GcpWorkloadAuth.NetFramework.Tests;

/// <summary>What goes wrong, and how it is told.</summary>
internal sealed class FailureChecks(Cloud cloud, Results results)
{
    private readonly IEngine _engine = new GoogleEngine();

    public async Task RunAsync()
    {
        await CheckAsync("a bucket that is not there", () => Demand.FailsAsync("BucketNotFound", () => _engine.GetBucketAsync(Vm(), "no-such-bucket", Call())));
        await CheckAsync("an instance that is not there", () => Demand.FailsAsync("InstanceNotFound", () => _engine.GetInstanceAsync(Vm(), "demo-project", "europe-west1-b", "nobody", Call())));
        await CheckAsync("metadata that is not there", () => Demand.FailsAsync("MetadataPathNotFound", () => _engine.GetMetadataAsync(Vm(), new MetadataQuery { Path = "instance/nothing" }, Call())));
        await CheckAsync("an endpoint variable with a foreign host", ForeignEndpointAsync);
        await CheckAsync("a real token and an emulator's endpoint", RealTokenAsync);
        await CheckAsync("a machine without an account", NoAccountAsync);
        await CheckAsync("a redirect of the metadata server", () => FaultAsync("""{"status":302,"headers":{"Location":"http://127.0.0.1:9/"},"pathPattern":"*/token"}""", "RedirectRefused"));
        await CheckAsync("a metadata server without the flavor", () => FaultAsync("""{"omitFlavor":true,"pathPattern":"*/token"}""", "MetadataServerNotGoogle"));
        await CheckAsync("a redirect of an API", () => ApiFaultAsync("""{"status":307,"headers":{"Location":"http://127.0.0.1:9/"}""", "RedirectRefused"));
        await CheckAsync("a page in place of JSON", () => ApiFaultAsync("""{"body":"<html>portal</html>","contentType":"text/html" """, "ResponseNotJson"));
        await CheckAsync("an answer that breaks off once is asked for again", TruncatedAsync);
        await CheckAsync("a busy API is asked again", BusyAsync);
        await CheckAsync("a key whose endpoint answers a refusal", RefusedKeyAsync);
        await CheckAsync("a foreign token_uri", ForeignTokenUriAsync);
        await CheckAsync("nobody at the metadata server's address", NobodyAsync);
        await CheckAsync("stopping ends a hanging metadata call", () => StoppingAsync("*/token", call => _engine.GetAccessTokenAsync(new SessionRecord { Partition = "stop" }, TokenRequest.Default, call)));
        await CheckAsync("stopping ends a hanging API call", () => StoppingAsync("/storage/*", call => _engine.GetBucketAsync(Vm(), "demo-project-bucket-0001", call)));
        await CheckAsync("stopping ends a hanging token request of Google's library", StoppingKeyAsync);
    }

    private static SessionRecord Vm() => new();

    private static EngineCall Call() => new(new Events(), CancellationToken.None);

    private async Task CheckAsync(string name, Func<Task> work)
    {
        await cloud.ResetAsync();

        // The reset made the emulator forget every token.
        await _engine.GetAccessTokenAsync(Vm(), new TokenRequest { ForceRefresh = true }, Call());
        await results.CheckAsync(name, work);
    }

    private async Task ForeignEndpointAsync()
    {
        Environment.SetEnvironmentVariable("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", "https://storage.googleapis.com.evil.example/");
        GcpException failure = await Demand.FailsAsync("EndpointRefused", () => _engine.GetBucketAsync(Vm(), "demo-project-bucket-0001", Call()));
        Demand.True(failure.Message.Contains("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE"), failure.Message);
    }

    private async Task RealTokenAsync()
    {
        SessionRecord session = new() { Kind = CredentialKind.AccessToken, AccessToken = Cloud.Secret("ya29.real") };
        await Demand.FailsAsync("TokenForEmulatorRefused", () => _engine.GetBucketAsync(session, "demo-project-bucket-0001", Call()));
        Demand.Equal(0, await cloud.CountAsync("/storage/*"));
    }

    private async Task NoAccountAsync()
    {
        await cloud.PostAsync("detach");
        await Demand.FailsAsync("NoServiceAccount", () => _engine.GetAccessTokenAsync(new SessionRecord { Partition = "none" }, TokenRequest.Default, Call()));
    }

    private async Task FaultAsync(string fault, string errorId)
    {
        await cloud.PostAsync("faults", fault);
        await Demand.FailsAsync(errorId, () => _engine.GetAccessTokenAsync(Vm(), new TokenRequest { ForceRefresh = true }, Call()));
    }

    private async Task ApiFaultAsync(string fault, string errorId)
    {
        await cloud.PostAsync("faults", fault + """,  "pathPattern":"/storage/*"}""");
        await Demand.FailsAsync(errorId, () => _engine.GetBucketAsync(Vm(), "demo-project-bucket-0001", Call()));
        Demand.Equal(1, await cloud.CountAsync("/storage/*"));
    }

    private async Task TruncatedAsync()
    {
        await cloud.PostAsync("faults", """{"truncateAfter":40,"times":1,"pathPattern":"/storage/*"}""");
        Demand.Equal("demo-project-bucket-0001", (await _engine.GetBucketAsync(Vm(), "demo-project-bucket-0001", Call())).Name);
        Demand.Equal(2, await cloud.CountAsync("/storage/*"));
    }

    private async Task BusyAsync()
    {
        await cloud.PostAsync("faults", """{"status":503,"times":2,"pathPattern":"/storage/*"}""");
        Demand.Equal("demo-project-bucket-0001", (await _engine.GetBucketAsync(Vm(), "demo-project-bucket-0001", Call())).Name);
        Demand.Equal(3, await cloud.CountAsync("/storage/*"));
    }

    private async Task RefusedKeyAsync()
    {
        SessionRecord session = cloud.Named(CredentialKind.Json) with { CredentialJson = Cloud.Secret(await cloud.PostAsync("keys")) };
        await cloud.PostAsync(
            "faults", """{"status":400,"body":{"error":"invalid_grant","error_description":"Invalid grant: account not found"},"pathPattern":"/token"}""");
        GcpException failure = await Demand.FailsAsync("AccountNotUsable", () => _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call()));
        Demand.Equal("invalid_grant", failure.Reason);
    }

    private async Task ForeignTokenUriAsync()
    {
        string key = await cloud.PostAsync("keys", """{"tokenUri":"https://evil.example/token"}""");
        SessionRecord session = new() { Kind = CredentialKind.Json, CredentialJson = Cloud.Secret(key) };
        await Demand.FailsAsync("TokenUriRefused", () => _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call()));
    }

    private async Task NobodyAsync()
    {
        Environment.SetEnvironmentVariable("GCE_METADATA_HOST", "127.0.0.1:9");
        Environment.SetEnvironmentVariable("GCE_METADATA_TIMEOUT", "0.5");
        Stopwatch clock = Stopwatch.StartNew();
        await Demand.FailsAsync("NoCredentials", () => _engine.GetAccessTokenAsync(Vm(), TokenRequest.Default, Call()));
        Demand.True(clock.Elapsed < TimeSpan.FromSeconds(4), "took " + clock.Elapsed);
    }

    private async Task StoppingKeyAsync()
    {
        SessionRecord session = cloud.Named(CredentialKind.Json) with { CredentialJson = Cloud.Secret(await cloud.PostAsync("keys")) };
        await StoppingAsync("/token", call => _engine.GetAccessTokenAsync(session, TokenRequest.Default, call));
    }

    private async Task StoppingAsync(string pattern, Func<EngineCall, Task> work)
    {
        await cloud.PostAsync("faults", "{\"hang\":true,\"pathPattern\":\"" + pattern + "\"}");
        using CancellationTokenSource stop = new();
        Task working = Task.Run(() => work(new EngineCall(new Events(), stop.Token)));
        await Task.Delay(400);
        Demand.True(!working.IsCompleted, "did not hang");
        Stopwatch clock = Stopwatch.StartNew();
        stop.Cancel();
        try
        {
            await working;
            throw new InvalidOperationException("was not stopped");
        }
        catch (OperationCanceledException)
        {
            Demand.True(clock.Elapsed < TimeSpan.FromSeconds(2), "took " + clock.Elapsed);
        }
    }
}
