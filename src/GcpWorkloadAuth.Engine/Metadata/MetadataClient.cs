using System;
using System.Collections.Concurrent;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Metadata;

/// <summary>
/// Talks to the metadata server: no proxy, no redirects, the flavor header sent and demanded on every answer, tries repeated
/// inside one overall deadline, so that a script at boot meets a server that is not up yet and still works.
/// </summary>
internal sealed class MetadataClient
{
    /// <summary>No single value is larger; the server's own limit for one is 256 KiB, for the token paths far less.</summary>
    public const int ValueCap = 64 * 1024;

    /// <summary>All metadata of a project and a VM together.</summary>
    public const int ListingCap = 8 * 1024 * 1024;

    private static readonly TimeSpan s_onGoogle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_elsewhere = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestAttempt = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_retryTlsAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_forgetNegativeAfter = TimeSpan.FromMinutes(1);

    // Per address, for the process: who has answered properly, and who has not answered at all and when.
    private static readonly ConcurrentDictionary<string, string> s_known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Negative> s_negatives = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Moment> s_withoutTls = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string> s_warned = new(StringComparer.Ordinal);

    private readonly TimeSpan? _chosenDeadline;

    /// <param name="address">Where the server is.</param>
    /// <param name="deadline">How long to wait in all; null leaves it to the static check.</param>
    public MetadataClient(MetadataAddress address, TimeSpan? deadline)
    {
        Address = address;
        _chosenDeadline = deadline;
    }

    public MetadataAddress Address { get; }

    private TimeSpan Deadline => _chosenDeadline
        ?? (MetadataPlatform.LooksLikeGoogle || s_known.ContainsKey(Address.Host) ? s_onGoogle : s_elsewhere);

    /// <summary>Forgets that the server did not answer a moment ago.</summary>
    public void ForgetNegative() => s_negatives.TryRemove(Address.Host, out _);

    /// <summary>
    /// The answer to a GET below /computeMetadata/v1/: success, 301 to the same path with a slash, 304, 400 or 404. Everything else is
    /// thrown.
    /// </summary>
    /// <param name="pathAndQuery">Escaped, without leading slash.</param>
    /// <param name="cap">The largest body accepted.</param>
    /// <param name="hang">How long the server was asked to hold the answer; added to the time-out.</param>
    /// <param name="call">Whom to tell, when to stop.</param>
    /// <remarks>Blocks its thread: called from a worker, never from the pipeline's.</remarks>
    public HttpReply Get(string pathAndQuery, int cap, TimeSpan hang, EngineCall call) =>
        Send("GET", pathAndQuery, null, cap, hang, call);

    /// <summary>As <see cref="Get"/>, writing a value. Doing it twice does what doing it once does.</summary>
    public HttpReply Put(string path, byte[] value, EngineCall call) => Send("PUT", path, value, ValueCap, TimeSpan.Zero, call);

