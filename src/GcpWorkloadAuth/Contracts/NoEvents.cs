namespace GcpWorkloadAuth.Contracts;

/// <summary>Nobody listens: background work outlives the cmdlet that started it.</summary>
internal sealed class NoEvents : IEngineEvents
{
    public static readonly NoEvents Instance = new();

    public bool WantsExchanges => false;

    public void Exchange(HttpExchange exchange)
    {
    }

    public void Warning(string id, params object[] arguments)
    {
    }
}
