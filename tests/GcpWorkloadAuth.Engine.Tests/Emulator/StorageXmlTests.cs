using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using GcpEmulator;

namespace GcpWorkloadAuth.Engine.Tests.Emulator;

public sealed class StorageXmlTests : StorageTest
{
    [Fact]
    public async Task A_multipart_upload_is_assembled_and_leaves_nothing()
    {
        byte[] one = Bytes(5 * 1024 * 1024), two = Bytes(99);
        string id = Element(await TextAsync("POST", $"/{Bucket}/dir/o?uploads"), "UploadId");
        string first = await PartAsync(id, 1, one), second = await PartAsync(id, 2, two);
        Assert.Equal((1, 2), (Cloud.State.Objects.OpenMultipartUploads, Cloud.State.Objects.OpenParts));

        string wrong = await TextAsync("POST", $"/{Bucket}/dir/o?uploadId={id}", List((1, second)));
        Assert.Equal("InvalidPart", Element(wrong, "Code"));
        await TextAsync("POST", $"/{Bucket}/dir/o?uploadId={id}", List((1, first), (2, second)));

        EmulatedObject stored = Cloud.State.Objects.Find(Bucket, "dir/o")!;
        Assert.Equal([.. one, .. two], stored.ReadAll());
        Assert.Equal(Cloud.State.Objects.Put(Bucket, "whole", [.. one, .. two]).Crc32C, stored.Crc32C);
        Assert.Equal((0, 0), (Cloud.State.Objects.OpenMultipartUploads, Cloud.State.Objects.OpenParts));
        Assert.Equal("NoSuchUpload", Element(await TextAsync("DELETE", $"/{Bucket}/dir/o?uploadId={id}"), "Code"));
    }

    [Fact]
    public async Task An_aborted_upload_is_gone_and_errors_are_XML()
    {
        string id = Element(await TextAsync("POST", $"/{Bucket}/o?uploads"), "UploadId");
        await PartAsync(id, 1, Bytes(5), "o");

        await TextAsync("DELETE", $"/{Bucket}/o?uploadId={id}");

        Assert.Equal(0, Cloud.State.Objects.OpenParts);
        Assert.Equal("NoSuchKey", Element(await TextAsync("GET", $"/{Bucket}/o"), "Code"));
        Assert.Equal("NoSuchBucket", Element(await TextAsync("GET", "/no-such-bucket/o"), "Code"));
    }

    [Fact]
    public async Task A_signed_URL_is_good_until_it_is_changed_or_old()
    {
        Cloud.State.Objects.Put(Bucket, "a b/c", "content");
        using RSA key = RSA.Create();
        JsonNode file = JsonNode.Parse(Cloud.State.CreateServiceAccountKey())!;
        key.ImportFromPem(file["private_key"]!.ToString());
        string email = file["client_email"]!.ToString();

        string good = Sign(key, email, $"/{Bucket}/a%20b/c", DateTimeOffset.UtcNow, 60);
        using HttpClient anonymous = new() { BaseAddress = Cloud.ApiAddress };

        Assert.Equal("content", await anonymous.GetStringAsync(good));
        async Task<string> CodeAsync(string url) => Element(await (await anonymous.GetAsync(url)).Content.ReadAsStringAsync(), "Code");
        Assert.Equal("SignatureDoesNotMatch", await CodeAsync(good.Replace("Expires=60", "Expires=61", StringComparison.Ordinal)));
        Assert.Equal("SignatureDoesNotMatch", await CodeAsync(good.Replace("/c?", "/d?", StringComparison.Ordinal)));
        Assert.Equal("ExpiredToken", await CodeAsync(Sign(key, email, $"/{Bucket}/a%20b/c", DateTimeOffset.UtcNow.AddMinutes(-5), 60)));
        Assert.Equal("InvalidArgument", await CodeAsync(Sign(key, email, $"/{Bucket}/a%20b/c", DateTimeOffset.UtcNow, 604801)));
    }

    private string Sign(RSA key, string email, string path, DateTimeOffset now, int seconds)
    {
        string time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string scope = time[..8] + "/auto/storage/goog4_request";
        string query = $"X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential={Uri.EscapeDataString(email + "/" + scope)}&X-Goog-Date={time}"
            + $"&X-Goog-Expires={seconds}&X-Goog-SignedHeaders=host";
        string canonical = $"GET\n{path}\n{query}\nhost:{Cloud.ApiAddress.Authority}\n\nhost\nUNSIGNED-PAYLOAD";
        string text = $"GOOG4-RSA-SHA256\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        byte[] signature = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{path}?{query}&X-Goog-Signature={Convert.ToHexStringLower(signature)}";
    }

    private async Task<string> PartAsync(string id, int number, byte[] content, string name = "dir/o")
    {
        (int status, _, HttpResponseMessage answer) = await SendAsync("PUT", $"/{Bucket}/{name}?partNumber={number}&uploadId={id}", new ByteArrayContent(content));
        Assert.Equal(200, status);
        return answer.Headers.ETag!.Tag;
    }

    private async Task<string> TextAsync(string method, string path, string? body = null)
    {
        (_, _, HttpResponseMessage answer) = await SendAsync(method, path, body is null ? null : new StringContent(body));
        return await answer.Content.ReadAsStringAsync();
    }

    private static string List(params (int Number, string Tag)[] parts) => new XElement("CompleteMultipartUpload",
        parts.Select(p => new XElement("Part", new XElement("PartNumber", p.Number), new XElement("ETag", p.Tag)))).ToString();

    private static string Element(string xml, string name) => XElement.Parse(xml).DescendantsAndSelf().First(e => e.Name.LocalName == name).Value;
}
