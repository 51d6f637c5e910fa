using System;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists images, the newest of families, or gets them by name, public ones too.</summary>
[Cmdlet(VerbsCommon.Get, "GceImage", DefaultParameterSetName = NameSet, HelpUri = HelpLinks.Base + "Get-GceImage.md")]
[OutputType(typeof(GceImage))]
public sealed class GetGceImageCommand : GceListCmdlet<GceImage>
{
    private const string NameSet = "Name";
    private const string FamilySet = "Family";

    /// <summary>Names or images; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ResourceName(typeof(GceImage), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>
    /// Families: of each the newest image that is not deprecated; 'debian-cloud/debian-12' names the project too. A wildcard lists all
    /// images of the families that match.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FamilySet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageFamilyCompleter))]
    public string[]? Family { get; set; }

    /// <summary>The projects to look in, public ones too ('debian-cloud'); without it, the session's project.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageProjectCompleter))]
    public override string[]? Project { get; set; }

    /// <summary>Lists deprecated and obsolete images too. One that is named exactly always comes.</summary>
    [Parameter]
    public SwitchParameter IncludeDeprecated { get; set; }

    private protected override string Noun => "image";

    private protected override string[]? Names => Name;

    private protected override bool IsWanted(GceImage item) => IncludeDeprecated || item.DeprecationState is null;

    private protected override Func<string, Task> Prepare() => Family is { } families ? project => FindFamiliesAsync(project, families) : base.Prepare();

    private async Task FindFamiliesAsync(string project, string[] families)
    {
        foreach (string family in families)
        {
            int slash = family.IndexOf('/');
            string owner = slash > 0 ? family.Substring(0, slash) : project;
            await ForItemAsync(family, () => FindFamilyAsync(owner, family.Substring(slash + 1)));
        }
    }

    private async Task FindFamilyAsync(string project, string family)
    {
        if (WildcardPattern.ContainsWildcardCharacters(family))
        {
            WildcardPattern pattern = WildcardPattern.Get(family, WildcardOptions.IgnoreCase);
            await ListAsync(project, null, Filter, image => image.Family is { } name && pattern.IsMatch(name) && IsWanted(image));
        }
        else
        {
            WriteObject(await Engine.GetImageOfFamilyAsync(Session, project, family, Call));
        }
    }
}
