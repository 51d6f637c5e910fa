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
internal sealed class ApiClient(EngineSession session)
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
    public async Task<T> GetAsync<T>(
        ApiMethod method, string pathAndQuery, JsonMapper<T> map, Func<ApiRefusal, GcpException> notFound, EngineCall call)
    {
        using HttpReply reply = await SendAsync(method, pathAndQuery, notFound, call).ConfigureAwait(false);
        if (JsonText.TryRead(reply.Body, map, out T value))
        {
            return value;
        }

        throw JsonText.LooksLikeJson(reply.Body)
            ? Errors.ResponseTruncated(method.Service.Title)
            : Errors.ResponseNotJson(method.Service.Title, reply.ContentType);
    }

    private async Task<HttpReply> SendAsync(
        ApiMethod method, string pathAndQuery, Func<ApiRefusal, GcpException> notFound, EngineCall call)
    {
        Credential credential = session.Credential;

        // Independent of each other; on a VM each is a round trip to the metadata server.
        Task<Universe> universe = credential.GetUniverseAsync(call);
        Task<CachedToken> firstToken = session.GetTokenAsync(TokenRequest.Default, call);
        Endpoint endpoint;
        try
        {
            endpoint = await LocateAsync(method.Service, universe).ConfigureAwait(false);
        }
        catch (Exception)
        {
            Ignore(firstToken);
            throw;
        }

        CachedToken? token = null;
        if (Endpoints.SendsToken(endpoint, credential))
        {
            token = await firstToken.ConfigureAwait(false);
        }
        else
        {
            Ignore(firstToken);
        }

        string? quotaProject = SettingsResolver.QuotaProject(session)?.Value;
        Uri uri = new(endpoint.Address, pathAndQuery);
        Backoff backoff = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(16), s_deadline);
        bool renewed = false;
        for (int attempt = 1; ; attempt++)
        {
            GcpException failure;
            TimeSpan? retryAfter = null;
            try
            {
                TimeSpan limit = backoff.Left < s_attempt ? backoff.Left : s_attempt;
                using HttpRequestMessage request = MakeRequest(method, uri, token, quotaProject);
                HttpReply reply = await HttpSender.SendAsync(HttpTransport.For(uri), request, limit, LargestBody, attempt, call)
                    .ConfigureAwait(false);
                if (reply.IsSuccess)
                {
                    return reply;
                }

                using (reply)
                {
                    if (reply.Status == 401 && token is not null && !renewed && credential is not AccessTokenCredential)
                    {
                        renewed = true;
                        session.Refused(token);
                        token = await session.GetTokenAsync(TokenRequest.Default, call).ConfigureAwait(false);
                        continue;
                    }

                    ApiRefusal refusal = ApiRefusal.Read(reply, method.Service, uri, credential.Account ?? credential.Source, attempt);
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

    private async Task<Endpoint> LocateAsync(ApiService service, Task<Universe> asked)
    {
        Universe credential = await asked.ConfigureAwait(false);
        string wanted = session.Record.UniverseDomain ?? session.Environment["GOOGLE_CLOUD_UNIVERSE_DOMAIN"]
            ?? (credential.IsTrusted ? credential.Domain : Universe.Default);
        Endpoint endpoint = session.Endpoints.Of(service, wanted);
        bool isSame = string.Equals(wanted, credential.Domain, StringComparison.OrdinalIgnoreCase);
        if (endpoint.Trust == EndpointTrust.Google && (!isSame || !credential.IsTrusted))
        {
            throw Errors.UniverseMismatch(credential.Domain, wanted);
        }

        return endpoint;
    }

    private static HttpRequestMessage MakeRequest(ApiMethod method, Uri uri, CachedToken? token, string? quotaProject)
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

        return request;
    }

    // A failure nobody waits for is still looked at, so that it never surfaces as an unobserved one.
    private static void Ignore(Task task) =>
        task.ContinueWith(static t => _ = t.Exception, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously);
}
