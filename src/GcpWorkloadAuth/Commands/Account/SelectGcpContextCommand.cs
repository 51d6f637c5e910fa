using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Makes a context the one that cmdlets use when none is named.</summary>
[Cmdlet(VerbsCommon.Select, "GcpContext", HelpUri = HelpLinks.Base + "Select-GcpContext.md")]
[OutputType(typeof(GcpContext))]
public sealed class SelectGcpContextCommand : GcpCmdlet
{
    /// <summary>The context's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GcpContext))]
    [ArgumentCompleter(typeof(ContextNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Emit the context.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? FailureTarget => Name;

    private protected override async Task ProcessAsync()
    {
        SessionRecord record = SessionStore.Find(Name!) ?? throw Errors.ContextNotFound(Name!);
        SessionStore.Select(record);
        if (PassThru)
        {
            WriteObject(Contexts.Describe(record, await Engine.DescribeAsync(record, offline: true, Call), isDefault: true));
        }
    }
}
