using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>The PowerShell engine in this process.</summary>
internal sealed class Host : IDisposable
{
    private readonly Runspace _runspace;

    public Host(params string[] modules)
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        _runspace.Open();
        foreach (string module in modules)
        {
            Run("Import-Module '" + module + "'");
        }
    }

    public ICollection<PSObject> Run(string script)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(script);
        ICollection<PSObject> output = shell.Invoke();
        return shell.Streams.Error.Count == 0 ? output : throw new InvalidOperationException(shell.Streams.Error[0].ToString());
    }

    public void Dispose() => _runspace.Dispose();
}
