using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What cmdlets have in common that read in one project or in many: many are asked side by side, and one that refuses is a warning while
/// the others go on.
/// </summary>
public abstract class GceProjectsCmdlet : GcpCmdlet
{
    // So many projects on one quota project's account are worth a word.
    private const int Many = 10;

    private SideBySide? _fleet;
    private bool _isPiped;
    private bool _isQuotaSaid;
    private int _count;

    /// <summary>The projects to look in; without it, the session's project. Several are asked side by side.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public virtual string[]? Project { get; set; }

    /// <summary>How many projects are asked at a time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public virtual int ThrottleLimit { get; set; } = 16;

    /// <summary>True where several projects are looked in.</summary>
    private protected bool IsFleet { get; private set; }

    /// <summary>What is to be done in each project, by what is bound now: the next object of the pipeline may come before it is done.</summary>
    private protected abstract Func<string, Task> Prepare();

    /// <summary>False where an object of the pipeline means one thing, whose refusal is a failure.</summary>
    private protected virtual bool IsOfWholeProjects => true;

    /// <summary>What is left to do when every project was looked in.</summary>
    private protected virtual void FinishFleet()
    {
    }

    private protected override Task BeginAsync()
    {
        _isPiped = MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Project));
        return Task.CompletedTask;
    }

    private protected override async Task ProcessAsync()
    {
        string[] projects = Project ?? new[] { await Engine.GetProjectAsync(Session, Call) };
        Func<string, Task> work = Prepare();
        if (projects.Length == 1 && !(_isPiped && Project is not null && IsOfWholeProjects))
        {
            await work(projects[0]);
            return;
        }

        IsFleet = true;
        _fleet ??= MakeSideBySide(ThrottleLimit);
        HashSet<string> asked = new(StringComparer.Ordinal);
        foreach (string project in projects)
        {
            if (asked.Add(project))
            {
                WarnOfQuota(projects.Length);
                await _fleet.StartAsync(() => TryAsync(project, work));
            }
        }
    }

    private protected override async Task EndAsync()
    {
        if (_fleet is not null)
        {
            await _fleet.FinishAsync();
            FinishFleet();
        }
    }

    private async Task TryAsync(string project, Func<string, Task> work)
    {
        try
        {
            await work(project);
        }
        catch (GcpException refusal) when (refusal.Kind == GcpErrorKind.Permission)
        {
            Warn(nameof(Resources.Strings.WarnProjectRefused), project, refusal.Message);
        }
        catch (GcpException failure)
        {
            WriteFailure(failure, project);
        }
    }

    private void WarnOfQuota(int known)
    {
        _count++;
        if (_isQuotaSaid || Math.Max(_count, known) < Many)
        {
            return;
        }

        _isQuotaSaid = true;
        if (Engine.GetQuotaProject(Session) is { } payer)
        {
            Warn(nameof(Resources.Strings.WarnQuotaProject), payer);
        }
    }
}
