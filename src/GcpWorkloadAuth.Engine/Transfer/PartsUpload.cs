using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Storage;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>
/// The XML API's multipart upload: several parts of one object at a time, and no temporary objects. It knows no preconditions. Source:
/// https://cloud.google.com/storage/docs/multipart-uploads.
/// </summary>
internal sealed class PartsUpload(MediaClient client, ObjectService objects, ObjectUpload request, UploadSource source, EngineCall call)
{
    private const long SmallestPart = 16L * 1024 * 1024;
    private const int MostParts = 10_000;
    private const int Together = 4;
    private readonly Uploaded[] _parts = Plan(source.Length);
    private int _next = -1;

    public async Task<GcsObject> RunAsync()
    {
        string id = await StartAsync().ConfigureAwait(false);
        try
        {
            await SendAllAsync(id).ConfigureAwait(false);
            source.DemandUnchanged();
            await CompleteAsync(id).ConfigureAwait(false);
        }
        catch
        {
            await AbortAsync(id).ConfigureAwait(false);
            throw;
        }

        uint crc = 0;
        foreach (Uploaded part in _parts)
        {
            crc = Crc32C.Combine(crc, part.Crc.Value, part.To - part.From);
        }

        GcsObject stored = await objects.GetAsync(new ObjectAddress(request.Target.Bucket, request.Target.Name), call).ConfigureAwait(false);
        if (stored.Size == source.Length && (Crc32C.Parse(stored.Crc32C) is not { } actual || actual == crc))
        {
            return stored;
        }

        await objects.DeleteGenerationAsync(stored, call).ConfigureAwait(false);
        throw Errors.HashMismatch(request.Target.ToString(), stored.Crc32C ?? "?", Crc32C.ToText(crc));
    }

    private static Uploaded[] Plan(long length)
    {
        long size = Math.Max(SmallestPart, (length + MostParts - 1) / MostParts);
        Uploaded[] parts = new Uploaded[(int)((length + size - 1) / size)];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new Uploaded(i + 1, i * size, Math.Min(length, (i + 1) * size));
        }

