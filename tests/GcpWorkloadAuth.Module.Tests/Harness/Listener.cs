using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GcpWorkloadAuth.Module.Tests.Harness;

/// <summary>
/// A server of its own on loopback that gives every request the same answer and keeps what it was sent. As the target of a
/// redirect it shows that nothing went there; its default answer would be taken for a token or an empty list.
/// </summary>
internal sealed class Listener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly byte[] _answer;

    public Listener(string body = """{"access_token":"ya29.stranger","expires_in":3599,"token_type":"Bearer","items":[]}""")
    {
        _answer = Encoding.UTF8.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nMetadata-Flavor: Google\r\nConnection: close\r\nContent-Length: "
            + Encoding.UTF8.GetByteCount(body) + "\r\n\r\n" + body);
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new("http://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port + "/");

    /// <summary>The head of each request, oldest first.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>A port on which nothing listens.</summary>
    public static int ClosedPort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using TcpClient client = accepted;
        try
        {
            byte[] buffer = new byte[16 * 1024];
            int read = await client.GetStream().ReadAsync(buffer);
            _requests.Enqueue(Encoding.UTF8.GetString(buffer, 0, read));
            await client.GetStream().WriteAsync(_answer);
        }
        catch (IOException)
        {
            // The client went away.
        }
    }
}
