using System;
using System.Collections.Generic;
using System.Globalization;
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
/// <param name="attempts">How often a request is sent at most.</param>
/// <param name="gates">Where requests wait that are throttled; null for the process's own.</param>
internal sealed partial class ApiClient(
    EngineSession session, TokenHandle? other = null, int attempts = ApiClient.MaxAttempts, ThrottleGates? gates = null)
{
    private const int LargestBody = 64 * 1024 * 1024;
    private const int MaxAttempts = 6;
    private const int MaxThrottled = 5;
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
    public Task<T> SendAsync<T>(
        ApiMethod method, string pathAndQuery, byte[]? json, JsonMapper<T> map, Func<ApiRefusal, GcpException> notFound, EngineCall call) =>
        SendAsync(new ApiRequest(method, pathAndQuery) { Json = json, NotFound = notFound }, map, call);

    /// <summary>Sends a request and maps its answer.</summary>
    public async Task<T> SendAsync<T>(ApiRequest request, JsonMapper<T> map, EngineCall call)
    {
        ApiMethod method = request.Method;
        for (bool isFirst = true; ; isFirst = false)
        {
            using HttpReply reply = await SendAsync(request, call).ConfigureAwait(false);
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

    /// <summary>Sends a request whose answer is no JSON, or does not matter; the caller disposes of it.</summary>
    public async Task<HttpReply> SendAsync(ApiRequest request, EngineCall call)
    {
        ApiMethod method = request.Method;
        bool isRepeatable = request.IsRepeatable;
        bool isLost = false;
        (Endpoint endpoint, CachedToken? token) = await AuthorizeAsync(method.Service, call).ConfigureAwait(false);

        // The quota project of the session is for its own calls: another identity may not be allowed to use it.
        string? quotaProject = other is null ? SettingsResolver.QuotaProject(session)?.Value : other.Credential.QuotaProject;

        // Not as a relative address: "projects:search" would be one of its own.
        Uri uri = request.Address(endpoint);
        TimeSpan longest = request.Timeout ?? s_attempt;
        Backoff backoff = MakeBackoff(longest);
        ThrottleGate? gate = (gates ?? ThrottleGates.Shared).Of(request, uri);
        int throttled = 0;
        bool renewed = false;
        for (int attempt = 1; ; attempt++)
        {
            GcpException failure;
            TimeSpan? retryAfter = null;
            if (gate is not null)
            {
                await gate.PassAsync(call.Stopping).ConfigureAwait(false);
            }

            try
            {
                TimeSpan limit = backoff.Left < longest ? backoff.Left : longest;
                using HttpRequestMessage message = MakeMessage(request, uri, token, quotaProject);
                HttpReply reply = await HttpSender.SendAsync(HttpTransport.For(uri), message, limit, LargestBody, attempt, call)
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

                    ApiRefusal refusal = ApiRefusal.Read(reply, method.Service, uri, AccountName, attempt, method.IsXml);
                    failure = refusal.Explain(request.NotFound, request.Special);
                    failure.FollowsLostAnswer = isLost;
                    if (gate is not null && refusal.IsThrottle && throttled++ < MaxThrottled)
                    {
                        // Refused before anything was done: whatever the method, it may be sent again.
                        if (gate.Close() is { } opens)
                        {
                            call.Events.Warning(
                                nameof(Resources.Strings.WarnThrottled), ThrottleGates.ProjectOf(request)!, opens.ToLocalTime().ToString("T", CultureInfo.CurrentCulture));
                        }

                        backoff = MakeBackoff(longest);
                        continue;
                    }

                    if (!refusal.IsTransient || !isRepeatable)
                    {
                        throw failure;
                    }

                    isLost |= refusal.Status >= 500;
                    retryAfter = reply.RetryAfter;
                }
            }
            catch (TransportFailure broken)
            {
                failure = Failures.Of(broken, LargestBody);
                failure.RequestUri = DisplayUri.Of(uri);
                failure.FollowsLostAnswer = isLost = true;
                if (broken.Kind == TransportFailureKind.TooLarge || !isRepeatable)
                {
                    throw failure;
                }
            }

            if (attempt >= attempts || !await backoff.WaitAsync(retryAfter, call.Stopping).ConfigureAwait(false))
            {
                throw failure;
            }
        }
    }

    /// <summary>A refusal that came inside another answer, as a part of a batch.</summary>
    /// <param name="part">The part.</param>
    /// <param name="request">What was refused.</param>
    public ApiRefusal ReadRefusal(HttpReply part, ApiRequest request)
    {
        ApiService service = request.Method.Service;
        Uri uri = new("https://" + service.Id + "." + Universe.Default + "/" + service.BasePath + request.PathAndQuery);
        return ApiRefusal.Read(part, service, uri, AccountName, 1);
    }

    // A request that may take long has its own time on top.
    private static Backoff MakeBackoff(TimeSpan longest) => new(
        TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(16), longest > s_attempt ? s_deadline + longest : s_deadline);

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

    private static HttpRequestMessage MakeMessage(ApiRequest request, Uri uri, CachedToken? token, string? quotaProject)
    {
        HttpRequestMessage message = new(request.Method.Verb, uri);
        message.Headers.TryAddWithoutValidation("User-Agent", HttpSender.UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (token is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token.Value);
        }

        if (quotaProject is not null)
        {
            message.Headers.TryAddWithoutValidation("x-goog-user-project", quotaProject);
        }

        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (request.Json is { } json)
        {
            message.Content = new ByteArrayContent(json);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }
        else if (request.Method.Verb == HttpMethod.Post || request.Method.Verb == HttpMethod.Put)
        {
            // Google's front ends refuse these without a length (411), an empty body included.
            message.Content = new ByteArrayContent([]);
        }

        return message;
    }
}
