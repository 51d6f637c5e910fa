using System.Net.Http.Headers;
using GcpEmulator;

namespace GcpWorkloadAuth.Engine.Tests.Emulator;

public sealed class StorageUploadTests : StorageTest
{
    private const int Unit = 256 * 1024;

    [Fact]
    public async Task A_large_upload_lies_in_a_file_and_comes_back_as_it_went()
    {
        byte[] content = Bytes(5_000_001);

        (int status, _, _) = await SendAsync("POST", $"/upload/storage/v1/b/{Bucket}/o?uploadType=media&name=big", new ByteArrayContent(content));

        Assert.Equal(200, status);
        Assert.Equal(1, Cloud.State.Objects.TemporaryFiles);
        Assert.Equal(content, await Http.GetByteArrayAsync($"/storage/v1/b/{Bucket}/o/big?alt=media"));
        Assert.Equal(content, Cloud.State.Objects.Find(Bucket, "big")!.ReadAll());
    }

    [Fact]
    public async Task A_multipart_upload_ends_where_its_boundary_says()
    {
        byte[] content = [.. Bytes(2_000_000), .. "\r\n--other--\r\n"u8];
        using MultipartContent body = new("related", "the-boundary");
        body.Add(Json("""{"name":"m","metadata":{"k":"v"}}"""));
        ByteArrayContent part = new(content);
        part.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        body.Add(part);

        (int status, _, _) = await SendAsync("POST", $"/upload/storage/v1/b/{Bucket}/o?uploadType=multipart", body);

        Assert.Equal(200, status);
        EmulatedObject stored = Cloud.State.Objects.Find(Bucket, "m")!;
        Assert.Equal(content, stored.ReadAll());
        Assert.Equal("image/png", stored.ContentType);
        Assert.Equal("v", stored.Metadata["k"]);
    }

    [Fact]
    public async Task A_resumable_upload_goes_on_where_it_was_reset()
    {
        byte[] content = Bytes((Unit * 9) + 17);
        string session = await StartAsync("r");
        Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", ResetRequestAfter = (Unit * 4) + 1000, Times = 1 });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PutAsync(session, content, 0, content.Length - 1, content.Length));
        string? range = await RangeAsync(session, content.Length);

        Assert.Equal($"bytes=0-{(Unit * 4) - 1}", range);
        Assert.Equal(200, await PutAsync(session, content, Unit * 4, content.Length - 1, content.Length));
        Assert.Equal(content, Cloud.State.Objects.Find(Bucket, "r")!.ReadAll());
        Assert.Equal(0, Cloud.State.Objects.OpenSessions);
    }

    [Fact]
    public async Task A_session_tells_how_far_it_is_and_may_forget()
    {
        byte[] content = Bytes(Unit * 4);
        string session = await StartAsync("f");
        Assert.Null(await RangeAsync(session, content.Length));
        Assert.Equal(1, Cloud.State.Objects.OpenSessions);
        Assert.Equal(308, await PutAsync(session, content, 0, (Unit * 2) - 1, content.Length));
        Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", ForgetBytes = Unit, Times = 1 });

        Assert.Equal(308, await PutAsync(session, content, Unit * 2, (Unit * 3) - 1, content.Length));

        Assert.Equal($"bytes=0-{(Unit * 2) - 1}", await RangeAsync(session, content.Length));
        Assert.Equal(400, await PutAsync(session, content, Unit * 3, (Unit * 4) - 1, content.Length)); // a gap
        Assert.Equal(200, await PutAsync(session, content, Unit, content.Length - 1, content.Length)); // an overlap
        EmulatedObject stored = Cloud.State.Objects.Find(Bucket, "f")!;
        Assert.Equal(content, stored.ReadAll());
        EmulatedObject other = Cloud.State.Objects.Put(Bucket, "other", content);
        Assert.Equal((other.Crc32C, other.Md5), (stored.Crc32C, stored.Md5));
    }

    [Fact]
    public async Task Chunks_are_multiples_of_256_KiB_and_cancelled_or_lost_sessions_are_gone()
    {
        string session = await StartAsync("c");
        Assert.Equal(400, await PutAsync(session, Bytes(1000), 0, 999, 5000));
        Assert.Equal(499, (await SendAsync("DELETE", session)).Status);
        Assert.Equal(499, await PutAsync(session, Bytes(10), 0, 9, 10));

        string lost = await StartAsync("d");
        Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", LoseSession = true, Times = 1 });
        Assert.Equal(410, await PutAsync(lost, Bytes(10), 0, 9, 10));
        Assert.Equal(404, await PutAsync(lost, Bytes(10), 0, 9, 10));
        Assert.Empty(Cloud.State.Objects.All(Bucket));
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_object_and_a_wrong_byte_is_refused()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", LoseAnswer = true, Times = 1 });
        string path = $"/upload/storage/v1/b/{Bucket}/o?uploadType=media&ifGenerationMatch=0&name=";
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync("POST", path + "lost", new ByteArrayContent(Bytes(10))));
        Assert.Equal(Bytes(10), Cloud.State.Objects.Find(Bucket, "lost")!.ReadAll());
        Assert.Equal(412, (await SendAsync("POST", path + "lost", new ByteArrayContent(Bytes(10)))).Status);

        string crc = Cloud.State.Objects.Find(Bucket, "lost")!.Crc32C;
        Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", CorruptRequestAt = 3, Times = 1 });
        Assert.Equal(400, (await SendAsync("POST", path + "wrong", new ByteArrayContent(Bytes(10)), ("x-goog-hash", "crc32c=" + crc))).Status);
        Assert.Equal(200, (await SendAsync("POST", path + "right", new ByteArrayContent(Bytes(10)), ("x-goog-hash", "crc32c=" + crc))).Status);
    }

    private async Task<string> StartAsync(string name)
    {
        (_, _, HttpResponseMessage answer) = await SendAsync("POST", $"/upload/storage/v1/b/{Bucket}/o?uploadType=resumable&name={name}", Json("{}"));
        return answer.Headers.Location!.PathAndQuery;
    }

    private async Task<int> PutAsync(string session, byte[] content, int from, int to, int total) => (await SendAsync(
        "PUT", session, new ByteArrayContent(content, from, to - from + 1), ("Content-Range", $"bytes {from}-{to}/{total}"))).Status;

    private async Task<string?> RangeAsync(string session, int total)
    {
        (int status, _, HttpResponseMessage answer) = await SendAsync("PUT", session, new ByteArrayContent([]), ("Content-Range", $"bytes */{total}"));
        Assert.Equal(308, status);
        return answer.Headers.TryGetValues("Range", out IEnumerable<string>? values) ? values.Single() : null;
    }
}
