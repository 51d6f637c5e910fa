using System.Globalization;
using System.Net.Http;
using System.Security;
using System.Text;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.NetFramework.Tests;

/// <summary>The emulated cloud beside this process, and the environment that points at it.</summary>
internal sealed class Cloud : IDisposable
{
    private readonly HttpClient _control = new();
    private readonly string _metadataHost;

    public Cloud(string metadataHost, Uri api)
    {
        _metadataHost = metadataHost;
        Api = api;
        Point();
    }

    public Uri Api { get; }

    public void Dispose() => _control.Dispose();

    /// <summary>Every variable the engine heeds as it is for most checks.</summary>
    public void Point()
    {
        foreach (string name in new[]
        {
            "GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_ACTIVE_CONFIG_NAME", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT",
            "GOOGLE_CLOUD_QUOTA_PROJECT", "GOOGLE_CLOUD_UNIVERSE_DOMAIN", "GCE_METADATA_IP", "GCE_METADATA_ROOT", "NO_GCE_CHECK",
            "CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS", "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER",
            "CLOUDSDK_API_ENDPOINT_OVERRIDES_STS", "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES", "GOOGLE_API_CERTIFICATE_CONFIG",
            "GCE_METADATA_MTLS_MODE", "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", "AWS_REGION",
            "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
            "STORAGE_EMULATOR_HOST", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy",
        })
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        Environment.SetEnvironmentVariable("CLOUDSDK_CONFIG", Path.Combine(Path.GetTempPath(), "gcp-no-such-folder"));
        Environment.SetEnvironmentVariable("GCE_METADATA_HOST", _metadataHost);
        Environment.SetEnvironmentVariable("GCE_METADATA_TIMEOUT", "10");
        Environment.SetEnvironmentVariable("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", new Uri(Api, "/storage/v1/").AbsoluteUri);
        Environment.SetEnvironmentVariable("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", new Uri(Api, "/compute/v1/").AbsoluteUri);
    }

    /// <summary>A session that names every endpoint of the emulator itself.</summary>
    public SessionRecord Named(CredentialKind kind) => new()
    {
        Kind = kind,
        Endpoints = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["storage"] = new Uri(Api, "/storage/v1/").AbsoluteUri,
            ["compute"] = new Uri(Api, "/compute/v1/").AbsoluteUri,
            ["token"] = new Uri(Api, "/token").AbsoluteUri,
        },
    };

    /// <summary>Asks the emulator's control endpoint.</summary>
    public async Task<string> PostAsync(string path, string json = "{}")
    {
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _control.PostAsync(new Uri(Api, "/_emulator/" + path), body).ConfigureAwait(false);
        string text = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
        Demand.True(answer.IsSuccessStatusCode, path + ": " + text);
        return text;
    }

    public async Task ResetAsync()
    {
        Point();
        await PostAsync("reset").ConfigureAwait(false);
    }

    /// <summary>How many requests whose path fits have come since the last reset.</summary>
    public async Task<int> CountAsync(string pattern)
    {
        string all = await _control.GetStringAsync(new Uri(Api, "/_emulator/requests?path=" + Uri.EscapeDataString(pattern))).ConfigureAwait(false);
        return all.Split(["\"sequence\""], StringSplitOptions.None).Length - 1;
    }

    public static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        return secret;
    }
}

/// <summary>Keeps what the engine says.</summary>
internal sealed class Events : IEngineEvents
{
    public bool WantsExchanges => true;

    public List<string> Lines { get; } = [];

    public void Exchange(HttpExchange exchange)
    {
        lock (Lines)
        {
            Lines.Add(exchange.Method + " " + exchange.DisplayUri + " " + (exchange.Status is { } status ? status.ToString(CultureInfo.InvariantCulture) : exchange.Failure));
        }
    }

    public void Warning(string id, params object[] arguments)
    {
        lock (Lines)
        {
            Lines.Add(id);
        }
    }
}
