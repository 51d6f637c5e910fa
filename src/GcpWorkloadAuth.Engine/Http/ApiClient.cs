using System;
using System.Net.Http;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>
/// Calls the methods of the Api tables: finds the endpoint, decides on the token, tries again what may be tried again, renews a
/// refused token once, and turns refusals into failures.
/// </summary>
/// <param name="session">The session whose endpoints and settings count.</param>
/// <param name="other">Whose token goes with the requests, where it is not the session's own.</param>
internal sealed class ApiClient(EngineSession session, TokenHandle? other = null)
{
    private const int LargestBody = 64 * 1024 * 1024;
    private const int MaxAttempts = 6;
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(90);

    /// <summary>Calls a method and maps its answer.</summary>
    /// <param name="method">The row of the table.</param>
    /// <param name="pathAndQuery">Made by <see cref="ApiMethod.Format"/>.</param>
    /// <param name="map">Reads the answer.</param>
    /// <param name="notFound">What a 404 means.</param>
    /// <param name="call">Whom to tell, when to stop.</param>
    public Task<T> GetAsync<T>(
        ApiMethod method, string pathAndQuery, JsonMapper<T> map, Func<ApiRefusal, GcpException> notFound, EngineCall call) =>
        SendAsync(method, pathAndQuery, null, map, notFound, call);

    /// <summary>As <see cref="GetAsync"/>, with a JSON body.</summary>
    public async Task<T> SendAsync<T>(
        ApiMethod method, string pathAndQuery, byte[]? json, JsonMapper<T> map, Func<ApiRefusal, GcpException> notFound, EngineCall call)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            using HttpReply reply = await SendAsync(method, pathAndQuery, json, notFound, call).ConfigureAwait(false);
            if (JsonText.TryRead(reply.Body, map, out T value))
            {
                return value;
            }

            if (!JsonText.LooksLikeJson(reply.Body))
            {
                throw Errors.ResponseNotJson(method.Service.Title, reply.ContentType);
            }

