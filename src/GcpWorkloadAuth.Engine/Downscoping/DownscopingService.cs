using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Credentials.External;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Downscoping;

/// <summary>
/// Token exchange with an access boundary (RFC 8693; google-auth-library-python, downscoped.py). Where the token may go is the rule of
/// every API call.
/// </summary>
internal sealed class DownscopingService(EngineSession session)
{
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";

    /// <summary>A token that ends when the session's ends, or sooner.</summary>
    public async Task<CachedToken> FetchAsync(string options, bool forceRefresh, EngineCall call)
    {
        (Endpoint endpoint, CachedToken source) = await new ApiClient(session).AuthorizeForBodyAsync(ApiService.Sts, forceRefresh, call).ConfigureAwait(false);
        Uri address = new(endpoint.Address.AbsoluteUri + StsApi.Token.Format([]));
        SmallRequest request = Form.Post(
            address,
            null,
            null,
            ("grant_type", Exchange),
            ("requested_token_type", AccessToken),
            ("subject_token_type", AccessToken),
            ("subject_token", source.Value),
            ("options", options));
        using HttpReply reply = await request.SendAsync(SubjectTokenSource.Largest, call).ConfigureAwait(false);
        return reply.IsSuccess ? Read(reply, address, source) : throw Refuse(reply, address, source);
    }

    private GcpException Refuse(HttpReply reply, Uri address, CachedToken source)
    {
        string name = session.Credential.Source;
        GcpException refused = Refusals.OfSts(reply, address, name, [source.Value]);
        return refused.ErrorId == nameof(Resources.Strings.FederationRefused)
            ? Refusals.WithStatus(Errors.DownscopingRefused(name, refused.Reason ?? "?", Refusals.Description(reply, [source.Value])), reply.Status, refused.Reason)
            : refused;
    }

    // expires_in is not always there; the new token then lives as long as the one it was made of.
    private static CachedToken Read(HttpReply reply, Uri address, CachedToken source)
    {
        if (SmallAnswer.Read(reply) is not { } fields)
        {
            throw JsonText.LooksLikeJson(reply.Body)
                ? Errors.TokenResponseInvalid(address.Authority)
                : Errors.ResponseNotJson(address.Authority, reply.ContentType);
        }

        string? token = SmallAnswer.Text(fields, "access_token");
        if (!CachedToken.IsToken(token))
        {
            throw Errors.TokenResponseInvalid(address.Authority);
        }

        TimeSpan left = source.Left;
        if (fields.ContainsKey("expires_in"))
        {
            TimeSpan told = SmallAnswer.Life(fields) ?? throw Errors.TokenResponseInvalid(address.Authority);
            left = told < left ? told : left;
        }

        return new CachedToken(token!, "Bearer", left);
    }
}
