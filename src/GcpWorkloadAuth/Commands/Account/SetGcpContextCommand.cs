using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Changes the settings of a context: project, zone, region, quota project. The identity stays.</summary>
[Cmdlet(VerbsCommon.Set, "GcpContext", HelpUri = HelpLinks.Base + "Set-GcpContext.md")]
[OutputType(typeof(GcpContext))]
public sealed class SetGcpContextCommand : GcpCmdlet
{
    /// <summary>The project that cmdlets work in when none is named. An empty string goes back to where it comes from by itself.</summary>
    [Parameter(Position = 0)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? Project { get; set; }

    /// <summary>The zone that completes a name which needs one. An empty string clears it.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string? Zone { get; set; }

    /// <summary>The region that completes a name which needs one. An empty string clears it.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ComputeRegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The project that calls are billed to and whose quota they use. An empty string clears it.</summary>
    [Parameter]
    [AllowEmptyString]
    [Alias("BillingProject")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? QuotaProject { get; set; }

    /// <summary>Emit the changed context.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task EndAsync()
    {
        SessionRecord old;
        SessionRecord changed;
        ContextDescription about;
        do
        {
            old = Present();
            changed = old with
            {
                Project = Changed(nameof(Project), Project, old.Project),
                Zone = Changed(nameof(Zone), Zone, old.Zone),
                Region = Changed(nameof(Region), Region, old.Region),
                QuotaProject = Changed(nameof(QuotaProject), QuotaProject, old.QuotaProject),
            };
            about = await Engine.DescribeAsync(changed, offline: true, Call);
        }
        while (!SessionStore.Replace(old, changed));

        if (PassThru)
        {
            WriteObject(Contexts.Describe(changed, about, ReferenceEquals(changed, SessionStore.Current)));
        }
    }

    // As it is now: an older context object must neither undo later changes nor bring a removed one back.
    private SessionRecord Present() => Context is null
        ? SessionStore.Current
        : SessionStore.Find(Context.Name) ?? throw Errors.ContextNotFound(Context.Name);

    private string? Changed(string parameter, string? value, string? before)
    {
        if (!MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            return before;
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }
}
