using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>"XML API multipart uploads": initiate, upload part, complete, abort, list parts, list uploads.</summary>
internal sealed class MultipartApi(CloudState state)
{
    private const int MaxParts = 10_000;
    private const long MinPart = 5 * 1024 * 1024; // but for the last one

    public Reply Start(EmulatedRequest request, string bucket, string name)
    {
        _ = state.Buckets.Find(bucket) ?? throw StorageException.NoBucket();
        if (!Preconditions.ReadHeaders(request).IsEmpty)
        {
            // "Preconditions are not supported in ... multipart uploads". ASSUMED: the answer.
            throw XmlReply.Error(400, "InvalidArgument", "Preconditions are not supported for multipart uploads.");
        }

        JsonObject resource = XmlApi.HeadersAsResource(request);
        resource["contentType"] = request.Header("Content-Type") is { Length: > 0 } type ? type : "application/octet-stream";
        MultipartUpload upload = state.Objects.Multipart.Start(
            bucket, ObjectNames.Check(name), resource, request.Header("x-goog-storage-class"), CustomerKey.Read(request),
            request.Header("x-goog-encryption-kms-key-name"), state.Objects.Now);
        return XmlReply.Document("InitiateMultipartUploadResult", xml =>
        {
            xml.WriteElementString("Bucket", bucket);
            xml.WriteElementString("Key", name);
            xml.WriteElementString("UploadId", upload.Id);
        });
    }

