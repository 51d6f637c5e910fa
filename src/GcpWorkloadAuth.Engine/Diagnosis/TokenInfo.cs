using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Credentials.External;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>
/// What Google says of an access token (https://oauth2.googleapis.com/tokeninfo). It is asked by POST: in an address the token would
/// stand in the logs of whatever lies between.
/// </summary>
internal sealed class TokenInfo
{
    private const int Largest = 64 * 1024;

    private TokenInfo(string? email, IReadOnlyList<string> scopes, long? secondsLeft)
    {
        Email = email;
        Scopes = scopes;
        SecondsLeft = secondsLeft;
    }

    /// <summary>Null where the token does not tell it (it needs the scope userinfo.email).</summary>
    public string? Email { get; }

    public IReadOnlyList<string> Scopes { get; }

    public long? SecondsLeft { get; }

    public static async Task<TokenInfo> AskAsync(Uri address, CachedToken token, EngineCall call)
    {
        SmallRequest request = Form.Post(address, null, null, ("access_token", token.Value));
        using HttpReply reply = await request.SendAsync(Largest, call).ConfigureAwait(false);
        if (!JsonText.TryRead(reply.Body, Read, out Answer answer))
        {
            throw Errors.ResponseNotJson(address.Authority, reply.ContentType);
        }

        if (!reply.IsSuccess)
        {
            GcpException refused = Errors.TokenNotAccepted(answer.Error ?? reply.Status.ToString(CultureInfo.InvariantCulture));
            refused.StatusCode = reply.Status;
            throw refused;
        }

        string[] scopes = (answer.Scope ?? string.Empty).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        return new TokenInfo(answer.Email, scopes, answer.SecondsLeft);
    }

    private static Answer Read(ref JsonCursor json)
    {
        Answer answer = default;
        if (!json.BeginObject())
        {
            return answer;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "email":
                    answer.Email = json.String();
                    break;
                case "scope":
                    answer.Scope = json.String();
                    break;
                case "expires_in":
                    // A string in the answers there are.
                    answer.SecondsLeft = json.Int64();
                    break;
                case "error" or "error_description":
                    answer.Error = json.String() is { } text ? (answer.Error is null ? text : answer.Error + ": " + text) : answer.Error;
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return answer;
    }

    private struct Answer
    {
        public string? Email;
        public string? Scope;
        public long? SecondsLeft;
        public string? Error;
    }
}
