using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>
/// HTTP/1.1 GET, and PUT of a small value, over a bare socket, for the metadata server alone: one hop to a fixed neighbour, plain text or
/// TLS between the two, where proxies, cookies and redirects have no place. The platform's HTTP client costs half of the first token's time in a fresh process, all of it
/// start-up; see docs/adr/0006 and 0008.
/// </summary>
/// <remarks>Blocks its thread. Stopping closes the socket, which ends every read and connect at once.</remarks>
internal static class PlainHttp
{
    private const int HeadCap = 32 * 1024;

    /// <summary>The answer, whatever its status.</summary>
    /// <exception cref="TransportFailure">No whole answer came.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public static HttpReply Get(Uri uri, TimeSpan timeout, int bodyCap, int attempt, EngineCall call) =>
        Send("GET", uri, null, timeout, bodyCap, attempt, call);

    /// <summary>
    /// As <see cref="Get"/>, for any method; the body, where there is one, is text. With an identity over TLS; a connection that
    /// cannot be made is a <see cref="TransportFailureKind.Connection"/> then.
    /// </summary>
    public static HttpReply Send(
        string method, Uri uri, byte[]? body, TimeSpan timeout, int bodyCap, int attempt, EngineCall call, TlsIdentity? identity = null)
    {
        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(call.Stopping);
        limit.CancelAfter(timeout);
        Connection connection = new();
        bool answered = false;
        try
        {
            using CancellationTokenRegistration closing = limit.Token.Register(
                static state => ((Connection)state!).Dispose(), connection);
            connection.Open(uri);
            if (identity is not null)
            {
                connection.Secure(identity);
            }

            connection.Send(Head(method, uri, body));
            if (body is not null)
            {
                connection.Send(body);
            }

            HttpReply reply = Read(connection, uri, bodyCap, ref answered);
            if (call.Events.WantsExchanges)
            {
                call.Events.Exchange(new HttpExchange(method, DisplayUri.Of(uri), reply.Status, Elapsed(start), attempt, null));
            }

            return reply;
        }
        catch (Exception e) when (e is not TransportFailure { Kind: TransportFailureKind.TooLarge })
        {
            call.Stopping.ThrowIfCancellationRequested();
            TransportFailure failure = limit.IsCancellationRequested
                ? new TransportFailure(
                    TransportFailureKind.Timeout,
                    uri.Authority,
                    FormattableString.Invariant($"no answer within {timeout.TotalSeconds:0.#} s"),
                    e)
                : new TransportFailure(
                    answered ? TransportFailureKind.Truncated : TransportFailureKind.Connection, uri.Authority, e.Message, e);
            if (call.Events.WantsExchanges)
            {
                call.Events.Exchange(new HttpExchange(method, DisplayUri.Of(uri), null, Elapsed(start), attempt, failure.Message));
            }

            throw failure;
        }
        finally
        {
            connection.Dispose();
        }
    }

    private static long Elapsed(long start) => (Stopwatch.GetTimestamp() - start) * 1000 / Stopwatch.Frequency;

    private static byte[] Head(string method, Uri uri, byte[]? body) => Encoding.ASCII.GetBytes(
        method + " " + uri.PathAndQuery + " HTTP/1.1\r\nHost: " + uri.Authority
        + "\r\nMetadata-Flavor: Google\r\nUser-Agent: " + HttpSender.UserAgent
        + (body is null ? null : FormattableString.Invariant($"\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {body.Length}"))
        + "\r\nConnection: close\r\n\r\n");

    private static HttpReply Read(Connection connection, Uri uri, int bodyCap, ref bool answered)
    {
        byte[] buffer = Buffers.Rent(8 * 1024);
        int length = 0;
        try
        {
            int headEnd;
            while ((headEnd = EndOfHead(buffer, length)) < 0)
            {
                if (length > HeadCap)
                {
                    throw new TransportFailure(TransportFailureKind.TooLarge, uri.Authority, "the answer's head is too large");
                }

                int read = connection.Receive(ref buffer, length);
                length += read > 0 ? read : throw new IOException("the connection was closed before the answer");
                answered = true;
            }

            (int status, Dictionary<string, string> headers) = ParseHead(Encoding.ASCII.GetString(buffer, 0, headEnd));
            length = ReadBody(connection, ref buffer, headEnd, length, headers, bodyCap, uri);
            return new HttpReply(status, name => headers.TryGetValue(name, out string? value) ? value : null, buffer, length);
        }
        catch
        {
            Buffers.Return(buffer, clear: true);
            throw;
        }
    }

