using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Iam;

/// <summary>Tokens and signatures of other service accounts. One narrow class: a generated client could take its place.</summary>
/// <param name="client">Sends with the token of whoever asks.</param>
/// <param name="caller">Who asks, for messages.</param>
internal sealed partial class IamCredentialsService(ApiClient client, string caller)
{
    private const string NamePrefix = "projects/-/serviceAccounts/";

    /// <summary>An access token of an account.</summary>
    /// <param name="target">Whose, and through whom.</param>
    /// <param name="scopes">At least one; the API demands it.</param>
    /// <param name="lifetime">How long it shall live; more than an hour needs leave by an organisation policy.</param>
    /// <param name="call">Whom to tell, when to stop.</param>
    public async Task<CachedToken> GenerateAccessTokenAsync(
        ImpersonationTarget target, IReadOnlyList<string> scopes, TimeSpan lifetime, EngineCall call)
    {
        Dictionary<string, object?> body = Body(target);
        body["scope"] = scopes;
        body["lifetime"] = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture) + "s";
        try
        {
            GeneratedToken token = await CallAsync(
                IamCredentialsApi.GenerateAccessToken, target, body, GeneratedToken.Read, "iam.serviceAccounts.getAccessToken", call)
                .ConfigureAwait(false);
            return token.ToCachedToken(lifetime) ?? throw Errors.TokenResponseInvalid(ApiService.IamCredentials.Title);
        }
        catch (GcpException refused) when (refused.StatusCode == 400 && lifetime > ImpersonatedCredential.DefaultLifetime)
        {
            throw Like(refused, Errors.LifetimeRefused(target.Account, lifetime.TotalSeconds, refused.Message));
        }
    }

    private async Task<T> CallAsync<T>(
        ApiMethod method,
        ImpersonationTarget target,
        Dictionary<string, object?> body,
        JsonMapper<T> map,
        string permission,
        EngineCall call)
    {
        try
        {
            return await client.SendAsync(
                method,
                method.Format([target.Account]),
                JsonBody.Write(body),
                map,
                refusal => Errors.ImpersonationTargetNotFound(target.Account, refusal.Message),
                call).ConfigureAwait(false);
        }
        catch (GcpException refused) when (refused.ErrorId == nameof(Strings.PermissionDenied))
        {
            throw Like(refused, Errors.ImpersonationDenied(caller, target.Account, permission, refused.Message));
        }
    }

    private static Dictionary<string, object?> Body(ImpersonationTarget target)
    {
        Dictionary<string, object?> body = new(StringComparer.Ordinal);
        if (target.Delegates.Count > 0)
        {
            List<string> names = [];
            foreach (string account in target.Delegates)
            {
                names.Add(NamePrefix + account);
            }

            body["delegates"] = names;
        }

        return body;
    }

    private static GcpException Like(GcpException refused, GcpException meant)
    {
        meant.StatusCode = refused.StatusCode;
        meant.Reason = refused.Reason;
        meant.RequestUri = refused.RequestUri;
        return meant;
    }
}
