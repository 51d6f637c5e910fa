using System.Diagnostics.CodeAnalysis;
using GcpEmulator.Auth;
using GcpEmulator.Http;
using GcpEmulator.Metadata;

namespace GcpEmulator;

/// <summary>
/// A Google Cloud of its own on two loopback ports: a metadata server, and the APIs (token endpoint, Storage, Compute, IAM Credentials).
/// It stands until it is disposed of.
/// </summary>
public sealed class EmulatedCloud : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private LoopbackServer? _metadata;
    private LoopbackServer? _api;

    private EmulatedCloud(EmulatorOptions options)
    {
        Options = options;
        State = new CloudState(options);
        Requests = new RequestLog(options.Clock, options.RequestLogCapacity);
        Environment = new Dictionary<string, string>();
    }

    /// <summary>The metadata server: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri MetadataAddress => _metadata!.Address;

    /// <summary>Token endpoint, Storage, Compute and the control endpoint: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri ApiAddress => _api!.Address;

    /// <summary>The environment variables that point gcloud, curl scripts, the Node and Python clients and the module here.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; }

    /// <summary>What the cloud knows; change it as a test needs.</summary>
    public CloudState State { get; }

    /// <summary>Every request so far.</summary>
    public RequestLog Requests { get; }

    /// <summary>What goes wrong with the next requests.</summary>
    public FaultList Faults { get; } = new();

    internal EmulatorOptions Options { get; }

    /// <summary>Starts an emulated cloud.</summary>
    /// <exception cref="ArgumentException">The address is not a loopback address.</exception>
    /// <exception cref="IOException">A port is in use.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller disposes of the cloud; a failed start disposes of it here.")]
    public static async Task<EmulatedCloud> StartAsync(EmulatorOptions? options = null, CancellationToken ct = default)
    {
        EmulatedCloud cloud = new(options ?? new EmulatorOptions());
        try
        {
            await cloud.StartServersAsync(ct);
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>State, faults and log as they were at the start. The ports stay.</summary>
    public void Reset()
    {
        Faults.Clear();
        State.Reset();
        Requests.Clear();
    }

    /// <summary>Closes both ports and every connection, hanging requests included.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_metadata is not null)
        {
            await _metadata.DisposeAsync();
        }

        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        State.Objects.Dispose();
        _stopping.Dispose();
    }

    private async Task StartServersAsync(CancellationToken ct)
    {
        GoogleKey google = new();
        MetadataServer metadata = new(State, google, Options.Clock, _stopping.Token);
        RequestPipeline metadataPipeline = new(this, static _ => EmulatedService.Metadata, metadata.HandleAsync, _stopping.Token);
        _metadata = await LoopbackServer.StartAsync(Options.Address, Options.MetadataPort, metadataPipeline.ProcessAsync, ct);

        TokenEndpoint tokens = new(State, google, Options.Clock, () => ApiAddress);
        ApiServer api = new(this, tokens, new BearerCheck(State, Options.Clock), google);
        RequestPipeline apiPipeline = new(this, ApiServer.Classify, api.HandleAsync, _stopping.Token);
        _api = await LoopbackServer.StartAsync(Options.Address, Options.ApiPort, apiPipeline.ProcessAsync, ct);

        State.ApiAddress = ApiAddress;
        State.Buckets.MediaHost = ApiAddress.GetLeftPart(UriPartial.Authority);
        Environment = ClientEnvironment.Create(MetadataAddress, ApiAddress);
    }
}
