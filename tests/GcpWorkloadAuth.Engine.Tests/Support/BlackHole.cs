using System.Net;
using System.Net.Sockets;

namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>
/// An address that takes no connection and refuses none, as a firewall that drops packets: a listener nobody accepts from, whose
/// queue is full.
/// </summary>
internal sealed class BlackHole : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _queued = [];

    public BlackHole()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        for (int i = 0; i < 8; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _queued.Add(socket);
            try
            {
                socket.Connect(IPAddress.Loopback, Port);
            }
            catch (SocketException)
            {
                // In progress: that is the point.
            }
        }
    }

    public int Port { get; }

    public string Host => "127.0.0.1:" + Port;

    public Uri Address => new("http://" + Host + "/");

    public void Dispose()
    {
        _queued.ForEach(s => s.Dispose());
        _listener.Dispose();
    }
}
