using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Shows who the session is, in which project, and where each of these came from.</summary>
[Cmdlet(VerbsCommon.Get, "GcpContext", DefaultParameterSetName = NameSet, HelpUri = HelpLinks.Base + "Get-GcpContext.md")]
[OutputType(typeof(GcpContext))]
public sealed class GetGcpContextCommand : GcpCmdlet
{
    private const string NameSet = "Name";
    private const string ListSet = "List";

    /// <summary>The contexts to show; without it, the current one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ResourceName(typeof(GcpContext))]
    [ArgumentCompleter(typeof(ContextNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Show every context of this process and runspace, without asking the metadata server about any.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ListSet)]
    public SwitchParameter ListAvailable { get; set; }

    private protected override async Task ProcessAsync()
    {
        if (ListAvailable)
        {
            foreach (SessionRecord record in SessionStore.All())
            {
                await ForItemAsync(record.Name, () => ShowAsync(record, offline: true));
            }
        }
        else if (Name is null)
        {
            await ShowAsync(Session, offline: false);
        }
        else
        {
            foreach (string name in Name)
            {
                await ForItemAsync(
                    name, () => ShowAsync(SessionStore.Find(name) ?? throw Errors.ContextNotFound(name), offline: false));
            }
        }
    }

    private async Task ShowAsync(SessionRecord record, bool offline)
    {
        ContextDescription about = await Engine.DescribeAsync(record, offline, Call);
        if (about.Failure is { } failure)
        {
            WriteWarning(failure.Message + " " + failure.Advice);
        }

        WriteObject(Contexts.Describe(record, about, isDefault: ReferenceEquals(record, SessionStore.Current)));
    }
}
