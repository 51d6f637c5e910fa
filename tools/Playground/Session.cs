using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace Playground;

/// <summary>A PowerShell runspace with the module, whose output is formatted to the console.</summary>
internal sealed class Session : IDisposable
{
    private readonly ConsoleHost _host = new();
    private readonly Runspace _runspace;
    private PowerShell? _running;

    public Session(string manifest)
    {
        _runspace = RunspaceFactory.CreateRunspace(_host, InitialSessionState.CreateDefault2());
        _runspace.Open();
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        if (!UI.SupportsVirtualTerminal)
        {
            shell.AddScript("$PSStyle.OutputRendering = 'PlainText'").AddStatement();
        }

        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", "Stop").Invoke();
    }

    public PSHostUserInterface UI => _host.UI;

    public Version EngineVersion => _runspace.Version;

    /// <summary>True once a script called exit.</summary>
    public bool HasExited => _host.HasExited;

    /// <summary>Runs a script and shows what it emits. Returns the exit code: what exit said, 1 after an uncaught error, else 0.</summary>
    public int RunScript(string script, object?[] arguments)
    {
        bool succeeded = Show(script, arguments);
        if (_host.HasExited)
        {
            return _host.ExitCode;
        }

        return succeeded ? 0 : 1;
    }

    /// <summary>Runs a script and shows what it emits, errors too. False where it was ended by an error.</summary>
    public bool Show(string script, params object?[] arguments)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        // As a console does: errors into the same formatter, in their place among the output.
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        _running = shell;
        try
        {
            shell.Invoke();
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException e)
        {
            ShowError(e.ErrorRecord);
            return false;
        }
        finally
        {
            _running = null;
        }
    }

    /// <summary>Stops what runs now (Ctrl+C). False where nothing runs.</summary>
    public bool Stop()
    {
        PowerShell? running = _running;
        running?.BeginStop(null, null);
        return running is not null;
    }

    public void Dispose() => _runspace.Dispose();

    private void ShowError(ErrorRecord error)
    {
        _host.UI.WriteErrorLine(error.ToString());
        if (error.ErrorDetails?.RecommendedAction is { Length: > 0 } advice)
        {
            _host.UI.WriteErrorLine("  Recommendation: " + advice);
        }
    }
}
