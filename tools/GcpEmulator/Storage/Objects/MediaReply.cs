using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>An object's content as an answer: ranges, hashes, decompression ("Objects: get", "Transcoding of gzip-compressed files").</summary>
internal static class MediaReply
{
    /// <param name="request">The request.</param>
    /// <param name="o">The object.</param>
    /// <param name="isXml">True for the XML API, which shows custom metadata as headers.</param>
    public static Reply Create(EmulatedRequest request, StoredObject o, bool isXml = false)
    {
        bool isGzip = string.Equals(o.ContentEncoding, "gzip", StringComparison.OrdinalIgnoreCase);
        bool takesGzip = request.Header("Accept-Encoding")?.Contains("gzip", StringComparison.OrdinalIgnoreCase) ?? false;
        bool mayChange = o.Text("cacheControl")?.Contains("no-transform", StringComparison.OrdinalIgnoreCase) != true;
        if (isGzip && !takesGzip && mayChange)
        {
            // Decompressed on its way out: the length is not known and ranges are not served.
            return Adorn(new Reply { ContentType = o.ContentType, Content = o.Content, Count = o.Content.Length, Gunzip = true }, o, isXml)
                .With("Warning", "214 UploadServer gunzipped");
        }

        long length = o.Content.Length;
        (long from, long to, bool isRange) = (0, length - 1, false);
        if (request.Header("Range") is string header && TryRange(header, length, out from, out to))
        {
            if (from > to || from >= length)
            {
                return Reply.Text(isXml ? "<?xml version='1.0' encoding='UTF-8'?><Error><Code>InvalidRange</Code>"
                    + "<Message>The requested range cannot be satisfied.</Message></Error>" : "Request range not satisfiable",
                    isXml ? Reply.XmlType : Reply.HtmlType, 416)
                    .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{length}"));
            }

            isRange = true;
        }

        Reply reply = new() { Status = isRange ? 206 : 200, ContentType = o.ContentType, Content = o.Content, From = from, Count = to - from + 1 };
        if (isRange)
        {
            reply.With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{length}"));
        }

        if (o.ContentEncoding is { Length: > 0 } encoding)
        {
            reply.With("Content-Encoding", encoding);
        }

        return Adorn(reply, o, isXml).With("Accept-Ranges", "bytes");
    }

    private static Reply Adorn(Reply reply, StoredObject o, bool isXml)
    {
        string crc = "crc32c=" + Crc32C.Base64(o.Crc32C);
        reply.With("ETag", isXml && o.Md5 is not null
                ? "\"" + Convert.ToHexStringLower(Convert.FromBase64String(o.Md5)) + "\""
                : isXml ? "\"" + ObjectJson.ETag(o) + "\"" : ObjectJson.ETag(o))
            .With("X-Goog-Generation", o.Generation.ToString(CultureInfo.InvariantCulture))
            .With("X-Goog-Metageneration", o.Metageneration.ToString(CultureInfo.InvariantCulture))
            .With("X-Goog-Hash", o.Md5 is null ? crc : crc + ",md5=" + o.Md5)
            .With("X-Goog-Storage-Class", o.StorageClass)
            .With("X-Goog-Stored-Content-Encoding", o.ContentEncoding is { Length: > 0 } encoding ? encoding : "identity")
            .With("X-Goog-Stored-Content-Length", o.Content.Length.ToString(CultureInfo.InvariantCulture))
            .With("Last-Modified", o.UpdatedAt.UtcDateTime.ToString("R", CultureInfo.InvariantCulture))
            .With("Cache-Control", o.Text("cacheControl") ?? "private, max-age=0");
        AddText(reply, "Content-Disposition", o.Text("contentDisposition"));
        AddText(reply, "Content-Language", o.Text("contentLanguage"));
        if (o.ComponentCount is int components)
        {
            reply.With("X-Goog-Component-Count", components.ToString(CultureInfo.InvariantCulture));
        }

        if (o.CustomerKeySha256 is not null)
        {
            reply.With("X-Goog-Encryption-Algorithm", "AES256").With("X-Goog-Encryption-Key-Sha256", o.CustomerKeySha256);
        }

        if (isXml && o.Resource["metadata"] is JsonObject metadata)
        {
            foreach ((string name, JsonNode? value) in metadata)
            {
                AddText(reply, "X-Goog-Meta-" + name, value?.ToString());
            }
        }

        return reply;
    }

    /// <summary>Headers carry ASCII only: other text stays out. ASSUMED.</summary>
    private static void AddText(Reply reply, string name, string? value)
    {
        if (value is not null && value.All(c => c is >= ' ' and < '\u007F'))
        {
            reply.With(name, value);
        }
    }

    /// <summary>False for what is no single range of bytes: the header is ignored then (RFC 9110, 14.2).</summary>
    private static bool TryRange(string header, long length, out long from, out long to)
    {
        (from, to) = (0, length - 1);
        int dash = header.IndexOf('-', StringComparison.Ordinal);
        if (!header.StartsWith("bytes=", StringComparison.Ordinal) || dash < 0 || header.Contains(',', StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> first = header.AsSpan(6, dash - 6).Trim(), last = header.AsSpan(dash + 1).Trim();
        if (first.IsEmpty)
        {
            if (!long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long suffix))
            {
                return false;
            }

            from = Math.Max(0, length - suffix);
            return true;
        }

        if (!long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out long start))
        {
            return false;
        }

        long end = length - 1;
        if (!last.IsEmpty && (!long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out end) || end < start))
        {
            return false;
        }

        (from, to) = (start, Math.Min(end, length - 1));
        return true;
    }
}
