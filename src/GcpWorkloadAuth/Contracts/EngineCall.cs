using System.Threading;

namespace GcpWorkloadAuth.Contracts;

/// <summary>What goes with one call into the engine: whom to tell, and when to stop.</summary>
internal sealed class EngineCall
{
    public EngineCall(IEngineEvents events, CancellationToken stopping)
    {
        Events = events;
        Stopping = stopping;
    }

    public IEngineEvents Events { get; }

    public CancellationToken Stopping { get; }
}

/// <summary>What the engine has to say while it works. Members may be called from any thread and return at once.</summary>
internal interface IEngineEvents
{
    /// <summary>False where nobody would see an exchange: then none need be described.</summary>
    bool WantsExchanges { get; }

    /// <summary>One HTTP exchange ended. The text in it is already free of secrets.</summary>
    void Exchange(HttpExchange exchange);

    /// <summary>Something the user should know; the id is a key of the string resources.</summary>
    void Warning(string id, params object[] arguments);
}

/// <summary>One finished HTTP attempt, as -Verbose shows it.</summary>
internal readonly struct HttpExchange
{
    public HttpExchange(string method, string displayUri, int? status, long milliseconds, int attempt, string? failure)
    {
        Method = method;
        DisplayUri = displayUri;
        Status = status;
        Milliseconds = milliseconds;
        Attempt = attempt;
        Failure = failure;
    }

    public string Method { get; }

    /// <summary>The URI with every query value hidden that is not on the allow-list.</summary>
    public string DisplayUri { get; }

    /// <summary>The HTTP status, or null when no answer came.</summary>
    public int? Status { get; }

    public long Milliseconds { get; }

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; }

    /// <summary>Why no answer came, or null.</summary>
    public string? Failure { get; }
}
