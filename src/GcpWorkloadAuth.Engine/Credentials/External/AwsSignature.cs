using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// Signature Version 4 of AWS for a request without a body. Source: IAM user guide, "Signature Version 4 signing process"; checked
/// against the vectors of botocore that google-auth-library-python carries.
/// </summary>
internal static class AwsSignature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The value of the Authorization header.</summary>
    /// <param name="keys">Who signs.</param>
    /// <param name="region">The region of the service, "us-east-2".</param>
    /// <param name="verb">The HTTP method.</param>
    /// <param name="url">Absolute, https. The first label of its host is the service.</param>
    /// <param name="headers">All headers that are signed, by lower-case name; host among them.</param>
    /// <param name="timeUtc">When it is signed.</param>
    public static string Authorization(
        AwsKeys keys, string region, string verb, Uri url, SortedDictionary<string, string> headers, DateTime timeUtc)
    {
        string day = timeUtc.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        string service = url.Host.Split('.')[0];
        string signed = string.Join(";", headers.Keys);
        StringBuilder canonical = new();
        canonical.Append(verb).Append('\n').Append(url.AbsolutePath).Append('\n').Append(Query(url)).Append('\n');
        foreach (KeyValuePair<string, string> header in headers)
        {
            canonical.Append(header.Key).Append(':').Append(header.Value).Append('\n');
        }

        canonical.Append('\n').Append(signed).Append('\n').Append(Hash(string.Empty));
        string scope = string.Join("/", day, region, service, "aws4_request");
        string toSign = string.Join("\n", Algorithm, Time(timeUtc), scope, Hash(canonical.ToString()));
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + keys.SecretAccessKey);
        foreach (string part in new[] { day, region, service, "aws4_request" })
        {
            key = Hmac(key, part);
        }

        return Algorithm + " Credential=" + keys.AccessKeyId + "/" + scope + ", SignedHeaders=" + signed + ", Signature=" + Hex(Hmac(key, toSign));
    }

    /// <summary>A time as the header x-amz-date has it.</summary>
    public static string Time(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    // Sorted by name, then by value, each escaped.
    private static string Query(Uri url)
    {
        List<string> pairs = [];
        foreach (string pair in url.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            string name = equals < 0 ? pair : pair.Substring(0, equals);
            string value = equals < 0 ? string.Empty : pair.Substring(equals + 1);
            pairs.Add(Escape(name) + "=" + Escape(value));
        }

        pairs.Sort(StringComparer.Ordinal);
        return string.Join("&", pairs);
    }

    private static string Escape(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static string Hash(string text)
    {
        using SHA256 sha = SHA256.Create();
        return Hex(sha.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    private static byte[] Hmac(byte[] key, string text)
    {
        using HMACSHA256 hmac = new(key);
        return hmac.ComputeHash(Encoding.UTF8.GetBytes(text));
    }

    private static string Hex(byte[] bytes)
    {
        StringBuilder text = new(bytes.Length * 2);
        foreach (byte b in bytes)
        {
            text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}

/// <summary>Security credentials of AWS. Secrets.</summary>
internal sealed class AwsKeys(string accessKeyId, string secretAccessKey, string? sessionToken)
{
    public string AccessKeyId { get; } = accessKeyId;

    public string SecretAccessKey { get; } = secretAccessKey;

    /// <summary>Only temporary credentials have one.</summary>
    public string? SessionToken { get; } = sessionToken;
}
