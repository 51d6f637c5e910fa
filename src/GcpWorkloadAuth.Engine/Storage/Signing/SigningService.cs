using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage.Signing;

/// <summary>Signed URLs and POST policies: made here, signed by the session's key or by IAM. Cloud Storage itself is not asked.</summary>
/// <param name="session">Who signs, and where Cloud Storage is.</param>
/// <param name="now">The time; the system's but in tests.</param>
internal sealed class SigningService(EngineSession session, Func<DateTime> now)
{
    // Both from https://cloud.google.com/storage/docs/access-control/signed-urls: 7 days at the most, and 12 hours where Google signs, as it
    // may change its key after that.
    private static readonly TimeSpan s_longestWithKey = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_longestWithIam = TimeSpan.FromHours(12);
    private readonly SessionSigner _signer = new(session);

    public async Task<GcsSignedUrl> SignUrlAsync(SignedUrlRequest request, EngineCall call)
    {
        Names.Bucket(request.Bucket);
        SigningIdentity identity = await DemandAsync(request.Lifetime, call).ConfigureAwait(false);
        Uri host = HostOf(request.Bucket, request.Style, request.HostName);
        bool isInHost = request.HostName is not null || request.Style == GcsUrlStyle.VirtualHosted;
        string path = (isInHost ? "/" : "/" + request.Bucket + (request.Name is null ? string.Empty : "/"))
            + (request.Name is null ? string.Empty : UrlText.EncodePath(Names.Object(request.Name)));
        V4Stamp stamp = new(now());
        CanonicalRequest canonical = new(request, host, path, stamp, identity.Account);
        BlobSignature signature = await _signer.SignAsync(stamp.ToSign(canonical.ToString()), call).ConfigureAwait(false);
        string url = host.GetLeftPart(UriPartial.Authority) + path + "?" + canonical.Query + "&X-Goog-Signature=" + V4Stamp.Hex(signature.Signature);
        return new GcsSignedUrl(
            url, request.Method, request.Bucket, request.Name, EndOf(stamp, request.Lifetime), identity.Account, canonical.HeadersToSend);
    }

    public async Task<GcsPostPolicy> SignPostPolicyAsync(PostPolicyRequest request, EngineCall call)
    {
        Names.Bucket(request.Bucket);
        SigningIdentity identity = await DemandAsync(request.Lifetime, call).ConfigureAwait(false);
        Uri host = HostOf(request.Bucket, request.Style, request.HostName);
        bool isInHost = request.HostName is not null || request.Style == GcsUrlStyle.VirtualHosted;
        V4Stamp stamp = new(now());
        Dictionary<string, string> fields = FieldsOf(request, stamp, identity.Account);
        string policy = Convert.ToBase64String(Encoding.ASCII.GetBytes(DocumentOf(request, fields, stamp)));
        BlobSignature signature = await _signer.SignAsync(Encoding.ASCII.GetBytes(policy), call).ConfigureAwait(false);
        fields["policy"] = policy;
        fields["x-goog-signature"] = V4Stamp.Hex(signature.Signature);
        string url = host.GetLeftPart(UriPartial.Authority) + (isInHost ? "/" : "/" + request.Bucket + "/");
        return new GcsPostPolicy(url, request.Bucket, fields, EndOf(stamp, request.Lifetime), identity.Account);
    }

    private static DateTime EndOf(V4Stamp stamp, TimeSpan lifetime) => stamp.Utc.Add(lifetime).ToLocalTime();

    private async Task<SigningIdentity> DemandAsync(TimeSpan lifetime, EngineCall call)
    {
        SigningIdentity identity = await session.Credential.GetSignerAsync(call).ConfigureAwait(false);
        TimeSpan longest = identity.HasKey ? s_longestWithKey : s_longestWithIam;
        if (lifetime < TimeSpan.FromSeconds(1) || lifetime > s_longestWithKey)
        {
            throw Errors.SignedLifetimeInvalid(lifetime.ToString());
        }

        return lifetime <= longest ? identity : throw Errors.SignedLifetimeNeedsKey(lifetime.ToString(), identity.Account);
    }

    // No token goes there: the signature is good for the host it was made for, and nowhere else.
    private Uri HostOf(string bucket, GcsUrlStyle style, Uri? named)
    {
        if (named is not null)
        {
            return named;
        }

        string universe = session.Record.UniverseDomain ?? session.Environment["GOOGLE_CLOUD_UNIVERSE_DOMAIN"] ?? Universe.Default;
        Uri address = session.Endpoints.Of(ApiService.Storage, universe).Address;
        Uri root = new(address.GetLeftPart(UriPartial.Authority));
        if (style == GcsUrlStyle.Path)
        {
            return root;
        }

        return root.HostNameType == UriHostNameType.Dns
            ? new UriBuilder(root) { Host = bucket + "." + root.Host }.Uri
            : throw Errors.SignedStyleNeedsHost(root.Authority);
    }

    private static Dictionary<string, string> FieldsOf(PostPolicyRequest request, V4Stamp stamp, string account)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> field in request.Fields)
        {
            fields[field.Key] = field.Value;
        }

        if (request.Name is not null)
        {
            fields["key"] = Names.Object(request.Name);
        }

        fields["x-goog-algorithm"] = V4Stamp.Algorithm;
        fields["x-goog-credential"] = account + "/" + stamp.Scope;
        fields["x-goog-date"] = stamp.Time;
        return fields;
    }

    // Source: https://cloud.google.com/storage/docs/authentication/signatures#policy-document.
    private static string DocumentOf(PostPolicyRequest request, Dictionary<string, string> fields, V4Stamp stamp)
    {
        List<object?> conditions = [new Dictionary<string, object?> { ["bucket"] = request.Bucket }];
        foreach (KeyValuePair<string, string> field in fields)
        {
            conditions.Add(new Dictionary<string, object?> { [field.Key] = field.Value });
        }

        if (request.NamePrefix is not null)
        {
            conditions.Add(new List<object?> { "starts-with", "$key", request.NamePrefix });
        }

        foreach (KeyValuePair<string, string> prefix in request.FieldPrefixes)
        {
            conditions.Add(new List<object?> { "starts-with", "$" + prefix.Key, prefix.Value });
        }

        if (request.Length is { } length)
        {
            conditions.Add(new List<object?> { "content-length-range", length.Least, length.Most });
        }

        Dictionary<string, object?> document = new()
        {
            ["conditions"] = conditions,
            ["expiration"] = stamp.Utc.Add(request.Lifetime).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        return Ascii(Encoding.UTF8.GetString(JsonBody.Write(document)));
    }

    // The document is signed as ASCII: everything else stands in it as \uXXXX.
    private static string Ascii(string json)
    {
        StringBuilder text = new(json.Length);
        foreach (char c in json)
        {
            if (c < 0x80)
            {
                text.Append(c);
            }
            else
            {
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
