using System;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Storage;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <content>
/// One request with everything: uploadType=multipart. Source: https://cloud.google.com/storage/docs/uploading-objects#uploading-an-object.
/// </content>
internal sealed partial class Uploader
{
    private const int LargestAnswer = 1024 * 1024;

    private async Task<GcsObject> SendWholeAsync(UploadSource source)
    {
        // Small ones are read once; of larger ones the checksum is known only after a first reading, from the disk's cache mostly.
        RunningCrc hash = new();
        byte[]? content = null;
        if (source.Length <= 256 * 1024)
        {
            content = Buffers.Rent(Math.Max(1, (int)source.Length));
        }

        try
        {
            UploadSource body = source;
            if (content is not null)
            {
                int length = ReadAll(source, content);
                hash.Feed(0, content, 0, length);
                source.DemandUnchanged();
                body = new MemorySource(source.Name, content, length);
            }
            else
            {
                hash.CatchUp(source, source.Length, call);
            }

            return await SendWholeAsync(source, body, hash.Value).ConfigureAwait(false);
        }
        finally
        {
            if (content is not null)
            {
                Buffers.Return(content, clear: false);
            }
        }
    }

    private async Task<GcsObject> SendWholeAsync(UploadSource source, UploadSource body, uint crc)
    {
        string boundary = "gwa-" + Guid.NewGuid().ToString("N");
        byte[] before = Before(boundary, ObjectResource.Write(request, source, Crc32C.ToText(crc)));
        byte[] behind = Encoding.ASCII.GetBytes("\r\n--" + boundary + "--\r\n");
        long? condition = FirstCondition;
        for (int looks = 1; ; looks++)
        {
            try
            {
                GcsObject stored = await TryWholeAsync(body, boundary, before, behind, condition).ConfigureAwait(false);
                return await CheckAsync(stored, crc, source.Length).ConfigureAwait(false);
            }
            catch (RefusedException refused) when (refused.Refusal.Status == 412)
            {
                (GcsObject? done, long next) = await SettleAsync(refused, condition, crc, source.Length, looks).ConfigureAwait(false);
                if (done is not null)
                {
                    return done;
                }

                condition = next;
            }
            catch (RefusedException refused) when (refused.Refusal.Status == 400 && IsAboutHash(refused))
            {
                throw Errors.HashMismatch(request.Target.ToString(), "?", Crc32C.ToText(crc));
            }
        }
    }

    private async Task<GcsObject> TryWholeAsync(UploadSource body, string boundary, byte[] before, byte[] behind, long? condition)
    {
        while (true)
        {
            await TransferGate.Shared.EnterAsync(call.Stopping).ConfigureAwait(false);
            bool succeeded = false;
            SourceBody? sent = null;
            Exception failure;
            try
            {
                using StallWatch watch = new(call.Stopping);
                MediaRequest media = new(StorageTransfersApi.Insert, InsertPath("multipart", condition))
                {
                    NotFound = _ => BucketNotFound(),
                    Body = () =>
                    {
                        request.Progress?.Add(-(sent?.Sent ?? 0));
                        sent = new SourceBody(body, 0, body.Length, watch, request.Progress) { Before = before, Behind = behind };
                        sent.Headers.TryAddWithoutValidation("Content-Type", "multipart/related; boundary=" + boundary);
                        return sent;
                    },
                };
                AddKey(media);
                using HttpResponseMessage response = await client.SendAsync(media, watch, _patience.Attempt, call).ConfigureAwait(false);
                GcsObject stored = await ReadObjectAsync(response, watch).ConfigureAwait(false);
                succeeded = true;
                return stored;
            }
            catch (Exception e) when (e is RefusedException or TransportFailure or LocalFailure)
            {
                failure = e;
                _isLost |= IsLostAnswer(e);
                request.Progress?.Add(-(sent?.Sent ?? 0));
                if (e is RefusedException { Refusal.Status: 412 or 400 })
                {
                    throw;
                }
            }
            finally
            {
                TransferGate.Shared.Leave(succeeded);
            }

            await _patience.WaitAsync(failure, isRepeatable: true, call).ConfigureAwait(false);
        }
    }

    private string InsertPath(string type, long? condition) => StorageTransfersApi.Insert.Format(
        [Names.Bucket(request.Target.Bucket)],
        ("uploadType", type),
        ("name", Names.Object(request.Target.Name)),
        ("ifGenerationMatch", condition?.ToString(CultureInfo.InvariantCulture)),
        ("ifMetagenerationMatch", request.IfMetagenerationMatch?.ToString(CultureInfo.InvariantCulture)),
        ("kmsKeyName", request.Properties.KmsKeyName),
        ("prettyPrint", "false"),
        ("fields", ObjectReader.Fields));

    private void AddKey(MediaRequest media)
    {
        if (request.Key is not null)
        {
            media.Headers.AddRange(request.Key.Headers());
        }
    }

    private static async Task<GcsObject> ReadObjectAsync(HttpResponseMessage response, StallWatch watch)
    {
        Uri uri = response.RequestMessage?.RequestUri ?? new Uri("https://storage.googleapis.com/");
        using HttpReply reply = await HttpSender.ReadWordsAsync(response, uri, LargestAnswer, watch.Token).ConfigureAwait(false);
        return JsonText.TryRead(reply.Body, ObjectReader.Read, out GcsObject stored)
            ? stored
            : throw new TransportFailure(TransportFailureKind.Truncated, uri.Authority, "the answer broke off");
    }

    private static bool IsAboutHash(RefusedException refused) =>
        refused.Refusal.Message.IndexOf("CRC32C", StringComparison.OrdinalIgnoreCase) >= 0
        || refused.Refusal.Message.IndexOf("MD5", StringComparison.OrdinalIgnoreCase) >= 0;

    private static int ReadAll(UploadSource source, byte[] buffer)
    {
        int length = 0;
        while (length < source.Length)
        {
            int read = source.Read(length, buffer, length, (int)source.Length - length);
            if (read == 0)
            {
                throw Errors.SourceChanged(source.Name);
            }

            length += read;
        }

        return length;
    }

    private byte[] Before(string boundary, byte[] resource)
    {
        byte[] start = Encoding.ASCII.GetBytes("--" + boundary + "\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n");
        byte[] middle = Encoding.UTF8.GetBytes("\r\n--" + boundary + "\r\nContent-Type: " + ObjectResource.TypeOf(request) + "\r\n\r\n");
        byte[] all = new byte[start.Length + resource.Length + middle.Length];
        start.CopyTo(all, 0);
        resource.CopyTo(all, start.Length);
        middle.CopyTo(all, start.Length + resource.Length);
        return all;
    }
}
