using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// The instance metadata service of AWS: region, role and the role's credentials, version 2 where the credential file names its
/// token's address. Source: EC2 user guide, "Instance metadata"; the order of requests is AIP-4117's.
/// </summary>
/// <param name="regionUrl">Answers with the availability zone; null where the file names none.</param>
/// <param name="keysUrl">Answers with the role, and below it with the role's credentials; null where the file names none.</param>
/// <param name="tokenUrl">Gives out a token of version 2; null for version 1.</param>
internal sealed class AwsMetadata(Uri? regionUrl, Uri? keysUrl, Uri? tokenUrl)
{
    // Used at once, so a short life will do. The value is that of Google's own libraries.
    private const string TokenLife = "300";
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    /// <summary>The header that goes with every further request; empty for version 1.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> OpenAsync(EngineCall call)
    {
        if (tokenUrl is null)
        {
            return [];
        }

        string token = (await AskAsync(HttpMethod.Put, tokenUrl, [new("X-aws-ec2-metadata-token-ttl-seconds", TokenLife)], call)
            .ConfigureAwait(false)).Trim();
        return SmallAnswer.IsHeaderText(token)
            ? [new("X-aws-ec2-metadata-token", token)]
            : throw Errors.AwsCredentialsUnavailable("the answer of " + DisplayUri.Of(tokenUrl) + " is no token.");
    }

    /// <summary>The region: the availability zone without its last letter.</summary>
    public async Task<string> GetRegionAsync(IReadOnlyList<KeyValuePair<string, string>> headers, EngineCall call)
    {
        Uri url = regionUrl ?? throw Errors.AwsCredentialsUnavailable("neither AWS_REGION is set nor does the credential file name a 'region_url'.");
        string zone = (await AskAsync(HttpMethod.Get, url, headers, call).ConfigureAwait(false)).Trim();
        return zone.Length > 1 ? zone.Substring(0, zone.Length - 1) : string.Empty;
    }

    /// <summary>The credentials of the role that is attached to the instance.</summary>
    public async Task<AwsKeys> GetKeysAsync(IReadOnlyList<KeyValuePair<string, string>> headers, EngineCall call)
    {
        Uri url = keysUrl ?? throw Errors.AwsCredentialsUnavailable("neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set nor does the credential file name a 'url'.");
        string role = (await AskAsync(HttpMethod.Get, url, headers, call).ConfigureAwait(false)).Trim();
        if (!IsRole(role))
        {
            throw Errors.AwsCredentialsUnavailable("the answer of " + DisplayUri.Of(url) + " is no role name.");
        }

        Uri roleUrl = new(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" + Uri.EscapeDataString(role));
        string text = await AskAsync(HttpMethod.Get, roleUrl, headers, call).ConfigureAwait(false);
        if (JsonText.TryRead(new ArraySegment<byte>(Encoding.UTF8.GetBytes(text)), static (ref JsonCursor json) => json.Value(), out object? value)
            && value is Dictionary<string, object?> fields
            && SmallAnswer.Text(fields, "AccessKeyId") is { } id && SmallAnswer.Text(fields, "SecretAccessKey") is { } secret
            && SmallAnswer.IsHeaderText(id) && (SmallAnswer.Text(fields, "Token") is not { } token || SmallAnswer.IsHeaderText(token)))
        {
            return new AwsKeys(id, secret, SmallAnswer.Text(fields, "Token"));
        }

        // The answer itself is never repeated: it may hold the secret.
        throw Errors.AwsCredentialsUnavailable("the answer of " + DisplayUri.Of(roleUrl) + " holds no credentials.");
    }

    private static async Task<string> AskAsync(
        HttpMethod verb, Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, EngineCall call)
    {
        SmallRequest request = new(verb, url, headers) { Deadline = s_deadline };
        using HttpReply reply = await request.SendAsync(SubjectTokenSource.Largest, call).ConfigureAwait(false);
        if (reply.IsRedirect)
        {
            throw Errors.RedirectRefused(url.Authority, reply.LocationFrom(url)?.Authority ?? "?");
        }

        return reply.IsSuccess
            ? reply.Text()
            : throw Refusals.WithStatus(
                Errors.AwsCredentialsUnavailable(
                    FormattableString.Invariant($"{verb.Method} {DisplayUri.Of(url)} was answered with the status {reply.Status}.")),
                reply.Status);
    }

    // IAM user guide, "IAM and AWS STS quotas": up to 64 of A-Z a-z 0-9 and + = , . @ - _
    private static bool IsRole(string name)
    {
        foreach (char c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '+' or '=' or ',' or '.' or '@' or '-' or '_'))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= 128 && name.Trim('.').Length > 0;
    }
}