    // Moves the body to the buffer's beginning and reads what is missing of it.
    private static int ReadBody(
        Connection connection, ref byte[] buffer, int headEnd, int length, Dictionary<string, string> headers, int cap, Uri uri)
    {
        length -= headEnd;
        Buffer.BlockCopy(buffer, headEnd, buffer, 0, length);
        bool isChunked = headers.TryGetValue("Transfer-Encoding", out string? coding)
            && coding.IndexOf("chunked", StringComparison.OrdinalIgnoreCase) >= 0;
        long? announced = headers.TryGetValue("Content-Length", out string? text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed) && !isChunked
                ? parsed
                : null;

        // Chunk heads count too; they are small beside the slack.
        long limit = isChunked ? (cap * 2L) + 1024 : cap;
        if (announced > cap)
        {
            throw TooLarge(uri);
        }

        while (announced is null || length < announced)
        {
            int read = connection.Receive(ref buffer, length);
            if (read == 0)
            {
                break;
            }

            length += read;
            if (length > limit)
            {
                throw TooLarge(uri);
            }
        }

        if (announced is { } whole)
        {
            return length >= whole ? (int)whole : throw new IOException("the answer broke off");
        }

        if (!isChunked)
        {
            return length;
        }

        length = Unchunk(buffer, length);
        return length <= cap ? length : throw TooLarge(uri);
    }

    private static TransportFailure TooLarge(Uri uri) => new(TransportFailureKind.TooLarge, uri.Authority, "the answer is too large");

    // RFC 9112, section 7.1, in place. The connection is closed after one answer, so all of it is there.
    private static int Unchunk(byte[] buffer, int length)
    {
        int read = 0;
        int written = 0;
        while (true)
        {
            int line = IndexOfLineEnd(buffer, read, length);
            if (line < 0)
            {
                throw new IOException("the answer broke off");
            }

            string head = Encoding.ASCII.GetString(buffer, read, line - read);
            int extension = head.IndexOf(';');
            if (!int.TryParse(
                    extension < 0 ? head : head.Substring(0, extension),
                    NumberStyles.HexNumber | NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture,
                    out int size)
                || size < 0 || size > length - line - 2)
            {
                throw new IOException("the answer broke off");
            }

            if (size == 0)
            {
                return written;
            }

            Buffer.BlockCopy(buffer, line + 2, buffer, written, size);
            written += size;
            read = line + 2 + size + 2;
        }
    }

    private static int IndexOfLineEnd(byte[] buffer, int from, int length)
    {
        for (int i = from; i + 1 < length; i++)
        {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n')
            {
                return i;
            }
        }

        return -1;
    }

    private static int EndOfHead(byte[] buffer, int length)
    {
        for (int i = 3; i < length; i++)
        {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r')
            {
                return i + 1;
            }
        }

        return -1;
    }

    private static (int Status, Dictionary<string, string> Headers) ParseHead(string head)
    {
        string[] lines = head.Split('\n');

        // "HTTP/1.1 200 OK"
        if (!lines[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || lines[0].Length < 12
            || !int.TryParse(lines[0].Substring(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            throw new IOException("what answers does not speak HTTP");
        }

        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 1; i < lines.Length; i++)
        {
            int colon = lines[i].IndexOf(':');
            if (colon > 0)
            {
                headers[lines[i].Substring(0, colon)] = lines[i].Substring(colon + 1).Trim();
            }
        }

        return (status, headers);
    }

    /// <summary>A socket that another thread may close at any time.</summary>
    private sealed class Connection : IDisposable
    {
        // The neighbour answers at once or is not what it should be.
        private const int HandshakeMilliseconds = 2000;

        private readonly object _gate = new();
        private Socket? _socket;
        private Stream? _secure;
        private bool _isClosed;

        public void Open(Uri uri)
        {
            if (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address))
            {
                Connect(address, uri.Port);
                return;
            }

            SocketException? last = null;
            foreach (IPAddress candidate in Dns.GetHostAddresses(uri.DnsSafeHost))
            {
                try
                {
                    Connect(candidate, uri.Port);
                    return;
                }
                catch (SocketException e)
                {
                    last = e;
                }
            }

            throw last ?? new SocketException((int)SocketError.HostNotFound);
        }

        public void Secure(TlsIdentity identity)
        {
            Socket socket = _socket!;
            socket.ReceiveTimeout = socket.SendTimeout = HandshakeMilliseconds;
            _secure = identity.Authenticate(new NetworkStream(socket, ownsSocket: false));
            socket.ReceiveTimeout = socket.SendTimeout = 0;
        }

        public void Send(byte[] bytes)
        {
            if (_secure is not null)
            {
                _secure.Write(bytes, 0, bytes.Length);
                return;
            }

            int sent = 0;
            while (sent < bytes.Length)
            {
                sent += _socket!.Send(bytes, sent, bytes.Length - sent, SocketFlags.None);
            }
        }

        public int Receive(ref byte[] buffer, int length)
        {
            if (length == buffer.Length)
            {
                byte[] larger = Buffers.Rent(buffer.Length * 2);
                Buffer.BlockCopy(buffer, 0, larger, 0, length);
                Buffers.Return(buffer, clear: true);
                buffer = larger;
            }

            return _secure?.Read(buffer, length, buffer.Length - length) ?? _socket!.Receive(buffer, length, buffer.Length - length, SocketFlags.None);
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _isClosed = true;
                _socket?.Dispose();
                _secure?.Dispose();
            }
        }

        private void Connect(IPAddress address, int port)
        {
            Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            lock (_gate)
            {
                if (_isClosed)
                {
                    socket.Dispose();
                    throw new SocketException((int)SocketError.OperationAborted);
                }

                _socket?.Dispose();
                _socket = socket;
            }

            socket.NoDelay = true;
            socket.Connect(address, port);
        }
    }
}