    private HttpReply Send(string method, string pathAndQuery, byte[]? body, int cap, TimeSpan hang, EngineCall call)
    {
        WarnOnce(call);
        if (s_negatives.TryGetValue(Address.Host, out Negative? negative) && negative.IsFresh(s_forgetNegativeAfter))
        {
            throw negative.Failure;
        }

        Uri uri = new(Address.Base, pathAndQuery);
        TimeSpan deadline = Deadline;
        Backoff backoff = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), deadline);
        GcpException? told = null;
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan limit = (backoff.Left < s_longestAttempt ? backoff.Left : s_longestAttempt) + hang;
            TimeSpan? retryAfter = null;
            GcpException failure;
            try
            {
                HttpReply reply = Exchange(method, pathAndQuery, body, limit, cap, attempt, hang, call);
                if (!IsTransient(reply.Status))
                {
                    return Accept(reply, uri);
                }

                retryAfter = reply.RetryAfter;
                failure = IsFromGoogle(reply)
                    ? reply.Status is 429 or 503
                        ? Errors.MetadataServerBusy(reply.Status, deadline.TotalSeconds)
                        : Errors.MetadataServerFailed(PathOf(uri), reply.Status)
                    : Errors.MetadataServerNotGoogle(Address.Host);
                failure.StatusCode = reply.Status;
                told = failure;
                reply.Dispose();
            }
            catch (TransportFailure broken)
            {
                if (broken.Kind == TransportFailureKind.TooLarge)
                {
                    throw Errors.ResponseTooLarge(Address.Host, cap);
                }

                // The last try has little time left: what the server said before says more than its silence then.
                failure = told is not null && broken.Kind == TransportFailureKind.Timeout
                    ? told
                    : Errors.MetadataServerUnreachable(Address.Host, deadline.TotalSeconds, broken.Message);
            }

            if (!backoff.Wait(retryAfter, call.Stopping))
            {
                Remember(failure);
                throw failure;
            }
        }
    }

    // Over TLS where there is what it takes. In the default mode a server that does not do it is spoken to without, for a while.
    private HttpReply Exchange(
        string method, string pathAndQuery, byte[]? body, TimeSpan limit, int cap, int attempt, TimeSpan hang, EngineCall call)
    {
        MetadataTls tls = Address.Tls;
        bool isStrict = tls.Mode == MetadataTlsMode.Strict;
        if (isStrict || !(s_withoutTls.TryGetValue(tls.Host, out Moment? failed) && failed.IsFresh(s_retryTlsAfter)))
        {
            using TlsIdentity? identity = tls.Find();
            try
            {
                if (identity is not null)
                {
                    return PlainHttp.Send(method, new Uri(tls.Base, pathAndQuery), body, limit, cap, attempt, call, identity);
                }
            }
            catch (TransportFailure failure) when (!isStrict
                && (failure.Kind == TransportFailureKind.Connection || (failure.Kind == TransportFailureKind.Timeout && hang == TimeSpan.Zero)))
            {
                s_withoutTls[tls.Host] = new Moment();
            }
        }

        return PlainHttp.Send(method, new Uri(Address.Base, pathAndQuery), body, limit, cap, attempt, call);
    }

    private HttpReply Accept(HttpReply reply, Uri uri)
    {
        if (!IsFromGoogle(reply))
        {
            reply.Dispose();
            throw Errors.MetadataServerNotGoogle(Address.Host);
        }

        s_known[Address.Host] = Address.Host;
        if (reply.IsSuccess || reply.Status is 304 or 400 or 404 || IsMissingSlash(reply, uri))
        {
            return reply;
        }

        using (reply)
        {
            if (reply.IsRedirect)
            {
                throw Errors.RedirectRefused(Address.Host, reply.LocationFrom(uri) is { } location ? DisplayUri.Of(location) : "?");
            }

            bool isGuest = PathOf(uri).StartsWith(MetadataReader.GuestAttributes, StringComparison.Ordinal);
            GcpException failure = reply.Status == 403
                ? isGuest ? Errors.GuestAttributesDisabled() : Errors.MetadataServerRefused(PathOf(uri), PageWords.Of(reply) ?? "no reason given")
                : Errors.MetadataServerFailed(PathOf(uri), reply.Status);
            failure.StatusCode = reply.Status;
            throw failure;
        }
    }

    // The real server answers a directory without its slash by a 301 to the same path with it.
    private static bool IsMissingSlash(HttpReply reply, Uri uri) =>
        reply.Status == 301 && reply.LocationFrom(uri) is { } location
        && string.Equals(location.AbsolutePath, uri.AbsolutePath + "/", StringComparison.Ordinal);

    private static bool IsFromGoogle(HttpReply reply) =>
        string.Equals(reply.Header("Metadata-Flavor"), "Google", StringComparison.Ordinal);

    private static bool IsTransient(int status) => status is 408 or 429 or >= 500;

    private string PathOf(Uri uri) => uri.AbsolutePath.Substring(Address.Base.AbsolutePath.Length);

    // Only off Google Cloud: there the next cmdlet need not wait again. On a VM every call gets its full patience.
    private void Remember(GcpException failure)
    {
        if (failure.Kind == GcpErrorKind.Connection && _chosenDeadline is null && Deadline == s_elsewhere)
        {
            s_negatives[Address.Host] = new Negative(failure);
        }
    }

    private void WarnOnce(EngineCall call)
    {
        if (!Address.IsLocal && s_warned.TryAdd(Address.Host, Address.Host))
        {
            call.Events.Warning(nameof(Resources.Strings.WarnMetadataHost), Address.Variable!, Address.Host);
        }
    }

    private sealed class Negative(GcpException failure) : Moment
    {
        public GcpException Failure { get; } = failure;
    }

    private class Moment
    {
        private readonly long _since = System.Diagnostics.Stopwatch.GetTimestamp();

        public bool IsFresh(TimeSpan age) =>
            (System.Diagnostics.Stopwatch.GetTimestamp() - _since) / (double)System.Diagnostics.Stopwatch.Frequency < age.TotalSeconds;
    }
}
