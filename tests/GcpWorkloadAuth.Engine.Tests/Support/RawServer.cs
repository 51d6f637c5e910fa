using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>A server that says byte for byte what a test wants. One request a connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<RawConnection, Task> _answer;
    private readonly Task _accepting;

    /// <param name="answer">Answers a request; the connection is closed behind it.</param>
    public RawServer(Func<RawConnection, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Answers the first request with the first text and so on, and all that follow with the last.</summary>
    public static RawServer Saying(params string[] answers)
    {
        int next = -1;
        return new RawServer(c => c.SendAsync(answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]));
    }

    /// <summary>Takes requests and never answers.</summary>
    public static RawServer Silent() => new(c => c.HangAsync());

    public int Port { get; }

    public string Host => "127.0.0.1:" + Port;

    public Uri Address => new("http://" + Host + "/");

    /// <summary>The heads of the requests so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>A complete answer with a length.</summary>
    public static string Answer(int status, string body, params string[] headers) =>
        $"HTTP/1.1 {status} Text\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n"
        + string.Concat(headers.Select(h => h + "\r\n")) + "\r\n" + body;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                RawConnection connection = new(client, _stopping.Token);
                if (await connection.ReadHeadAsync() is { } head)
                {
                    Requests.Enqueue(head);
                    await _answer(connection);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client left, or the test is over.
            }
        }
    }
}

/// <summary>One connection to a <see cref="RawServer"/>.</summary>
internal sealed class RawConnection(TcpClient client, CancellationToken stopping)
{
    private readonly NetworkStream _stream = client.GetStream();

    /// <summary>The request's head.</summary>
    public string Head { get; private set; } = string.Empty;

    public string Target => Head.Split(' ')[1];

    public async Task<string?> ReadHeadAsync()
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one, stopping) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        return Head = head.ToString();
    }

    /// <summary>The request's body, which must have a Content-Length.</summary>
    public async Task<string> ReadBodyAsync()
    {
        string line = Head.Split("\r\n").Single(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        byte[] body = new byte[int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)];
        await _stream.ReadExactlyAsync(body, stopping);
        return Encoding.UTF8.GetString(body);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        await _stream.WriteAsync(bytes, stopping);
        await _stream.FlushAsync(stopping);
    }

    public Task WaitAsync(int milliseconds) => Task.Delay(milliseconds, stopping);

    /// <summary>Until the client leaves or the test ends.</summary>
    public async Task HangAsync()
    {
        byte[] buffer = new byte[256];
        while (await _stream.ReadAsync(buffer, stopping) > 0)
        {
        }
    }

    /// <summary>Breaks the connection off, as a crash does.</summary>
    public void Reset()
    {
        client.Client.LingerState = new LingerOption(true, 0);
        client.Close();
    }
}
