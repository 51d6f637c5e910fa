using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine;

namespace GcpWorkloadAuth.NetFramework.Tests;

/// <summary>Other identities: impersonation, identity tokens, federation, tokens that may do less, any API, projects.</summary>
internal sealed class IdentityChecks(Cloud cloud, Results results)
{
    private const string Robot = "robot@demo-project.iam.gserviceaccount.com";
    private const string Worker = "worker@demo-project.iam.gserviceaccount.com";
    private readonly IEngine _engine = new GoogleEngine();
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))).FullName;

    public async Task RunAsync()
    {
        await CheckAsync("an impersonated account", ImpersonationAsync);
        await CheckAsync("an account that may not be impersonated", ImpersonationDeniedAsync);
        await CheckAsync("an identity token of the VM", VmIdentityAsync);
        await CheckAsync("an identity token of a key, signed here", KeyIdentityAsync);
        await CheckAsync("an identity token of an impersonated account", ImpersonatedIdentityAsync);
        await CheckAsync("federation with a file", FileSourcedAsync);
        await CheckAsync("federation with a file that vanishes between renewals", VanishingFileAsync);
        await CheckAsync("federation with an address", UrlSourcedAsync);
        await CheckAsync("federation on AWS", AwsAsync);
        await CheckAsync("federation with a program", ProgramAsync);
        await CheckAsync("a program that hangs", HangingProgramAsync);
        await CheckAsync("a program that leaves a child", ProgramWithChildAsync);
        await CheckAsync("a certificate is refused by name", CertificateAsync);
        await CheckAsync("a token that may do less", DownscopedAsync);
        await CheckAsync("any API, read and written", RestAsync);
        await CheckAsync("an address that is not Google's", ForeignRestAsync);
        await CheckAsync("projects", ProjectsAsync);
        await CheckAsync("a guest attribute", GuestAttributeAsync);
        Directory.Delete(_folder, recursive: true);
    }

    private static EngineCall Call() => new(new Events(), CancellationToken.None);

    private static string Reveal(GceAccessToken token) => Marshal.PtrToStringUni(Marshal.SecureStringToGlobalAllocUnicode(token.Token))!;

    private async Task CheckAsync(string name, Func<Task> work)
    {
        await cloud.ResetAsync();
        foreach (string service in new[] { "IAMCREDENTIALS", "CLOUDRESOURCEMANAGER", "STS" })
        {
            Environment.SetEnvironmentVariable("CLOUDSDK_API_ENDPOINT_OVERRIDES_" + service, cloud.Api.AbsoluteUri);
        }

        await _engine.GetAccessTokenAsync(new SessionRecord(), new TokenRequest { ForceRefresh = true }, Call());
        await results.CheckAsync(name, work);
    }

    private async Task ImpersonationAsync()
    {
        await AllowAsync();
        GceAccessToken token = await _engine.GetAccessTokenAsync(Impersonating("one"), TokenRequest.Default, Call());
        Demand.Equal(Worker, token.Account);
        Demand.True(token.ExpiresAt > DateTime.Now.AddMinutes(50), "ends at " + token.ExpiresAt);
        Demand.Equal("demo-project-bucket-0001", (await _engine.GetBucketAsync(Impersonating("one"), "demo-project-bucket-0001", Call())).Name);
    }

    private async Task ImpersonationDeniedAsync()
    {
        // The account is there, and nobody may work as it.
        await cloud.PostAsync("keys", "{\"email\":\"" + Worker + "\"}");
        await Demand.FailsAsync("ImpersonationDenied", () => _engine.GetAccessTokenAsync(Impersonating("two"), TokenRequest.Default, Call()));
    }

    private async Task VmIdentityAsync()
    {
        GceIdentityToken token = await _engine.GetIdentityTokenAsync(
            new SessionRecord(), new IdentityTokenRequest("https://service.example/?a=1&b=2") { IsFull = true }, Call());
        Demand.Equal("https://service.example/?a=1&b=2", token.Audience);
        Demand.Equal("demo-vm", token.ComputeEngine?.InstanceName);
    }

    private async Task KeyIdentityAsync()
    {
        SessionRecord session = cloud.Named(CredentialKind.Json) with { CredentialJson = Cloud.Secret(await cloud.PostAsync("keys")) };
        Demand.Equal(Robot, (await _engine.GetIdentityTokenAsync(session, new IdentityTokenRequest("api"), Call())).Email);
    }

    private async Task ImpersonatedIdentityAsync()
    {
        await AllowAsync();
        GceIdentityToken token = await _engine.GetIdentityTokenAsync(Impersonating("three"), new IdentityTokenRequest("api") { IncludeEmail = true }, Call());
        Demand.Equal(Worker, token.Email);
    }

    private async Task FileSourcedAsync()
    {
        SessionRecord session = await FederatedAsync("{\"file\":" + Json(await TokenFileAsync()) + "}", Robot);
        Demand.Equal(Robot, (await _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call())).Account);
        Demand.Equal("demo-project-bucket-0002", (await _engine.GetBucketAsync(session, "demo-project-bucket-0002", Call())).Name);
    }

    private async Task VanishingFileAsync()
    {
        string path = await TokenFileAsync();
        SessionRecord session = await FederatedAsync("{\"file\":" + Json(path) + "}");
        await _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call());
        File.Delete(path);
        await Demand.FailsAsync("SubjectTokenFileNotFound", () => _engine.GetAccessTokenAsync(session, new TokenRequest { ForceRefresh = true }, Call()));
    }

    private async Task UrlSourcedAsync()
    {
        string token = Field(await cloud.PostAsync("subjects"), "token");
        TcpListener agent = new(IPAddress.Loopback, 0);
        agent.Start();
        Task answering = Task.Run(() =>
        {
            using TcpClient client = agent.AcceptTcpClient();
            NetworkStream stream = client.GetStream();
            using StreamReader request = new(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
            while (request.ReadLine() is { Length: > 0 })
            {
                // To the end of the head.
            }

            byte[] answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + token.Length + "\r\n\r\n" + token);
            stream.Write(answer, 0, answer.Length);
        });
        SessionRecord session = await FederatedAsync("{\"url\":\"http://" + agent.LocalEndpoint + "/token\",\"headers\":{\"Metadata\":\"True\"}}");
        Demand.True(Reveal(await _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call())).StartsWith("ya29.", StringComparison.Ordinal), "no token");
        await answering;
        agent.Stop();
    }

    private async Task AwsAsync()
    {
        const string Host = "http://169.254.169.254/latest/";
        SessionRecord session = await FederatedAsync(
            "{\"environment_id\":\"aws1\",\"region_url\":\"" + Host + "meta-data/placement/availability-zone\",\"url\":\"" + Host
            + "meta-data/iam/security-credentials\",\"imdsv2_session_token_url\":\"" + Host
            + "api/token\",\"regional_cred_verification_url\":\"https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15\"}");
        await _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call());
        Demand.Equal(1, await cloud.CountAsync("/latest/api/token"));
    }

    private async Task ProgramAsync()
    {
        SessionRecord session = await ProgramSessionAsync("echo '" + await AnswerAsync() + "'");
        Demand.True(Reveal(await _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call())).Length > 20, "no token");
        await Demand.FailsAsync(
            "ExecutableNotAllowed", () => _engine.GetAccessTokenAsync(session with { AllowExecutable = false }, TokenRequest.Default, Call()));
    }

    private async Task HangingProgramAsync()
    {
        SessionRecord session = await ProgramSessionAsync("exec sleep 77", 5000);
        Stopwatch clock = Stopwatch.StartNew();
        await Demand.FailsAsync("ExecutableTimedOut", () => _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call()));
        Demand.True(clock.Elapsed < TimeSpan.FromSeconds(25), "took " + clock.Elapsed);
    }

    private async Task ProgramWithChildAsync()
    {
        string child = Path.Combine(_folder, "child");
        SessionRecord session = await ProgramSessionAsync("sleep 78 > /dev/null 2>&1 & echo $! > " + child + "; echo '" + await AnswerAsync() + "'");
        await _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call());
        string id = File.ReadAllText(child).Trim();
        Stopwatch clock = Stopwatch.StartNew();
        while (IsRunning(id) && clock.Elapsed < TimeSpan.FromSeconds(5))
        {
            await Task.Delay(50);
        }

        Demand.True(!IsRunning(id), "the child still runs");
    }

    private async Task CertificateAsync()
    {
        SessionRecord session = await FederatedAsync("{\"certificate\":{\"use_default_certificate_config\":true}}");
        GcpException failure = await Demand.FailsAsync("CredentialSourceNotSupported", () => _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call()));
        Demand.True(failure.Advice.Contains("PowerShell 7"), failure.Advice);
    }

    private async Task DownscopedAsync()
    {
        AccessBoundaryRule[] rules = [new() { Bucket = "demo-project-bucket-0001", Roles = ["legacyBucketReader"] }];
        GceAccessToken token = await _engine.DownscopeAsync(new SessionRecord(), rules, forceRefresh: false, Call());
        SessionRecord session = cloud.Named(CredentialKind.AccessToken) with { AccessToken = token.Token };
        Demand.Equal("demo-project-bucket-0001", (await _engine.GetBucketAsync(session, "demo-project-bucket-0001", Call())).Name);
        await Demand.FailsAsync("PermissionDenied", () => _engine.GetBucketAsync(session, "demo-project-bucket-0002", Call()));
    }

    private async Task RestAsync()
    {
        RestAnswer answer = await _engine.SendRestAsync(
            new SessionRecord(),
            new RestRequest { Uri = new Uri("https://storage.googleapis.com/storage/v1/b/demo-project-bucket-0001"), Query = [new("fields", "name,id")] },
            Call());
        Demand.Equal("demo-project-bucket-0001", ((Dictionary<string, object?>)answer.Value!)["name"] as string);

        RestAnswer written = await _engine.SendRestAsync(
            new SessionRecord(),
            new RestRequest
            {
                Method = "POST",
                Uri = new Uri("https://storage.googleapis.com/upload/storage/v1/b/demo-project-bucket-0001/o"),
                Query = [new("uploadType", "media"), new("name", "a b/c")],
                Body = Encoding.UTF8.GetBytes("content"),
                ContentType = "text/plain",
            },
            Call());
        Demand.Equal("a b/c", ((Dictionary<string, object?>)written.Value!)["name"] as string);

        using MemoryStream output = new();
        await _engine.SendRestAsync(
            new SessionRecord(),
            new RestRequest
            {
                Uri = new Uri("https://storage.googleapis.com/storage/v1/b/demo-project-bucket-0001/o/a%20b%2Fc"),
                Query = [new("alt", "media")],
                Output = output,
                OutputName = "memory",
                WantsValue = false,
            },
            Call());
        Demand.Equal("content", Encoding.UTF8.GetString(output.ToArray()));
    }

    private Task ForeignRestAsync() => Demand.FailsAsync(
        "RestHostRefused",
        () => _engine.SendRestAsync(new SessionRecord(), new RestRequest { Uri = new Uri("https://storage.googleapis.com.evil.example/x") }, Call()));

    private async Task ProjectsAsync()
    {
        Demand.Equal("demo-project", (await _engine.GetProjectAsync(new SessionRecord(), "demo-project", Call())).ProjectId);
        ResultPage<GcpProject>? page = await _engine.SearchProjects(new SessionRecord(), "state:ACTIVE").NextAsync(Call());
        Demand.True(page!.Items.Any(p => p.ProjectId == "demo-project"), page.Items.Count + " projects");
    }

    private async Task GuestAttributeAsync()
    {
        await cloud.PostAsync("options", "{\"guestAttributes\":true}");
        await _engine.SetGuestAttributeAsync(new SessionRecord(), "tests", "mono", "done", Call());
        MetadataAnswer read = await _engine.GetMetadataAsync(new SessionRecord(), new MetadataQuery { Path = "instance/guest-attributes/tests/mono", AsText = true }, Call());
        Demand.Equal("done", read.Text);
    }

    private Task<string> AllowAsync() => cloud.PostAsync("impersonations", "{\"target\":\"" + Worker + "\"}");

    private static SessionRecord Impersonating(string partition) => new() { ImpersonationChain = [Worker], Partition = partition };

    private async Task<string> TokenFileAsync()
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, Field(await cloud.PostAsync("subjects"), "token") + "\n");
        return path;
    }

    private async Task<SessionRecord> FederatedAsync(string source, string? account = null)
    {
        string file = await cloud.PostAsync("externals", "{\"source\":" + source + (account is null ? "}" : ",\"account\":\"" + account + "\"}"));
        SessionRecord session = cloud.Named(CredentialKind.Json) with { CredentialJson = Cloud.Secret(file) };
        Dictionary<string, string> endpoints = session.Endpoints.ToDictionary(e => e.Key, e => e.Value);
        foreach (string service in new[] { "sts", "iamcredentials", "awsmetadata" })
        {
            endpoints[service] = cloud.Api.AbsoluteUri;
        }

        return session with { Endpoints = endpoints };
    }

    private async Task<SessionRecord> ProgramSessionAsync(string body, int milliseconds = 15000)
    {
        Environment.SetEnvironmentVariable("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES", "1");
        string path = Path.Combine(_folder, "program-" + Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        using (Process chmod = Process.Start(new ProcessStartInfo("/bin/chmod", "755 " + path) { UseShellExecute = false })!)
        {
            chmod.WaitForExit();
        }

        SessionRecord session = await FederatedAsync("{\"executable\":{\"command\":" + Json(path) + ",\"timeout_millis\":" + milliseconds + "}}");
        return session with { AllowExecutable = true };
    }

    private async Task<string> AnswerAsync() =>
        "{\"version\":1,\"success\":true,\"token_type\":\"urn:ietf:params:oauth:token-type:jwt\",\"id_token\":\""
        + Field(await cloud.PostAsync("subjects"), "token") + "\"}";

    // Ended and not yet waited for counts as not running.
    private static bool IsRunning(string id)
    {
        try
        {
            string stat = File.ReadAllText("/proc/" + id + "/stat");
            return stat.Substring(stat.LastIndexOf(')') + 2, 1) is not ("Z" or "X");
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Json(string text) => "\"" + text.Replace("\\", "\\\\") + "\"";

    private static string Field(string json, string name)
    {
        int start = json.IndexOf('"' + name + '"', StringComparison.Ordinal) + name.Length + 2;
        start = json.IndexOf('"', start) + 1;
        return json.Substring(start, json.IndexOf('"', start) - start);
    }
}