            // Cut where the transport did not notice it (a proxy; a compressed body under Mono): asked for once more.
            if (!isFirst || method.Retry != RetryClass.Idempotent)
            {
                throw Errors.ResponseTruncated(method.Service.Title);
            }
        }
    }

    /// <summary>
    /// Where a request goes that carries the token in its body, and a token that may go there; the rules are those of every call.
    /// </summary>
    public async Task<(Endpoint Endpoint, CachedToken Token)> AuthorizeForBodyAsync(ApiService service, bool forceRefresh, EngineCall call)
    {
        (Endpoint endpoint, _) = await FindAsync(service, call).ConfigureAwait(false);
        return (endpoint, await Handle.GetAsync(forceRefresh, call).ConfigureAwait(false));
    }

    private async Task<HttpReply> SendAsync(
        ApiMethod method, string pathAndQuery, byte[]? json, Func<ApiRefusal, GcpException> notFound, EngineCall call)
    {
        (Endpoint endpoint, CachedToken? token) = await AuthorizeAsync(method.Service, call).ConfigureAwait(false);

        // The quota project of the session is for its own calls: another identity may not be allowed to use it.
        string? quotaProject = other is null ? SettingsResolver.QuotaProject(session)?.Value : other.Credential.QuotaProject;

        // Not as a relative address: "projects:search" would be one of its own.
        Uri uri = new(endpoint.Address.AbsoluteUri + pathAndQuery);
        Backoff backoff = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(16), s_deadline);
        bool renewed = false;
        for (int attempt = 1; ; attempt++)
        {
            GcpException failure;
            TimeSpan? retryAfter = null;
            try
            {
                TimeSpan limit = backoff.Left < s_attempt ? backoff.Left : s_attempt;
                using HttpRequestMessage request = MakeRequest(method, uri, token, quotaProject, json);
                HttpReply reply = await HttpSender.SendAsync(HttpTransport.For(uri), request, limit, LargestBody, attempt, call)
                    .ConfigureAwait(false);
                if (reply.IsSuccess)
                {
                    return reply;
                }

                using (reply)
                {
                    if (reply.Status == 401 && token is not null && !renewed && Handle.Credential is not AccessTokenCredential)
                    {
                        renewed = true;
                        Handle.Cell.Drop(token);
                        token = await Handle.GetAsync(force: false, call).ConfigureAwait(false);
                        continue;
                    }

                    ApiRefusal refusal = ApiRefusal.Read(reply, method.Service, uri, AccountName, attempt);
                    failure = refusal.Explain(notFound);
                    if (!refusal.IsTransient || method.Retry != RetryClass.Idempotent)
                    {
                        throw failure;
                    }

                    retryAfter = reply.RetryAfter;
                }
            }
            catch (TransportFailure broken)
            {
                failure = Failures.Of(broken, LargestBody);
                failure.RequestUri = DisplayUri.Of(uri);
                if (broken.Kind == TransportFailureKind.TooLarge || method.Retry != RetryClass.Idempotent)
                {
                    throw failure;
                }
            }

            if (attempt >= MaxAttempts || !await backoff.WaitAsync(retryAfter, call.Stopping).ConfigureAwait(false))
            {
                throw failure;
            }
        }
    }

    private TokenHandle Handle => other ?? session.DefaultHandle;

    private string AccountName =>
        (other ?? session.KnownHandle)?.Credential is { } credential ? credential.Account ?? credential.Source : "none";

    /// <summary>Where the request goes and the token that goes with it. Every rule is checked before a token is asked for.</summary>
    private async Task<(Endpoint Endpoint, CachedToken? Token)> AuthorizeAsync(ApiService service, EngineCall call)
    {
        (Endpoint endpoint, bool takesToken) = await FindAsync(service, call).ConfigureAwait(false);
        return (endpoint, takesToken ? await Handle.GetAsync(force: false, call).ConfigureAwait(false) : null);
    }

    private async Task<(Endpoint Endpoint, bool TakesToken)> FindAsync(ApiService service, EngineCall call)
    {
        string? named = session.Record.UniverseDomain ?? session.Environment["GOOGLE_CLOUD_UNIVERSE_DOMAIN"];
        Endpoint endpoint = session.Endpoints.Of(service, named ?? Universe.Default);
        if (endpoint.Trust == EndpointTrust.Anonymous)
        {
            return (endpoint, false);
        }

        Endpoints.Demand(endpoint, Handle.Credential);
        if (endpoint.Trust == EndpointTrust.Google)
        {
            endpoint = await InUniverseAsync(service, named, call).ConfigureAwait(false);
        }

        return (endpoint, true);
    }

    // The credential's universe and the endpoint's must be one, and its name must come from somebody who may be trusted with a token.
    private async Task<Endpoint> InUniverseAsync(ApiService service, string? named, EngineCall call)
    {
        // On a VM a round trip of its own, made while the token is on its way.
        Handle.Prefetch(call);
        Universe credential = await Handle.Credential.GetUniverseAsync(call).ConfigureAwait(false);
        string wanted = named ?? (credential.IsTrusted ? credential.Domain : Universe.Default);
        bool isSame = string.Equals(wanted, credential.Domain, StringComparison.OrdinalIgnoreCase);
        return isSame && credential.IsTrusted
            ? session.Endpoints.Of(service, wanted)
            : throw Errors.UniverseMismatch(credential.Domain, wanted);
    }

    private static HttpRequestMessage MakeRequest(ApiMethod method, Uri uri, CachedToken? token, string? quotaProject, byte[]? json)
    {
        HttpRequestMessage request = new(method.Verb, uri);
        request.Headers.TryAddWithoutValidation("User-Agent", HttpSender.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token.Value);
        }

        if (quotaProject is not null)
        {
            request.Headers.TryAddWithoutValidation("x-goog-user-project", quotaProject);
        }

        if (json is not null)
        {
            request.Content = new ByteArrayContent(json);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        }

        return request;
    }
}