        return parts;
    }

    private async Task<string> StartAsync()
    {
        string xml = await SendAsync(
            StorageTransfersApi.PartsInsert,
            Path(StorageTransfersApi.PartsInsert, ("uploads", string.Empty)),
            media => AddProperties(media),
            null,
            call).ConfigureAwait(false);
        return Element(xml, "UploadId") ?? throw Errors.UploadSessionLost(request.Target.ToString());
    }

    private void AddProperties(MediaRequest media)
    {
        ObjectProperties properties = request.Properties;
        media.With("Content-Type", ObjectResource.TypeOf(request));
        Add(media, "Content-Encoding", request.Gzip ? "gzip" : properties.ContentEncoding);
        Add(media, "Content-Disposition", properties.ContentDisposition);
        Add(media, "Content-Language", properties.ContentLanguage);
        Add(media, "Cache-Control", properties.CacheControl);
        Add(media, "x-goog-storage-class", properties.StorageClass);
        Add(media, "x-goog-encryption-kms-key-name", properties.KmsKeyName);
        Add(media, "x-goog-custom-time", properties.CustomTime is { } time ? ObjectResource.Rfc3339(time) : null);
        foreach (KeyValuePair<string, string> entry in ObjectResource.Metadata(request, source))
        {
            Add(media, "x-goog-meta-" + entry.Key, entry.Value);
        }

        if (request.Key is not null)
        {
            media.Headers.AddRange(request.Key.Headers());
        }
    }

    private async Task SendAllAsync(string id)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(call.Stopping);
        EngineCall inner = new(call.Events, stop.Token);
        Task[] workers = new Task[Math.Min(Together, _parts.Length)];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = Task.Run(() => WorkAsync(id, inner), CancellationToken.None);
        }

        Exception? failure = null;
        foreach (Task worker in workers)
        {
            try
            {
                await worker.ConfigureAwait(false);
            }
            catch (Exception e)
            {
                failure = failure is null or OperationCanceledException ? e : failure;
                stop.Cancel();
            }
        }

        call.Stopping.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure).Throw();
        }
    }

    private async Task WorkAsync(string id, EngineCall inner)
    {
        for (int i = Interlocked.Increment(ref _next); i < _parts.Length; i = Interlocked.Increment(ref _next))
        {
            Uploaded part = _parts[i];
            string path = Path(
                StorageTransfersApi.PartsUpdate,
                ("partNumber", part.Number.ToString(CultureInfo.InvariantCulture)),
                ("uploadId", id));
            for (int attempt = 1; part.Tag is null; attempt++)
            {
                await SendAsync(StorageTransfersApi.PartsUpdate, path, AddKey, part, inner).ConfigureAwait(false);
                if (part.Tag is null && attempt == 2)
                {
                    throw Errors.HashMismatch(request.Target.ToString(), "?", Crc32C.ToText(part.Crc.Value));
                }
            }
        }
    }

    private void AddKey(MediaRequest media)
    {
        if (request.Key is not null)
        {
            media.Headers.AddRange(request.Key.Headers());
        }
    }

    private async Task CompleteAsync(string id)
    {
        StringBuilder xml = new("<CompleteMultipartUpload>");
        foreach (Uploaded part in _parts)
        {
            xml.Append("<Part><PartNumber>").Append(part.Number.ToString(CultureInfo.InvariantCulture)).Append("</PartNumber><ETag>")
                .Append(System.Security.SecurityElement.Escape(part.Tag)).Append("</ETag></Part>");
        }

        byte[] body = Encoding.UTF8.GetBytes(xml.Append("</CompleteMultipartUpload>").ToString());
        string path = Path(StorageTransfersApi.PartsInsert, ("uploadId", id));
        await SendAsync(StorageTransfersApi.PartsInsert, path, static _ => { }, null, call, body).ConfigureAwait(false);
    }

    private async Task AbortAsync(string id)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMilliseconds(700));
        try
        {
            string path = Path(StorageBucketsApi.AbortUpload, ("uploadId", id));
            await SendAsync(StorageBucketsApi.AbortUpload, path, static _ => { }, null, new EngineCall(call.Events, limit.Token)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TransportFailure or RefusedException or OperationCanceledException or GcpException)
        {
            // A lifecycle rule of the bucket (AbortIncompleteMultipartUpload) is what is left.
        }
    }

    private async Task<string> SendAsync(
        ApiMethod method, string path, Action<MediaRequest> adorn, Uploaded? part, EngineCall inner, byte[]? body = null)
    {
        Patience patience = new();
        while (true)
        {
            SourceBody? sent = null;
            Exception failure;
            await TransferGate.Shared.EnterAsync(inner.Stopping).ConfigureAwait(false);
            bool succeeded = false;
            try
            {
                using StallWatch watch = new(inner.Stopping);
                MediaRequest media = new(method, path)
                {
                    NotFound = refusal => refusal.Message.IndexOf("bucket", StringComparison.OrdinalIgnoreCase) >= 0
                        ? Errors.BucketNotFound(request.Target.Bucket)
                        : Errors.UploadSessionLost(request.Target.ToString()),
                    Body = part is not null
                        ? () => sent = new SourceBody(source, part.From, part.To, watch, request.Progress) { Crc = part.Restart() }
                        : () => new ByteArrayContent(body ?? []),
                };
                adorn(media);
                using HttpResponseMessage response = await client.SendAsync(media, watch, patience.Attempt, inner).ConfigureAwait(false);
                part?.Take(response);
                if (part is { Tag: null })
                {
                    request.Progress?.Add(-(sent?.Sent ?? 0));
                }

                using HttpReply reply = await HttpSender.ReadWordsAsync(response, response.RequestMessage!.RequestUri!, 1024 * 1024, watch.Token)
                    .ConfigureAwait(false);
                succeeded = true;
                return reply.Text();
            }
            catch (Exception e) when (e is TransportFailure or RefusedException)
            {
                failure = e;
                request.Progress?.Add(-(sent?.Sent ?? 0));
            }
            finally
            {
                TransferGate.Shared.Leave(succeeded);
            }

            await patience.WaitAsync(failure, isRepeatable: true, inner).ConfigureAwait(false);
        }
    }

    private string Path(ApiMethod method, params (string Name, string? Value)[] query) =>
        method.Format([Names.Bucket(request.Target.Bucket), Names.Object(request.Target.Name)], query);

    private static void Add(MediaRequest media, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            media.With(name, value!);
        }
    }

    private static string? Element(string xml, string name)
    {
        try
        {
            XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using XmlReader reader = XmlReader.Create(new StringReader(xml), settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == name)
                {
                    return reader.ReadElementContentAsString();
                }
            }
        }
        catch (XmlException)
        {
            // Not the answer that was expected.
        }

        return null;
    }

    private sealed class Uploaded(int number, long from, long to)
    {
        private readonly long _from = from;

        public int Number { get; } = number;

        public long From => _from;

        public long To { get; } = to;

        public string? Tag { get; private set; }

        public RunningCrc Crc { get; private set; } = new(from);

        public RunningCrc Restart() => Crc = new RunningCrc(_from);

        /// <summary>Its tag, where what arrived is what was sent.</summary>
        public void Take(HttpResponseMessage response)
        {
            string? tag = response.Headers.TryGetValues("ETag", out IEnumerable<string>? tags) ? string.Concat(tags) : null;
            string hashes = response.Headers.TryGetValues("x-goog-hash", out IEnumerable<string>? values) ? string.Join(",", values) : string.Empty;
            int at = hashes.IndexOf("crc32c=", StringComparison.Ordinal);
            uint? arrived = at < 0 || hashes.Length < at + 15 ? null : Crc32C.Parse(hashes.Substring(at + 7, 8));
            Tag = arrived is { } crc && crc != Crc.Value ? null : tag;
        }
    }
}
