using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Harness;

/// <summary>
/// A PowerShell runspace with the staged module imported. The engine package has no Utility and no Management cmdlets: scripts here
/// use the language, Where-Object and ForEach-Object.
/// </summary>
internal sealed class Shell : IDisposable
{
    // Far more than any script here needs, on a machine that does ten other things too: what takes longer hangs.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    public Shell(bool import = true, PSHost? host = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        Runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        Runspace.Open();
        if (import)
        {
            Run("Import-Module '" + Repository.Manifest + "' -ErrorAction Stop").MustSucceed();
        }
    }

    public Runspace Runspace { get; }

    /// <summary>Open runspaces with the module in each, for many scripts at once.</summary>
    public static RunspacePool Pool(int size)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Repository.Manifest);
        RunspacePool pool = RunspaceFactory.CreateRunspacePool(state);
        pool.SetMaxRunspaces(size);
        pool.SetMinRunspaces(size);
        pool.Open();
        return pool;
    }

    /// <summary>Runs a script and gathers every stream. A terminating error is gathered too.</summary>
    public RunResult Run(string script, params object?[] arguments)
    {
        using PowerShell shell = Create(script, arguments);
        return Invoke(shell);
    }

    /// <summary>Starts a script, waits until something has happened, and stops it as Ctrl+C does.</summary>
    /// <param name="script">What to run.</param>
    /// <param name="when">Completes when it is time to stop.</param>
    /// <returns>All that it wrote; <see cref="RunResult.Elapsed"/> is how long the stop took.</returns>
    public async Task<RunResult> StopAsync(string script, Task when)
    {
        using PowerShell shell = Create(script);
        PSDataCollection<PSObject> output = [];
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        await when.WaitAsync(s_limit);
        Assert.False(running.IsCompleted, "The script ended before it was stopped.");
        Stopwatch clock = Stopwatch.StartNew();
        await Task.Run(shell.Stop).WaitAsync(s_limit);
        return new RunResult(shell, output, null, clock.Elapsed);
    }

    /// <summary>A script that has not been started.</summary>
    public PowerShell Create(string script, params object?[] arguments)
    {
        PowerShell shell = PowerShell.Create();
        shell.Runspace = Runspace;
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }

    public static RunResult Invoke(PowerShell shell)
    {
        PSDataCollection<PSObject> output = [];
        ErrorRecord? terminating = null;
        Stopwatch clock = Stopwatch.StartNew();
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        if (!running.AsyncWaitHandle.WaitOne(s_limit))
        {
            shell.Stop();
            Assert.Fail("The script did not end within " + s_limit + ".");
        }

        try
        {
            shell.EndInvoke(running);
        }
        catch (RuntimeException e)
        {
            terminating = e.ErrorRecord;
        }

        return new RunResult(shell, output, terminating, clock.Elapsed);
    }

    public void Dispose() => Runspace.Dispose();
}
