using System.Text;

namespace GcpEmulator;

/// <summary>What instances wrote to their serial ports 1 to 4: the last megabyte of each. Safe for use from several threads.</summary>
public sealed class SerialPortStore
{
    private const int Kept = 1024 * 1024; // discovery document: "exceeds the size of the buffer (1 MB), the oldest output is discarded"
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Instance, int Port), Buffer> _buffers = [];

    internal SerialPortStore()
    {
    }

    private sealed class Buffer
    {
        public long Start { get; set; }

        public List<byte> Bytes { get; } = [];
    }

    /// <summary>Writes text to a port of an instance.</summary>
    public void Write(EmulatedInstance instance, int port, string text)
    {
        ArgumentNullException.ThrowIfNull(instance);
        lock (_gate)
        {
            Buffer buffer = Of(instance, port);
            buffer.Bytes.AddRange(Encoding.UTF8.GetBytes(text));
            int excess = buffer.Bytes.Count - Kept;
            if (excess > 0)
            {
                buffer.Bytes.RemoveRange(0, excess);
                buffer.Start += excess;
            }
        }
    }

    /// <summary>What is there from a byte on; a negative number counts from the end.</summary>
    internal (string Contents, long Start, long Next) Read(EmulatedInstance instance, int port, long start)
    {
        lock (_gate)
        {
            Buffer buffer = Of(instance, port);
            long end = buffer.Start + buffer.Bytes.Count;
            long from = Math.Clamp(start < 0 ? end + start : start, buffer.Start, end);
            byte[] bytes = [.. buffer.Bytes.Skip((int)(from - buffer.Start))];
            return (Encoding.UTF8.GetString(bytes), from, end);
        }
    }

    /// <summary>What a machine writes when it starts.</summary>
    internal void Boot(EmulatedInstance instance)
    {
        Write(instance, 1, instance.IsWindows ? WindowsBoot(instance) : LinuxBoot(instance));
        if (instance.IsWindows)
        {
            // Port 4 as in "Automate Windows Server password generation": a first line that says that the agent is there.
            Write(instance, 4, "{\"ready\":true,\"version\":\"Microsoft Windows NT 10.0.20348.0\"}\n");
        }
    }

    internal void Remove(EmulatedInstance instance)
    {
        lock (_gate)
        {
            for (int port = 1; port <= 4; port++)
            {
                _buffers.Remove((InstanceJson.SelfLink(instance), port));
            }
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _buffers.Clear();
        }
    }

    // A seeded machine has started long ago: its output is made when somebody looks.
    private Buffer Of(EmulatedInstance instance, int port)
    {
        if (_buffers.TryGetValue((InstanceJson.SelfLink(instance), port), out Buffer? buffer))
        {
            return buffer;
        }

        for (int i = 1; i <= 4; i++)
        {
            _buffers.TryAdd((InstanceJson.SelfLink(instance), i), new Buffer());
        }

        Boot(instance);
        return _buffers[(InstanceJson.SelfLink(instance), port)];
    }

    private static string LinuxBoot(EmulatedInstance i) =>
        $"SeaBIOS (version 1.8.2-google)\r\nBooting from Hard Disk 0...\r\n[    0.000000] Linux version 6.1.0-37-cloud-amd64\r\n"
        + $"[    1.234567] systemd[1]: Hostname set to <{i.Name}>.\r\n[    5.432100] google_guest_agent[512]: GCE Agent Started\r\n"
        + $"[    6.000000] google_metadata_script_runner[600]: Finished running startup scripts.\r\n\r\nDebian GNU/Linux 12 {i.Name} ttyS0\r\n\r\n{i.Name} login: ";

    private static string WindowsBoot(EmulatedInstance i) =>
        $"SeaBIOS (version 1.8.2-google)\r\nBooting from Hard Disk 0...\r\nGCEWindowsAgent: GCE Agent Started on {i.Name}\r\n"
        + "GCEMetadataScripts: Finished running startup scripts.\r\n";
}
