using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the projects that the account may see, or gets projects by id.</summary>
[Cmdlet(VerbsCommon.Get, "GcpProject", HelpUri = HelpLinks.Base + "Get-GcpProject.md")]
[OutputType(typeof(GcpProject))]
public sealed class GetGcpProjectCommand : GcpCmdlet
{
    /// <summary>Ids, numbers or projects. With a wildcard the ids and the display names of all projects are matched.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[]? Name { get; set; }

    /// <summary>An expression in the server's own language, as in 'state:ACTIVE labels.stage:test'.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    private protected override async Task ProcessAsync()
    {
        if (Name is null)
        {
            await ListAsync(static _ => true);
            return;
        }

        foreach (string name in Name)
        {
            await ForItemAsync(name, () => FindAsync(name));
        }
    }

    private async Task FindAsync(string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            await ListAsync(project => pattern.IsMatch(project.ProjectId) || pattern.IsMatch(project.DisplayName ?? string.Empty));
        }
        else if (Filter is null)
        {
            WriteObject(await Engine.GetProjectAsync(Session, name, Call));
        }
        else if (await ListAsync(project => IsNamed(project, name)) == 0)
        {
            throw Errors.ProjectNotFound(name);
        }
    }

    private async Task<int> ListAsync(Func<GcpProject, bool> isWanted)
    {
        int count = 0;
        IPager<GcpProject> pager = Engine.SearchProjects(Session, Filter);
        while (await pager.NextAsync(Call) is { } page)
        {
            foreach (GcpProject project in page.Items)
            {
                if (isWanted(project))
                {
                    count++;
                    WriteObject(project);
                }
            }
        }

        return count;
    }

    private static bool IsNamed(GcpProject project, string name) =>
        project.ProjectId == name || project.Number?.ToString(CultureInfo.InvariantCulture) == name;
}
