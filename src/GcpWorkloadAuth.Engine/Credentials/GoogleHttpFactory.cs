using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;
using Google.Apis.Http;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>
/// Gives Google's library HTTP clients that go through our stack: one destination, no redirects (the library's own default would
/// follow them with the credential), our retries, our errors.
/// </summary>
internal sealed class GoogleHttpFactory(string source, Uri tokenEndpoint, EngineCall call) : Google.Apis.Http.IHttpClientFactory
{
    public ConfigurableHttpClient CreateHttpClient(CreateHttpClientArgs args)
    {
        ConfigurableMessageHandler handler = new(new TokenEndpointHandler(source, tokenEndpoint, call))
        {
            ApplicationName = args.ApplicationName,
            FollowRedirect = false,
            NumTries = 1,
        };
        ConfigurableHttpClient client = new(handler);
        foreach (IConfigurableHttpClientInitializer initializer in args.Initializers)
        {
            initializer.Initialize(client);
        }

        return client;
    }

    /// <summary>Sends whatever the library asks for to the one endpoint it may talk to.</summary>
    private sealed class TokenEndpointHandler(string source, Uri endpoint, EngineCall call) : HttpMessageHandler
    {
        private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(20);
        private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!IsTokenRequest(request))
            {
                throw Errors.TokenUriRefused(source, request.RequestUri?.Authority ?? "?");
            }

            byte[] form = await request.Content!.ReadAsByteArrayAsync().ConfigureAwait(false);
            Backoff backoff = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(8), s_deadline);
            for (int attempt = 1; ; attempt++)
            {
                GcpException failure;
                TimeSpan? retryAfter = null;
                try
                {
                    HttpReply reply = await SendOnceAsync(form, backoff, attempt).ConfigureAwait(false);
                    if (reply.Status is not (408 or 429 or >= 500))
                    {
                        return Accept(reply, request);
                    }

                    retryAfter = reply.RetryAfter;
                    failure = Errors.ServiceUnavailable(endpoint.Authority, reply.Status, attempt);
                    reply.Dispose();
                }
                catch (TransportFailure broken)
                {
                    failure = Failures.Of(broken, MetadataCap);
                    if (broken.Kind == TransportFailureKind.TooLarge)
                    {
                        throw failure;
                    }
                }

                if (attempt >= 4 || !await backoff.WaitAsync(retryAfter, call.Stopping).ConfigureAwait(false))
                {
                    throw failure;
                }
            }
        }

        private const int MetadataCap = 64 * 1024;

        private async Task<HttpReply> SendOnceAsync(byte[] form, Backoff backoff, int attempt)
        {
            using HttpRequestMessage copy = new(HttpMethod.Post, endpoint);
            copy.Content = new ByteArrayContent(form);
            copy.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
            copy.Headers.TryAddWithoutValidation("User-Agent", HttpSender.UserAgent);
            TimeSpan limit = backoff.Left < s_attempt ? backoff.Left : s_attempt;
            return await HttpSender.SendAsync(HttpTransport.For(endpoint), copy, limit, MetadataCap, attempt, call).ConfigureAwait(false);
        }

        private HttpResponseMessage Accept(HttpReply reply, HttpRequestMessage request)
        {
            using (reply)
            {
                if (reply.IsRedirect)
                {
                    throw Errors.RedirectRefused(endpoint.Authority, reply.LocationFrom(endpoint)?.Authority ?? "?");
                }

                if (!reply.IsSuccess)
                {
                    throw TokenRefusals.Explain(reply, source, endpoint.Authority);
                }

                if (!JsonText.LooksLikeJson(reply.Body))
                {
                    throw Errors.ResponseNotJson(endpoint.Authority, reply.ContentType);
                }

                byte[] body = new byte[reply.Length];
                Buffer.BlockCopy(reply.Body.Array!, 0, body, 0, body.Length);
                HttpResponseMessage answer = new((HttpStatusCode)reply.Status) { RequestMessage = request, Content = new ByteArrayContent(body) };
                answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
                return answer;
            }
        }

        // The library's own idea of the endpoint is Google's; the file's token_uri was checked, and -Endpoint replaces both.
        private static bool IsTokenRequest(HttpRequestMessage request) =>
            request.Method == HttpMethod.Post && request.Content is not null
            && request.RequestUri?.AbsolutePath.EndsWith("token", StringComparison.Ordinal) == true;
    }
}
