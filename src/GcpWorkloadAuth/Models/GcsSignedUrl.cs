using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>
/// A signed URL: whoever has it may do what it says until it ends, without any account. It is made to be handed out, so it comes as
/// plain text; treat it as a secret all the same.
/// </summary>
public sealed class GcsSignedUrl
{
    internal GcsSignedUrl(string url, string method, string bucket, string? name, DateTime expiresAt, string account, IReadOnlyDictionary<string, string> headers)
    {
        Url = url;
        Method = method;
        Bucket = bucket;
        Name = name;
        ExpiresAt = expiresAt;
        Account = account;
        Headers = headers;
    }

    /// <summary>The URL with its signature.</summary>
    public string Url { get; }

    /// <summary>The HTTP method that it is for.</summary>
    public string Method { get; }

    /// <summary>The bucket.</summary>
    public string Bucket { get; }

    /// <summary>The object; null where the URL is the bucket's own.</summary>
    public string? Name { get; }

    /// <summary>When it ends, local time.</summary>
    public DateTime ExpiresAt { get; }

    /// <summary>The service account whose rights it lends.</summary>
    public string Account { get; }

    /// <summary>Headers that must be sent with it, exactly so; empty where none need be.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The URL, so that the object can stand where an address is wanted.</summary>
    public override string ToString() => Url;
}
