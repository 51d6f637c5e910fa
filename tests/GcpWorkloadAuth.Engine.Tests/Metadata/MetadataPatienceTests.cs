using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Metadata;

/// <summary>How long a metadata server that is not there is waited for, and how long that is remembered.</summary>
public sealed class MetadataPatienceTests
{
    private readonly Events _events = new();

    [Fact]
    public async Task A_black_hole_costs_the_deadline_and_no_more()
    {
        using BlackHole hole = new();
        Stopwatch clock = Stopwatch.StartNew();

        GcpException failure = await Fails.WithAsync("MetadataServerUnreachable", () => GetAsync(Client(hole.Host, 0.5)));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.4, 3);
        Assert.Equal(GcpErrorKind.Connection, failure.Kind);
        Assert.Contains("0.5 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_tried_again_until_the_deadline()
    {
        Stopwatch clock = Stopwatch.StartNew();

        await Fails.WithAsync("MetadataServerUnreachable", () => GetAsync(Client(FreeHost(), 0.6)));

        Assert.True(_events.Exchanges.Count > 1, "one try only");
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 3);
    }

    [Fact]
    public async Task A_server_that_comes_up_late_is_met()
    {
        string host = FreeHost();
        Task<HttpReply> asking = GetAsync(Client(host, 20));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(asking.IsCompleted);
        using TcpListener late = new(IPEndPoint.Parse(host));
        late.Start();
        using TcpClient client = await late.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        RawConnection connection = new(client, TestContext.Current.CancellationToken);
        await connection.ReadHeadAsync();
        await connection.SendAsync(RawServer.Answer(200, "up", "Metadata-Flavor: Google"));

        using HttpReply reply = await asking;

        Assert.Equal("up", reply.Text());
    }

    [Fact]
    public async Task That_nobody_was_there_is_remembered_until_it_is_forgotten()
    {
        Assert.SkipWhen(MetadataPlatform.LooksLikeGoogle, "On Google's machines nothing negative is remembered.");
        string host = FreeHost();
        GcpException first = await Fails.WithAsync("MetadataServerUnreachable", () => GetAsync(Client(host, null)));
        int tries = _events.Exchanges.Count;
        Stopwatch clock = Stopwatch.StartNew();

        GcpException again = await Fails.WithAsync("MetadataServerUnreachable", () => GetAsync(Client(host, null)));

        Assert.Equal(first.Message, again.Message);
        Assert.Equal(tries, _events.Exchanges.Count);
        Assert.True(clock.ElapsedMilliseconds < 300, "asked again");

        // Another port is another server.
        await using RawServer server = RawServer.Saying(RawServer.Answer(200, "up", "Metadata-Flavor: Google"));
        using HttpReply other = await GetAsync(Client(server.Host, null));
        MetadataClient client = Client(host, null);
        client.ForgetNegative();
        await Fails.WithAsync("MetadataServerUnreachable", () => GetAsync(client));
        Assert.True(_events.Exchanges.Count > tries + 1, "was not asked again");
    }

    [Fact]
    public async Task Who_chose_to_wait_is_never_told_from_memory()
    {
        string host = FreeHost();
        await Fails.WithAsync("MetadataServerUnreachable", () => GetAsync(Client(host, 0.2)));
        int tries = _events.Exchanges.Count;

        await Fails.WithAsync("MetadataServerUnreachable", () => GetAsync(Client(host, 0.2)));

        Assert.True(_events.Exchanges.Count > tries, "told from memory");
    }

    [Fact]
    public async Task A_server_that_has_answered_before_is_waited_for_longer()
    {
        MetadataClient client;
        await using (RawServer server = RawServer.Saying(RawServer.Answer(200, "up", "Metadata-Flavor: Google")))
        {
            client = Client(server.Host, null);
            using HttpReply reply = await GetAsync(client);
        }

        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(1.6));

        // Were it waited for one second only, this would be a failure and no stop.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(client, stop.Token));
    }

    [Fact]
    public async Task Stopping_ends_the_pause_between_tries_at_once()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(503, "x", "Metadata-Flavor: Google", "Retry-After: 30"));
        using CancellationTokenSource stop = new();
        Task<HttpReply> asking = GetAsync(Client(server.Host, 60), stop.Token);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.False(asking.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task A_server_elsewhere_is_warned_of_once()
    {
        // Nothing is sent: the call is stopped already.
        string host = "metadata-" + Guid.NewGuid().ToString("N") + ".example:8080";
        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(Client(host, 5), new CancellationToken(true)));
        }

        (string id, object[] arguments) = Assert.Single(_events.Warnings);
        Assert.Equal("WarnMetadataHost", id);
        Assert.Equal(["GCE_METADATA_HOST", host], arguments);
    }

    [Fact]
    public async Task A_server_on_this_machine_is_not_warned_of()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(200, "up", "Metadata-Flavor: Google"));

        using HttpReply reply = await GetAsync(Client(server.Host, 5));

        Assert.Empty(_events.Warnings);
    }

    private static MetadataClient Client(string host, double? seconds) => new(
        MetadataAddress.From(Snapshots.Of(("GCE_METADATA_HOST", host))), seconds is { } s ? TimeSpan.FromSeconds(s) : null);

    private Task<HttpReply> GetAsync(MetadataClient client, CancellationToken? stopping = null) => Worker.RunAsync(() => client.Get(
        "instance/name", MetadataClient.ValueCap, TimeSpan.Zero, _events.Call(stopping ?? TestContext.Current.CancellationToken)));

    private static string FreeHost()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }
}
