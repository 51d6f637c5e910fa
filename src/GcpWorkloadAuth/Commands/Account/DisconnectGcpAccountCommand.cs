using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Forgets contexts with their credentials and cached tokens. Nothing on disk or in the cloud changes.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "GcpAccount", DefaultParameterSetName = NameSet, HelpUri = HelpLinks.Base + "Disconnect-GcpAccount.md")]
public sealed class DisconnectGcpAccountCommand : GcpCmdlet
{
    private const string NameSet = "Name";
    private const string AllSet = "All";

    /// <summary>The contexts to forget; without it, the current one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ResourceName(typeof(GcpContext))]
    [ArgumentCompleter(typeof(ContextNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Forget every context of this process and runspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    private protected override async Task ProcessAsync()
    {
        if (All)
        {
            foreach (SessionRecord record in SessionStore.All(withHidden: true))
            {
                Forget(record);
            }
        }
        else if (Name is null)
        {
            Forget(Session);
        }
        else
        {
            foreach (string name in Name)
            {
                await ForItemAsync(name, () =>
                {
                    Forget(SessionStore.Find(name) ?? throw Errors.ContextNotFound(name));
                    return Task.CompletedTask;
                });
            }
        }
    }

    private static void Forget(SessionRecord record)
    {
        SessionStore.Remove(record);
        if (EngineHost.IsLoaded)
        {
            Engine.Forget(record);
        }
    }
}
