using System.Management.Automation;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Drops the contexts of this runspace when the module is removed from it. The process's own stay: this also runs for
/// <c>Import-Module -Force</c> and when a parallel runspace closes, and would sign everybody out.
/// </summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        foreach (SessionRecord record in SessionStore.ClearRunspace())
        {
            if (EngineHost.IsLoaded)
            {
                EngineHost.Engine.Forget(record);
            }
        }
    }
}
