using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <content>What an answer's head says.</content>
internal sealed partial class RangeReader
{
    private void Take(HttpResponseMessage response)
    {
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        int status = (int)response.StatusCode;
        long? size = range?.Length ?? Number(Header(response, "x-goog-stored-content-length")) ?? (status == 200 ? response.Content.Headers.ContentLength : null)
            ?? Object.Size;
        if (size is null)
        {
            throw Strange(response, "it does not say how long the object is");
        }

        if (status == 416)
        {
            // Nothing lies there: behind the end, or anywhere in an empty object.
            _position = Math.Max(_position, 0);
            _end = _position;
        }
        else
        {
            long start = status == 206 ? range?.From ?? -1 : 0;
            bool isExpected = _position < 0 ? start == Math.Max(0, size.Value + _position) || status == 200 : start == _position;
            if (!isExpected)
            {
                throw Strange(response, "it is another range than was asked for");
            }

            if (_position < 0)
            {
                _position = start;
            }

            _end = Math.Min(_end ?? long.MaxValue, size.Value);
        }

        if (!_isOpened)
        {
            Object = Describe(response, size.Value);
        }
    }

    private GcsObject Describe(HttpResponseMessage response, long size)
    {
        GcsObject known = Object;
        string? crc = known.Crc32C;
        string? md5 = known.Md5Hash;
        foreach (string part in (Header(response, "x-goog-hash") ?? string.Empty).Split(','))
        {
            string text = part.Trim();
            crc ??= After(text, "crc32c=");
            md5 ??= After(text, "md5=");
        }

        return new GcsObject
        {
            Bucket = known.Bucket,
            Name = known.Name,
            Generation = known.Generation ?? Number(Header(response, "x-goog-generation")),
            Metageneration = known.Metageneration ?? Number(Header(response, "x-goog-metageneration")),
            Size = size,
            Crc32C = crc,
            Md5Hash = md5,
            ContentType = known.ContentType ?? response.Content.Headers.ContentType?.ToString(),
            ContentEncoding = known.ContentEncoding ?? Encoding(response),
            StorageClass = known.StorageClass ?? Header(response, "x-goog-storage-class"),
            CreationTime = known.CreationTime,
            UpdateTime = known.UpdateTime,
            Metadata = known.Metadata,
        };
    }

    // As it is stored; "identity" is the word for none.
    private static string? Encoding(HttpResponseMessage response)
    {
        string? stored = Header(response, "x-goog-stored-content-encoding");
        return stored is null or "identity" ? (response.Content.Headers.ContentEncoding.Count > 0 ? string.Join(",", response.Content.Headers.ContentEncoding) : null) : stored;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(",", values) : null;

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static string? After(string text, string start) => text.StartsWith(start, StringComparison.Ordinal) ? text.Substring(start.Length) : null;

    private static TransportFailure Strange(HttpResponseMessage response, string why) =>
        new(TransportFailureKind.Truncated, response.RequestMessage?.RequestUri?.Authority ?? "Cloud Storage", why);
}