    public async ValueTask<Reply> PutPartAsync(EmulatedRequest request, string bucket, string name)
    {
        MultipartUpload upload = Find(request, bucket, name);
        if (!int.TryParse(request.Parameter("partNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > MaxParts)
        {
            throw XmlReply.Error(400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive.");
        }

        if (CustomerKey.Read(request) != upload.CustomerKey)
        {
            throw XmlReply.Error(400, "CustomerEncryptionKeyIsIncorrect", "The provided encryption key is incorrect.");
        }

        if (request.Fault is { LoseSession: true })
        {
            state.Objects.Multipart.Remove(upload);
            throw NoSuchUpload();
        }

        using ContentWriter writer = state.Objects.Folder.CreateWriter();
        await BodyCopy.ToAsync(request.BodyReader, writer, request.Aborted);
        ObjectDraft draft = UploadEnd.Draft(request, name, [], null, null, writer);
        if (request.Header("Content-MD5") is string md5)
        {
            UploadEnd.CheckHashes(null, md5, draft.Crc32C, draft.Md5);
        }

        // ASSUMED: without MD5 the ETag is the checksum; clients must take it as it comes.
        string tag = "\"" + (draft.Md5 is null ? Convert.ToHexStringLower(BitConverter.GetBytes(draft.Crc32C)) : Convert.ToHexStringLower(Convert.FromBase64String(draft.Md5))) + "\"";
        upload.Parts[number] = new UploadedPart(number, draft.Content, draft.Crc32C, draft.Md5, tag, state.Objects.Now);
        string crc = "crc32c=" + Crc32C.Base64(draft.Crc32C);
        return Reply.Bytes(ReadOnlyMemory<byte>.Empty, Reply.HtmlType)
            .With("ETag", tag)
            .With("X-Goog-Hash", draft.Md5 is null ? crc : crc + ",md5=" + draft.Md5);
    }

    public async ValueTask<Reply> CompleteAsync(EmulatedRequest request, string bucket, string name)
    {
        MultipartUpload upload = Find(request, bucket, name);
        await request.ReadBodyAsync();
        List<UploadedPart> parts = [];
        foreach ((int number, string tag) in Listed(request))
        {
            if (!upload.Parts.TryGetValue(number, out UploadedPart? part) || tag.Trim('"') != part.ETag.Trim('"'))
            {
                throw XmlReply.Error(400, "InvalidPart",
                    "One or more of the specified parts could not be found. The part might not have been uploaded, or the specified entity tag might not have matched the part's entity tag.");
            }

            if (parts.Count > 0 && parts[^1].Number >= number)
            {
                throw XmlReply.Error(400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts list must be specified in order by part number.");
            }

            parts.Add(part);
        }

        if (parts.Count == 0)
        {
            throw XmlReply.Error(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema.");
        }

        if (parts.SkipLast(1).Any(p => p.Content.Length < MinPart))
        {
            throw XmlReply.Error(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum object size specified in the request.");
        }

        uint crc = parts.Aggregate(0u, (sum, p) => Crc32C.Combine(sum, p.Crc32C, p.Content.Length));
        UploadEnd.CheckHashes(Given(request), null, crc, null);
        EmulatedBucket settings = state.Buckets.Find(bucket) ?? throw StorageException.NoBucket();
        ObjectDraft draft = new(name, StoredContent.Concat([.. parts.Select(p => p.Content)]), crc, null, ObjectResource.Select(upload.Resource))
        {
            ComponentCount = parts.Count,
            StorageClass = upload.StorageClass,
            CustomerKeySha256 = upload.CustomerKey,
            KmsKeyName = upload.KmsKey,
        };
        StoredObject stored = UploadEnd.Store(state, settings, draft, default);
        state.Objects.Multipart.Remove(upload);
        string tagOfAll = $"\"{Convert.ToHexStringLower(BitConverter.GetBytes(crc))}-{parts.Count}\"";
        return XmlReply.Document("CompleteMultipartUploadResult", xml =>
        {
            xml.WriteElementString("Location", $"http://{request.Host}/{bucket}/{name}");
            xml.WriteElementString("Bucket", bucket);
            xml.WriteElementString("Key", name);
            xml.WriteElementString("ETag", tagOfAll);
        }).With("X-Goog-Generation", XmlReply.Number(stored.Generation)).With("X-Goog-Hash", "crc32c=" + Crc32C.Base64(crc));
    }

    public Reply Abort(EmulatedRequest request, string bucket, string name)
    {
        state.Objects.Multipart.Remove(Find(request, bucket, name));
        return Reply.Empty(204);
    }

    public Reply ListParts(EmulatedRequest request, string bucket, string name)
    {
        MultipartUpload upload = Find(request, bucket, name);
        int after = int.TryParse(request.Parameter("part-number-marker"), out int marker) ? marker : 0;
        int max = int.TryParse(request.Parameter("max-parts"), out int asked) ? Math.Clamp(asked, 1, 1000) : 1000;
        UploadedPart[] rest = [.. upload.Parts.Values.Where(p => p.Number > after).OrderBy(p => p.Number)];
        return XmlReply.Document("ListPartsResult", xml =>
        {
            WriteHead(xml, bucket, upload);
            xml.WriteElementString("MaxParts", XmlReply.Number(max));
            xml.WriteElementString("IsTruncated", rest.Length > max ? "true" : "false");
            if (rest.Length > max)
            {
                xml.WriteElementString("NextPartNumberMarker", XmlReply.Number(rest[max - 1].Number));
            }

            foreach (UploadedPart part in rest.Take(max))
            {
                xml.WriteStartElement("Part");
                xml.WriteElementString("PartNumber", XmlReply.Number(part.Number));
                xml.WriteElementString("LastModified", XmlReply.Time(part.At));
                xml.WriteElementString("ETag", part.ETag);
                xml.WriteElementString("Size", XmlReply.Number(part.Content.Length));
                xml.WriteEndElement();
            }
        });
    }

    public Reply ListUploads(EmulatedRequest request, string bucket)
    {
        _ = state.Buckets.Find(bucket) ?? throw StorageException.NoBucket();
        string prefix = request.Parameter("prefix") ?? string.Empty;
        int max = int.TryParse(request.Parameter("max-uploads"), out int asked) ? Math.Clamp(asked, 1, 1000) : 1000;
        (string key, string id) = (request.Parameter("key-marker") ?? string.Empty, request.Parameter("upload-id-marker") ?? string.Empty);
        MultipartUpload[] rest =
        [
            .. state.Objects.Multipart.Of(bucket).Where(u => u.Name.StartsWith(prefix, StringComparison.Ordinal)
                && (Utf8Order.Instance.Compare(u.Name, key) > 0 || (u.Name == key && id.Length > 0 && string.CompareOrdinal(u.Id, id) > 0))),
        ];
        return XmlReply.Document("ListMultipartUploadsResult", xml =>
        {
            xml.WriteElementString("Bucket", bucket);
            xml.WriteElementString("MaxUploads", XmlReply.Number(max));
            xml.WriteElementString("IsTruncated", rest.Length > max ? "true" : "false");
            if (rest.Length > max)
            {
                xml.WriteElementString("NextKeyMarker", rest[max - 1].Name);
                xml.WriteElementString("NextUploadIdMarker", rest[max - 1].Id);
            }

            foreach (MultipartUpload upload in rest.Take(max))
            {
                xml.WriteStartElement("Upload");
                xml.WriteElementString("Key", upload.Name);
                xml.WriteElementString("UploadId", upload.Id);
                xml.WriteElementString("StorageClass", upload.StorageClass ?? "STANDARD");
                xml.WriteElementString("Initiated", XmlReply.Time(upload.StartedAt));
                xml.WriteEndElement();
            }
        });
    }

    private static void WriteHead(XmlWriter xml, string bucket, MultipartUpload upload)
    {
        xml.WriteElementString("Bucket", bucket);
        xml.WriteElementString("Key", upload.Name);
        xml.WriteElementString("UploadId", upload.Id);
        xml.WriteElementString("StorageClass", upload.StorageClass ?? "STANDARD");
    }

    /// <summary>The crc32c of the whole in the header of complete, if there is one.</summary>
    private static string? Given(EmulatedRequest request) => request.Header("X-Goog-Hash")?.Split(',', StringSplitOptions.TrimEntries)
        .FirstOrDefault(h => h.StartsWith("crc32c=", StringComparison.Ordinal))?["crc32c=".Length..];

    private static List<(int Number, string Tag)> Listed(EmulatedRequest request)
    {
        try
        {
            XElement root = XElement.Parse(System.Text.Encoding.UTF8.GetString(request.Body.Span));
            string Text(XElement part, string name) => part.Elements().First(e => e.Name.LocalName == name).Value.Trim();
            return [.. root.Elements().Where(e => e.Name.LocalName == "Part")
                .Select(p => (int.Parse(Text(p, "PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture), Text(p, "ETag")))];
        }
        catch (Exception e) when (e is XmlException or FormatException or InvalidOperationException or OverflowException)
        {
            throw XmlReply.Error(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema.");
        }
    }

    private MultipartUpload Find(EmulatedRequest request, string bucket, string name) =>
        state.Objects.Multipart.Find(request.Parameter("uploadId") ?? string.Empty) is MultipartUpload upload && upload.Bucket == bucket && upload.Name == name
            ? upload
            : throw NoSuchUpload();

    private static StorageException NoSuchUpload() => XmlReply.Error(404, "NoSuchUpload", "The requested upload was not found.");
}
