using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GcpWorkloadAuth.Module.Tests.Harness;

/// <summary>
/// A PowerShell runspace with the staged module imported. The engine package has no Utility and no Management cmdlets: scripts here
/// use the language, Where-Object and ForEach-Object.
/// </summary>
internal sealed class Shell : IDisposable
{
    public Shell(bool import = true)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        Runspace = RunspaceFactory.CreateRunspace(state);
        Runspace.Open();
        if (import)
        {
            Run("Import-Module '" + Repository.Manifest + "' -ErrorAction Stop").MustSucceed();
        }
    }

    public Runspace Runspace { get; }

    /// <summary>Runs a script and gathers every stream. A terminating error is gathered too.</summary>
    public RunResult Run(string script, params object?[] arguments)
    {
        using PowerShell shell = Create(script, arguments);
        return Invoke(shell);
    }

    /// <summary>Starts a script; for tests that stop it, or look at it half-way.</summary>
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
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating = e.ErrorRecord;
        }

        return new RunResult(shell, output, terminating);
    }

    public void Dispose() => Runspace.Dispose();
}
