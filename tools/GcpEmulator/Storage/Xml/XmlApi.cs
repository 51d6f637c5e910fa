using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Auth;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>Cloud Storage's XML API: objects, multipart uploads, signed URLs, forms ("XML API overview").</summary>
internal sealed class XmlApi(CloudState state, BearerCheck bearer, TimeProvider clock)
{
    private const string Service = "storage.googleapis.com";
    private readonly MultipartApi _multipart = new(state);
    private readonly SignedUrlCheck _signed = new(state, clock);
    private readonly PostForm _form = new(state, clock);

    public async ValueTask<Reply> HandleAsync(EmulatedRequest request)
    {
        try
        {
            (string bucket, string name) = Resource(request);
            if (request.Method == "POST" && name.Length == 0 && request.Header("Content-Type")?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
            {
                return await _form.TakeAsync(request, bucket);
            }

            Allow(request, bucket, Permission(request, name));
            return XmlReply.From(await AnswerAsync(request, bucket, name));
        }
        catch (StorageException refusal)
        {
            return XmlReply.From(refusal.Reply);
        }
    }

    private async ValueTask<Reply> AnswerAsync(EmulatedRequest request, string bucket, string name) => (request.Method, name.Length > 0) switch
    {
        ("GET", false) when request.Has("uploads") => _multipart.ListUploads(request, bucket),
        ("GET" or "HEAD", false) => ListObjects(request, bucket),
        ("POST", true) when request.Has("uploads") => _multipart.Start(request, bucket, name),
        ("POST", true) when request.Has("uploadId") => await _multipart.CompleteAsync(request, bucket, name),
        ("PUT", true) when request.Has("uploadId") => await _multipart.PutPartAsync(request, bucket, name),
        ("GET", true) when request.Has("uploadId") => _multipart.ListParts(request, bucket, name),
        ("DELETE", true) when request.Has("uploadId") => _multipart.Abort(request, bucket, name),
        ("GET" or "HEAD", true) => Get(request, bucket, name),
        ("PUT", true) => await PutAsync(request, bucket, name),
        ("DELETE", true) => Delete(request, bucket, name),
        _ => throw XmlReply.Error(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
    };

    /// <summary>Bucket and object: from the path, or the bucket from the host. A name keeps its slashes.</summary>
    private static (string Bucket, string Name) Resource(EmulatedRequest request)
    {
        string path = request.Path.TrimStart('/');
        if (StorageRoutes.HostBucket(request) is string host)
        {
            return (host, Uri.UnescapeDataString(path));
        }

        int slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? (Uri.UnescapeDataString(path), string.Empty)
            : (Uri.UnescapeDataString(path[..slash]), Uri.UnescapeDataString(path[(slash + 1)..]));
    }

    private static string Permission(EmulatedRequest request, string name) => (request.Method, name.Length > 0) switch
    {
        ("GET" or "HEAD", false) => "storage.objects.list",
        ("GET", _) when request.Has("uploadId") => "storage.multipartUploads.listParts",
        ("GET" or "HEAD", _) => "storage.objects.get",
        ("DELETE", _) when request.Has("uploadId") => "storage.multipartUploads.abort",
        ("DELETE", _) => "storage.objects.delete",
        _ => "storage.objects.create",
    };

    /// <summary>A signature in the query, or a token in the header.</summary>
    private void Allow(EmulatedRequest request, string bucket, string permission)
    {
        string account;
        if (SignedUrlCheck.IsSigned(request))
        {
            account = _signed.Check(request);
        }
        else
        {
            string[] scopes = request.Method is "GET" or "HEAD" ? Scopes.StorageRead : Scopes.StorageWrite;
            if (bearer.Check(request, Service, permission, scopes) is Reply refusal)
            {
                throw new StorageException(refusal);
            }

            account = bearer.AccountOf(request);
        }

        state.Objects.CheckPermission(account, permission, bucket);
    }

    private Reply Get(EmulatedRequest request, string bucket, string name)
    {
        StoredObject o = Store(bucket).Find(name, Preconditions.Number(request, "generation")) ?? throw StorageException.NoObject(bucket, name);
        Preconditions.ReadHeaders(request).CheckRead(o);
        CustomerKey.Check(o, CustomerKey.Read(request));
        Reply reply = MediaReply.Create(request, o, isXml: true);
        foreach ((string parameter, string header) in new[] { ("response-content-disposition", "Content-Disposition") })
        {
            if (request.Parameter(parameter) is { Length: > 0 } value)
            {
                reply.With(header, value); // "Query string parameters": overrides of the answer's headers
            }
        }

        return reply;
    }

    private async ValueTask<Reply> PutAsync(EmulatedRequest request, string bucket, string name)
    {
        EmulatedBucket settings = state.Buckets.Find(bucket) ?? throw StorageException.NoBucket();
        string? key = CustomerKey.Read(request);
        if (request.Header("x-goog-copy-source") is not null)
        {
            throw XmlReply.Error(501, "NotImplemented", "The emulator does not copy through the XML API.");
        }

        using ContentWriter writer = state.Objects.Folder.CreateWriter();
        await BodyCopy.ToAsync(request.BodyReader, writer, request.Aborted);
        ObjectDraft draft = UploadEnd.Draft(request, ObjectNames.Check(name), HeadersAsResource(request), request.Header("Content-Type"), key, writer);
        if (request.Header("Content-MD5") is string md5)
        {
            UploadEnd.CheckHashes(null, md5, draft.Crc32C, draft.Md5);
        }

        StoredObject stored = UploadEnd.Store(state, settings, draft with { StorageClass = request.Header("x-goog-storage-class") }, Preconditions.ReadHeaders(request));
        return Stored(stored);
    }

    internal static Reply Stored(StoredObject stored)
    {
        string crc = "crc32c=" + Crc32C.Base64(stored.Crc32C);
        return Reply.Bytes(ReadOnlyMemory<byte>.Empty, Reply.HtmlType)
            .With("ETag", "\"" + (stored.Md5 is null ? ObjectJson.ETag(stored) : Convert.ToHexStringLower(Convert.FromBase64String(stored.Md5))) + "\"")
            .With("X-Goog-Generation", XmlReply.Number(stored.Generation))
            .With("X-Goog-Metageneration", "1")
            .With("X-Goog-Hash", stored.Md5 is null ? crc : crc + ",md5=" + stored.Md5)
            .With("X-Goog-Stored-Content-Encoding", stored.ContentEncoding ?? "identity")
            .With("X-Goog-Stored-Content-Length", XmlReply.Number(stored.Content.Length));
    }

    /// <summary>What the JSON API has as members, this one has as headers ("HTTP headers and common query string parameters for XML").</summary>
    internal static JsonObject HeadersAsResource(EmulatedRequest request)
    {
        JsonObject resource = [];
        foreach ((string header, string member) in new[]
        {
            ("Cache-Control", "cacheControl"), ("Content-Disposition", "contentDisposition"), ("Content-Encoding", "contentEncoding"),
            ("Content-Language", "contentLanguage"), ("x-goog-custom-time", "customTime"),
        })
        {
            if (request.Header(header) is { Length: > 0 } value)
            {
                resource[member] = value;
            }
        }

        JsonObject metadata = [];
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in request.Headers)
        {
            if (name.StartsWith("x-goog-meta-", StringComparison.OrdinalIgnoreCase))
            {
                metadata[name["x-goog-meta-".Length..].ToLowerInvariant()] = value.ToString();
            }
        }

        if (metadata.Count > 0)
        {
            resource["metadata"] = metadata;
        }

        return resource;
    }

    private Reply Delete(EmulatedRequest request, string bucket, string name)
    {
        EmulatedBucket settings = state.Buckets.Find(bucket) ?? throw StorageException.NoBucket();
        Store(bucket).Delete(name, Preconditions.Number(request, "generation"), settings, Preconditions.ReadHeaders(request));
        return Reply.Empty(204);
    }

    /// <summary>"List objects" of the XML API, in outline.</summary>
    private Reply ListObjects(EmulatedRequest request, string bucket)
    {
        ListPage page = Store(bucket).List(new ListQuery
        {
            Prefix = request.Parameter("prefix") ?? string.Empty,
            Delimiter = request.Parameter("delimiter") ?? string.Empty,
            After = request.Parameter("marker") is { Length: > 0 } marker ? new ListPosition(marker, long.MaxValue) : null,
            MaxResults = int.TryParse(request.Parameter("max-keys"), NumberStyles.None, CultureInfo.InvariantCulture, out int max) ? Math.Clamp(max, 1, 1000) : 1000,
        });
        return XmlReply.Document("ListBucketResult", xml =>
        {
            xml.WriteElementString("Name", bucket);
            xml.WriteElementString("IsTruncated", page.Next is null ? "false" : "true");
            if (page.Next is not null)
            {
                xml.WriteElementString("NextMarker", page.Next.Key);
            }

            foreach (StoredObject o in page.Items)
            {
                xml.WriteStartElement("Contents");
                xml.WriteElementString("Key", o.Name);
                xml.WriteElementString("Generation", XmlReply.Number(o.Generation));
                xml.WriteElementString("LastModified", XmlReply.Time(o.UpdatedAt));
                xml.WriteElementString("Size", XmlReply.Number(o.Content.Length));
                xml.WriteEndElement();
            }

            foreach (string prefix in page.Prefixes)
            {
                xml.WriteStartElement("CommonPrefixes");
                xml.WriteElementString("Prefix", prefix);
                xml.WriteEndElement();
            }
        });
    }

    private ObjectStore Store(string bucket) => state.Buckets.Contents(bucket)?.Objects ?? throw StorageException.NoBucket();
}
