using System.Collections.Concurrent;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>Keeps what the engine says.</summary>
internal sealed class Events : IEngineEvents
{
    public bool WantsExchanges => true;

    public ConcurrentQueue<HttpExchange> Exchanges { get; } = new();

    public ConcurrentQueue<(string Id, object[] Arguments)> Warnings { get; } = new();

    public void Exchange(HttpExchange exchange) => Exchanges.Enqueue(exchange);

    public void Warning(string id, params object[] arguments) => Warnings.Enqueue((id, arguments));

    /// <summary>A call that ends with the test.</summary>
    public EngineCall Call() => new(this, TestContext.Current.CancellationToken);

    public EngineCall Call(CancellationToken stopping) => new(this, stopping);

    /// <summary>A call whose events nobody reads.</summary>
    public static EngineCall Quiet() => new Events().Call();
}
