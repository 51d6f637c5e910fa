using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Rest;

/// <summary>
/// Sends what the user made up to any Google API: decides on the token, tries again what may be tried again, renews a refused token
/// once, and turns refusals into failures. What the module's own cmdlets send goes through <see cref="ApiClient"/>.
/// </summary>
internal sealed class RestClient(EngineSession session)
{
    /// <summary>The largest answer that is kept in memory.</summary>
    internal const int LargestBody = 64 * 1024 * 1024;

    // As Invoke-RestMethod: some methods hold their answer for a while.
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(100);

    /// <summary>Checks a request without asking anybody; the address it goes to.</summary>
    public Uri Check(RestRequest request)
    {
        Uri uri = RestDestination.Resolve(session, RestUri.Build(request.Uri, request.Query));
        RestHeaders.Check(request.Headers);
        RestRetries.Of(request);
        if (request.QuotaProject is { } project)
        {
            Names.Project(project);
        }

        return request.Body is not null && request.Method is "GET" or "HEAD" ? throw Errors.RestBodyNotAllowed(request.Method) : uri;
    }

    /// <summary>Sends a request and reads its answer.</summary>
    public async Task<RestAnswer> SendAsync(RestRequest request, EngineCall call)
    {
        Uri uri = Check(request);
        byte[]? body = RestBody.BytesOf(request.Body);
        CachedToken? token = null;
        if (await RestDestination.TakesTokenAsync(session, uri, call).ConfigureAwait(false))
        {
            token = await session.DefaultHandle.GetAsync(force: false, call).ConfigureAwait(false);
        }

        using HttpReply reply = await SendAsync(request, uri, body, token, call).ConfigureAwait(false);
        return RestAnswers.Read(reply, request, uri);
    }

    private async Task<HttpReply> SendAsync(RestRequest request, Uri uri, byte[]? body, CachedToken? token, EngineCall call)
    {
        int attempts = RestRetries.Of(request) + 1;
        Backoff backoff = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(16), RestRetries.DeadlineOf(request));
        bool renewed = false;
        for (int attempt = 1; ; attempt++)
        {
            GcpException failure;
            TimeSpan? retryAfter = null;
            TimeSpan limit = request.Timeout ?? s_attempt;
            try
            {
                request.Output?.SetLength(0);
                using HttpRequestMessage message = MakeMessage(request, uri, body, token);
                HttpReply reply = await HttpSender.SendAsync(
                    HttpTransport.For(uri), message, limit, LargestBody, attempt, call, request.Output).ConfigureAwait(false);
                if (reply.IsSuccess)
                {
                    return reply;
                }

                using (reply)
                {
                    if (reply.Status == 401 && token is not null && !renewed && session.DefaultHandle.Credential is not AccessTokenCredential)
                    {
                        renewed = true;
                        session.DefaultHandle.Cell.Drop(token);
                        token = await session.DefaultHandle.GetAsync(force: false, call).ConfigureAwait(false);
                        continue;
                    }

                    ApiRefusal refusal = ApiRefusal.Read(reply, uri, AccountName, attempt);
                    failure = refusal.Explain(_ => Errors.RestNotFound(DisplayUri.Of(uri), refusal.Message));
                    if (!refusal.IsTransient)
                    {
                        throw failure;
                    }

                    retryAfter = reply.RetryAfter;
                }
            }
            catch (TransportFailure broken)
            {
                failure = Explain(broken, request);
                failure.RequestUri = DisplayUri.Of(uri);
                if (broken.Kind is TransportFailureKind.TooLarge or TransportFailureKind.Output)
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

    private static GcpException Explain(TransportFailure broken, RestRequest request) => broken.Kind switch
    {
        TransportFailureKind.TooLarge => Errors.RestAnswerTooLarge(broken.Host, LargestBody),
        TransportFailureKind.Output => Errors.OutFileFailed(request.OutputName ?? "?", broken.Message),
        _ => Failures.Of(broken, LargestBody),
    };

    private string AccountName =>
        session.KnownHandle?.Credential is { } credential ? credential.Account ?? credential.Source : "none";

    private HttpRequestMessage MakeMessage(RestRequest request, Uri uri, byte[]? body, CachedToken? token)
    {
        HttpRequestMessage message = new(new HttpMethod(request.Method), uri);
        if (request.Method is not ("GET" or "HEAD"))
        {
            // Google's front ends refuse a POST without a length (411), an empty body included.
            message.Content = new ByteArrayContent(body ?? []);
            if (body is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType ?? RestBody.TypeOf(request.Body));
            }
        }

        foreach (KeyValuePair<string, object> header in request.Headers)
        {
            if (request.ContentType is null || !string.Equals(header.Key, "Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                Set(message, header.Key, RestHeaders.ValueOf(header));
            }
        }

        Add(message, "User-Agent", HttpSender.UserAgent);
        Add(message, "Accept", "application/json, */*");
        if ((request.QuotaProject ?? SettingsResolver.QuotaProject(session)?.Value) is { } quotaProject)
        {
            Add(message, "x-goog-user-project", quotaProject);
        }

        if (token is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token.Value);
        }

        return message;
    }

    // The names of content headers are not taken by the request's own: where one is refused, the other has it.
    private static void Set(HttpRequestMessage message, string name, string value)
    {
        if (!message.Headers.TryAddWithoutValidation(name, value) && message.Content is { } content)
        {
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (!message.Headers.Contains(name))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
