using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// A workload on AWS. Its subject token is a signed request for GetCallerIdentity, which only Google's Security Token Service sends:
/// AWS then says who signed (AIP-4117, "Determining the subject token in AWS"). Variables win over the instance's metadata, and where
/// they say everything, nobody is asked.
/// </summary>
internal sealed class AwsTokenSource : SubjectTokenSource
{
    private const string TargetHeader = "x-goog-cloud-target-resource";
    private static readonly IPAddress[] s_hosts = [IPAddress.Parse("169.254.169.254"), IPAddress.Parse("fd00:ec2::254")];

    private readonly string _audience;
    private readonly string _verificationUrl;
    private readonly AwsMetadata _metadata;
    private readonly string? _region;
    private readonly AwsKeys? _keys;

    /// <param name="source">The credential_source.</param>
    /// <param name="audience">Signed with the request, so that nobody else can use it.</param>
    /// <param name="environment">The variables.</param>
    /// <param name="named">What -Endpoint says of the instance metadata service; null where it says nothing.</param>
    public AwsTokenSource(FileFields source, string audience, EnvironmentSnapshot environment, Uri? named)
    {
        _audience = audience;
        DemandVersion1(source);
        _verificationUrl = source.Demand("regional_cred_verification_url");
        VerificationUrl(source, _verificationUrl, "us-east-1");
        _metadata = new AwsMetadata(
            MetadataUrl(source, "region_url", named), MetadataUrl(source, "url", named), MetadataUrl(source, "imdsv2_session_token_url", named));
        _region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"];
        string? id = environment["AWS_ACCESS_KEY_ID"];
        string? secret = environment["AWS_SECRET_ACCESS_KEY"];
        _keys = id is not null && secret is not null ? new AwsKeys(id, secret, environment["AWS_SESSION_TOKEN"]) : null;
        Recipe = _keys is null ? "aws" : Secrets.Digest(string.Join("\n", _keys.AccessKeyId, _keys.SecretAccessKey, _keys.SessionToken, _region));
        Source = source;
    }

    /// <summary>Whose keys stand in the environment decides whose token it is.</summary>
    public override string Recipe { get; }

    private FileFields Source { get; }

    public override async Task<SubjectToken> GetAsync(EngineCall call)
    {
        IReadOnlyList<KeyValuePair<string, string>> headers = _region is null || _keys is null ? await _metadata.OpenAsync(call).ConfigureAwait(false) : [];
        string region = _region ?? await _metadata.GetRegionAsync(headers, call).ConfigureAwait(false);
        if (!IsRegion(region))
        {
            throw Errors.AwsCredentialsUnavailable("the region found is no region name.");
        }

        AwsKeys keys = _keys ?? await _metadata.GetKeysAsync(headers, call).ConfigureAwait(false);
        if (!SmallAnswer.IsHeaderText(keys.AccessKeyId) || (keys.SessionToken is not null && !SmallAnswer.IsHeaderText(keys.SessionToken)))
        {
            throw Errors.AwsCredentialsUnavailable("an access key or a session token holds characters that none has.");
        }

        return new SubjectToken(
            Sign(VerificationUrl(Source, _verificationUrl, region), region, keys, _audience, DateTime.UtcNow), keys.SecretAccessKey, keys.SessionToken);
    }

    /// <summary>The signed request in the form that the Security Token Service reads: escaped JSON of url, method and headers.</summary>
    public static string Sign(Uri url, string region, AwsKeys keys, string audience, DateTime timeUtc)
    {
        SortedDictionary<string, string> headers = new(StringComparer.Ordinal)
        {
            ["host"] = url.Host,
            ["x-amz-date"] = AwsSignature.Time(timeUtc),
            [TargetHeader] = audience,
        };
        if (keys.SessionToken is not null)
        {
            headers["x-amz-security-token"] = keys.SessionToken;
        }

        string authorization = AwsSignature.Authorization(keys, region, "POST", url, headers, timeUtc);
        List<object?> list = [Header("Authorization", authorization)];
        foreach (KeyValuePair<string, string> header in headers)
        {
            list.Add(Header(header.Key, header.Value));
        }

        byte[] json = JsonBody.Write(new Dictionary<string, object?> { ["headers"] = list, ["method"] = "POST", ["url"] = url.OriginalString });
        return Uri.EscapeDataString(Encoding.UTF8.GetString(json));
    }

    private static Dictionary<string, object?> Header(string name, string value) => new() { ["key"] = name, ["value"] = value };

    private static void DemandVersion1(FileFields source)
    {
        string id = source.Demand("environment_id");
        bool isAws = id.StartsWith("aws", StringComparison.Ordinal)
            && int.TryParse(id.Substring(3), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (id != "aws1")
        {
            throw source.Invalid("environment_id", isAws ? "this version of the module knows 'aws1' only" : "it is not 'aws1'");
        }
    }

    // Never asked by us. It must be the one action that tells nothing but the caller's identity: with another, the signature would let
    // whoever gets it act in the AWS account.
    private static Uri VerificationUrl(FileFields source, string template, string region)
    {
        const string field = "regional_cred_verification_url";
        Uri? url = CheckedUrl.Parse(template.Replace("{region}", region));
        bool isSts = url is not null && url.Scheme == Uri.UriSchemeHttps && url.Port == 443 && IsStsHost(url.Host);
        if (!isSts)
        {
            throw source.Refused(field, url?.Authority ?? "?");
        }

        return url!.AbsolutePath == "/" && url.Query is "?Action=GetCallerIdentity&Version=2011-06-15"
            ? url
            : throw source.Invalid(field, "it asks for something else than GetCallerIdentity");
    }

    // sts.amazonaws.com, sts.REGION.amazonaws.com, and the same of China and with FIPS.
    private static bool IsStsHost(string host)
    {
        string[] labels = host.ToLowerInvariant().Split('.');
        int start = labels.Length > 2 && labels[1] != "amazonaws" ? 2 : 1;
        string domain = string.Join(".", labels, start, labels.Length - start);
        return (labels[0] is "sts" or "sts-fips") && (domain is "amazonaws.com" or "amazonaws.com.cn");
    }

    // One of the two addresses of the service, in whatever way it is written, or what the user named in their place.
    private static Uri? MetadataUrl(FileFields source, string field, Uri? named)
    {
        if (source.Text(field) is not { } text)
        {
            return null;
        }

        Uri url = CheckedUrl.Parse(text) ?? throw source.Refused(field, "?");
        bool isService = url.Scheme == Uri.UriSchemeHttp && url.Port == 80
            && IPAddress.TryParse(url.DnsSafeHost, out IPAddress? address) && Array.IndexOf(s_hosts, address) >= 0
            && url.AbsolutePath.StartsWith("/latest/", StringComparison.Ordinal);
        if (!isService)
        {
            throw source.Refused(field, url.Authority);
        }

        return named is null ? url : new Uri(named.AbsoluteUri.TrimEnd('/') + url.PathAndQuery);
    }

    private static bool IsRegion(string region)
    {
        foreach (char c in region)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return region.Length is > 0 and <= 40;
    }
}
