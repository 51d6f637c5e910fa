using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>The emulated cloud in a process of its own, so that its work is not measured as ours.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private readonly Process _process;

    public EmulatorProcess(int buckets = 3, int instances = 5, params string[] further)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[]
        {
            Places.Emulator, "--print-env", "json", "--buckets", Text(buckets), "--instances", Text(instances),
        })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string argument in further)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        Dictionary<string, string> variables = ReadVariables(_process.StandardOutput);
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        foreach ((string name, string value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        // A second suffices elsewhere; measuring twenty processes side by side it may not.
        Environment.SetEnvironmentVariable("GCE_METADATA_TIMEOUT", "10");
        Environment.SetEnvironmentVariable("CLOUDSDK_CONFIG", Path.Combine(Path.GetTempPath(), "no-gcloud-here"));
        Metadata = new Uri("http://" + variables["GCE_METADATA_HOST"] + "/");
        string compute = variables["CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE"];
        Api = new Uri(new Uri(compute), "/");
    }

    public Uri Metadata { get; }

    public Uri Api { get; }

    public Uri Token => new(Metadata, "computeMetadata/v1/instance/service-accounts/default/token");

    /// <summary>The requests logged since the last clearing, as path and query.</summary>
    public async Task<List<string>> RequestsAsync()
    {
        using HttpClient client = new();
        using JsonDocument document = JsonDocument.Parse(await client.GetStringAsync(new Uri(Api, "_emulator/requests")));
        JsonElement list = document.RootElement.ValueKind == JsonValueKind.Array
            ? document.RootElement
            : document.RootElement.GetProperty("requests");
        List<string> found = [];
        foreach (JsonElement request in list.EnumerateArray())
        {
            string query = request.TryGetProperty("query", out JsonElement q) ? q.GetString() ?? string.Empty : string.Empty;
            found.Add(request.GetProperty("path").GetString() + (query.Length > 0 ? "?" + query : string.Empty));
        }

        return found;
    }

    public async Task ClearRequestsAsync()
    {
        using HttpClient client = new();
        using HttpResponseMessage answer = await client.DeleteAsync(new Uri(Api, "_emulator/requests"));
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    // One JSON object, perhaps over several lines.
    private static Dictionary<string, string> ReadVariables(StreamReader output)
    {
        string text = string.Empty;
        while (output.ReadLine() is { } line)
        {
            text += line;
            if (text.TrimEnd().EndsWith('}'))
            {
                return JsonSerializer.Deserialize<Dictionary<string, string>>(text)!;
            }
        }

        throw new InvalidOperationException("the emulator did not start");
    }
}
