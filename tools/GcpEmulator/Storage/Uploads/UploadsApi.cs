using System.IO.Pipelines;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>objects.insert with uploadType=media and multipart ("Single-request uploads").</summary>
internal sealed class UploadsApi(CloudState state)
{
    public async ValueTask<Reply> InsertAsync(EmulatedRequest request, string bucket, string? nameInPath)
    {
        EmulatedBucket settings = state.Buckets.Find(bucket) ?? throw StorageException.NoBucket();
        string? key = CustomerKey.Read(request);
        using ContentWriter writer = state.Objects.Folder.CreateWriter();
        (JsonObject resource, string? type) = request.Parameter("uploadType") switch
        {
            "media" => (await MediaAsync(request, writer), request.Header("Content-Type")),
            "multipart" => await MultipartRelated.ReadAsync(request, writer),
            _ => throw StorageException.Create(501, "The emulator takes uploadType=media, multipart and resumable only.", "notImplemented"),
        };
        string name = ObjectNames.Check(nameInPath ?? request.Parameter("name") ?? resource["name"]?.ToString());
        StoredObject stored = UploadEnd.Store(state, settings, UploadEnd.Draft(request, name, resource, type, key, writer), Preconditions.Read(request));
        return UploadEnd.Answer(request, stored, settings, key is not null);
    }

    private static async ValueTask<JsonObject> MediaAsync(EmulatedRequest request, ContentWriter writer)
    {
        await BodyCopy.ToAsync(request.BodyReader, writer, request.Aborted);
        JsonObject resource = [];
        if ((request.Parameter("contentEncoding") ?? request.Header("Content-Encoding")) is { Length: > 0 } encoding)
        {
            resource["contentEncoding"] = encoding;
        }

        return resource;
    }
}

/// <summary>Moves a body into a writer.</summary>
internal static class BodyCopy
{
    /// <summary>Everything up to the end, or up to <paramref name="limit"/> bytes. Returns the number of bytes.</summary>
    public static async ValueTask<long> ToAsync(PipeReader body, ContentWriter writer, CancellationToken ct, long skip = 0, long limit = long.MaxValue)
    {
        long total = 0;
        while (true)
        {
            ReadResult read = await body.ReadAsync(ct);
            System.Buffers.ReadOnlySequence<byte> buffer = read.Buffer;
            long all = buffer.Length;
            if (total + all > limit)
            {
                throw StorageException.Invalid("The request body is longer than its headers say."); // ASSUMED: the text
            }

            long passed = Math.Min(all, Math.Max(0, skip - total));
            writer.Write(buffer.Slice(passed));
            total += all;
            body.AdvanceTo(buffer.End);
            if (read.IsCompleted)
            {
                return total;
            }
        }
    }
}
