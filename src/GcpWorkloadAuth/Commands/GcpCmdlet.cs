using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What every cmdlet has: the -Context parameter, async phases run on the pipeline thread, Ctrl+C that cancels the request in
/// flight, failures as ErrorRecords, and the engine's trace in the Verbose stream.
/// </summary>
public abstract class GcpCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PipelinePump _pump = new();
    private SynchronizationContext? _caller;
    private SessionRecord? _session;
    private EngineCall? _call;

    /// <summary>The session to work in: a context from Get-GcpContext, or the name of one. Without it, the current one.</summary>
    [Parameter]
    [ValidateNotNull] // an empty variable must not turn into another identity
    [ContextTransformation]
    [ArgumentCompleter(typeof(ContextNameCompleter))]
    public GcpContext? Context { get; set; }

    private protected EngineCall Call => _call ??= new EngineCall(new PipelineEvents(this), _stopping.Token);

    private protected static IEngine Engine => EngineHost.Engine;

    /// <summary>The session this invocation works in. Fails where -Context names none.</summary>
    private protected SessionRecord Session => _session ??= FindSession();

    /// <summary>True where a failure ends the invocation because nothing sensible can follow (a sign-in, a token).</summary>
    private protected virtual bool FailuresTerminate => false;

    /// <summary>What a failure that no item claims is reported against: the input, else the session.</summary>
    private protected virtual object? FailureTarget => Context?.Name ?? SessionStore.Current.Name;

    private protected virtual Task BeginAsync() => Task.CompletedTask;

    private protected virtual Task ProcessAsync() => Task.CompletedTask;

    private protected virtual Task EndAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Run(BeginAsync, isItem: false);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Run(ProcessAsync, isItem: true);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Run(EndAsync, isItem: false);

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself just now.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the invocation held.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Where the pipeline ended without EndProcessing, work may still be under way.
            StopProcessing();
            _stopping.Dispose();
        }
    }

    /// <summary>Reports a failure against the input it happened to, and lets the others go on.</summary>
    private protected void WriteFailure(GcpException failure, object? target)
    {
        if (FailuresTerminate)
        {
            ThrowTerminatingError(ErrorRecords.From(failure, target));
        }

        WriteError(ErrorRecords.From(failure, target));
    }

    /// <summary>Runs work for one input; its failure is reported against that input.</summary>
    private protected async Task ForItemAsync(object? target, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (GcpException failure)
        {
            WriteFailure(failure, target);
        }
    }

    /// <summary>Work for several inputs at a time; see <see cref="SideBySide"/>.</summary>
    private protected SideBySide MakeSideBySide(int limit) => new(limit, _stopping.Cancel);

    /// <summary>Runs what may run code that is not ours outside of the pipeline's own members (a script property, a host).</summary>
    private protected T RunForeign<T>(Func<T> work)
    {
        using ForeignCode _ = ForeignCode.Enter(_caller);
        return work();
    }

    // The engine's members below may run code that is not ours; see ForeignCode.
    private protected new void WriteObject(object? value)
    {
        using ForeignCode _ = ForeignCode.Enter(_caller);
        base.WriteObject(value);
    }

    private protected new void WriteObject(object? value, bool enumerateCollection)
    {
        using ForeignCode _ = ForeignCode.Enter(_caller);
        base.WriteObject(value, enumerateCollection);
    }

    private protected new void WriteError(ErrorRecord error)
    {
        using ForeignCode _ = ForeignCode.Enter(_caller);
        base.WriteError(error);
    }

    private protected new void WriteWarning(string text)
    {
        using ForeignCode _ = ForeignCode.Enter(_caller);
        base.WriteWarning(text);
    }

    /// <summary>
    /// A warning of the string resources, now: the engine's own come when the pipeline thread is free, behind what is being written.
    /// </summary>
    private protected void Warn(string id, params object[] arguments) => WriteWarning(PipelineEvents.Format(id, arguments));

    private protected new void WriteVerbose(string text)
    {
        using ForeignCode _ = ForeignCode.Enter(_caller);
        base.WriteVerbose(text);
    }

    private protected new void WriteDebug(string text)
    {
        using ForeignCode _ = ForeignCode.Enter(_caller);
        base.WriteDebug(text);
    }

    private protected new void WriteProgress(ProgressRecord progress)
    {
        using ForeignCode _ = ForeignCode.Enter(_caller);
        base.WriteProgress(progress);
    }

    private protected new bool ShouldProcess(string target, string action)
    {
        using ForeignCode _ = ForeignCode.Enter(_caller);
        return base.ShouldProcess(target, action);
    }

    /// <summary>
    /// Whether to go on. -Force only switches the prompt off: -WhatIf wins over it, and so does -Confirm where it is asked for.
    /// </summary>
    private protected bool ShouldProcess(string target, string action, bool force) =>
        force && !IsWhatIf() && !MyInvocation.BoundParameters.ContainsKey("Confirm") || ShouldProcess(target, action);

    private protected new bool ShouldContinue(string query, string caption)
    {
        using ForeignCode _ = ForeignCode.Enter(_caller);
        return base.ShouldContinue(query, caption);
    }

    private void Run(Func<Task> phase, bool isItem)
    {
        _caller = SynchronizationContext.Current;
        try
        {
            _pump.Run(phase, _stopping.Cancel);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (GcpException failure)
        {
            if (FailuresTerminate || !isItem)
            {
                ThrowTerminatingError(ErrorRecords.From(failure, FailureTarget));
            }

            base.WriteError(ErrorRecords.From(failure, FailureTarget));
        }
    }

    private bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object bound)
            ? bound is SwitchParameter { IsPresent: true }
            : GetVariableValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };

    private bool IsVerbose()
    {
        if (MyInvocation.BoundParameters.TryGetValue("Verbose", out object verbose))
        {
            return verbose is SwitchParameter { IsPresent: true };
        }

        return GetVariableValue("VerbosePreference") is not ActionPreference.SilentlyContinue;
    }

    private SessionRecord FindSession()
    {
        if (Context is null)
        {
            return SessionStore.Current;
        }

        return Context.Record ?? SessionStore.Find(Context.Name) ?? throw Errors.ContextNotFound(Context.Name);
    }

    private sealed class PipelineEvents : IEngineEvents
    {
        private readonly GcpCmdlet _cmdlet;

        public PipelineEvents(GcpCmdlet cmdlet)
        {
            _cmdlet = cmdlet;
            WantsExchanges = cmdlet.IsVerbose();
        }

        // Read when the call is made, on the pipeline thread.
        public bool WantsExchanges { get; }

        public void Exchange(HttpExchange exchange) =>
            _cmdlet._pump.Post(_ => _cmdlet.WriteVerbose(Describe(exchange)), null);

        public void Warning(string id, params object[] arguments) =>
            _cmdlet._pump.Post(_ => _cmdlet.WriteWarning(Format(id, arguments)), null);

        private static string Describe(HttpExchange exchange)
        {
            string outcome = exchange.Status?.ToString(CultureInfo.InvariantCulture) ?? exchange.Failure ?? "no answer";
            string attempt = exchange.Attempt > 1 ? ", attempt " + exchange.Attempt.ToString(CultureInfo.InvariantCulture) : string.Empty;
            return string.Format(
                CultureInfo.InvariantCulture,
                "{0} {1}: {2}, {3} ms{4}",
                exchange.Method,
                exchange.DisplayUri,
                outcome,
                exchange.Milliseconds,
                attempt);
        }

        public static string Format(string id, object[] arguments) =>
            string.Format(CultureInfo.CurrentCulture, Strings.ResourceManager.GetString(id, CultureInfo.CurrentUICulture) ?? id, arguments);
    }
}
