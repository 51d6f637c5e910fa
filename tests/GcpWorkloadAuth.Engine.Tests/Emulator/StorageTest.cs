using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GcpEmulator;

namespace GcpWorkloadAuth.Engine.Tests.Emulator;

/// <summary>The emulated Cloud Storage, asked over plain HTTP.</summary>
public abstract class StorageTest : IAsyncLifetime
{
    protected const string Bucket = "demo-project-bucket-0001";

    protected HttpClient Http { get; } = new();

    protected EmulatedCloud Cloud { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Cloud = await EmulatedCloud.StartAsync(new EmulatorOptions { BucketCount = 3, InstanceCount = 0 });
        Http.BaseAddress = Cloud.ApiAddress;
        string token = Cloud.State.Tokens.Issue("me@demo.example", ["https://www.googleapis.com/auth/cloud-platform"]).Value;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        Http.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)((i * 31) + (i >> 9));
        }

        return bytes;
    }

    protected async Task<(int Status, JsonNode? Json, HttpResponseMessage Answer)> SendAsync(
        string method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = body };
        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        HttpResponseMessage answer = await Http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        JsonNode? json = answer.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0 ? JsonNode.Parse(text) : null;
        return ((int)answer.StatusCode, json, answer);
    }

    protected static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    protected static string Reason((int Status, JsonNode? Json, HttpResponseMessage Answer) answer) =>
        answer.Json!["error"]!["errors"]![0]!["reason"]!.ToString();
}
