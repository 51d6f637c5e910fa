using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// A service account's token for a federated one: the generateAccessToken of the IAM Credentials API, at the address that the
/// credential file names and that was checked.
/// </summary>
internal sealed class AccountToken(Uri address, string account, TimeSpan lifetime)
{
    public async Task<CachedToken> FetchAsync(CachedToken federated, IReadOnlyList<string> scopes, IReadOnlyList<string?> secrets, EngineCall call)
    {
        byte[] body = JsonBody.Write(new Dictionary<string, object?>
        {
            ["scope"] = scopes,
            ["lifetime"] = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture) + "s",
        });
        SmallRequest request = new(
            HttpMethod.Post,
            address,
            [new("Accept", "application/json"), new("Authorization", "Bearer " + federated.Value)],
            body,
            "application/json; charset=utf-8");
        using HttpReply reply = await request.SendAsync(SubjectTokenSource.Largest, call).ConfigureAwait(false);
        return reply.IsSuccess ? Read(reply) : throw Refusals.OfServiceAccount(reply, address, account, [.. secrets, federated.Value]);
    }

    // {"accessToken":"...","expireTime":"2026-01-31T12:00:00Z"}
    private CachedToken Read(HttpReply reply)
    {
        Dictionary<string, object?>? fields = SmallAnswer.Read(reply);
        if (fields is null && !JsonText.LooksLikeJson(reply.Body))
        {
            throw Errors.ResponseNotJson(address.Authority, reply.ContentType);
        }

        string? token = fields is null ? null : SmallAnswer.Text(fields, "accessToken");
        string? end = fields is null ? null : SmallAnswer.Text(fields, "expireTime");
        if (!SmallAnswer.IsHeaderText(token)
            || !DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset expires))
        {
            throw Errors.TokenResponseInvalid(address.Authority);
        }

        // By the server's own clock where it tells it: this machine's may be wrong.
        DateTimeOffset now = DateTimeOffset.TryParse(
            reply.Header("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date : DateTimeOffset.UtcNow;
        TimeSpan left = expires - now;
        left = left < lifetime ? left : lifetime;
        return left > TimeSpan.Zero ? new CachedToken(token!, "Bearer", left) : throw Errors.TokenResponseInvalid(address.Authority);
    }
}
