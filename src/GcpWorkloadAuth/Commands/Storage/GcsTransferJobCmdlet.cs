using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>What cmdlets have in common that act on transfer jobs: by name and project, or by jobs from the pipeline. Names are literal.</summary>
/// <remarks>The set of InputObject is the default one of each: what is piped binds there first.</remarks>
public abstract class GcsTransferJobCmdlet : GcpCmdlet
{
    private protected const string ByName = "Name";
    private protected const string ByObject = "InputObject";
    private string? _sessionProject;

    /// <summary>Names of jobs, with or without "transferJobs/".</summary>
    public abstract string[]? Name { get; set; }

    /// <summary>Jobs from Start-GcsTransferJob or Get-GcsTransferJob, or names.</summary>
    public abstract GcsTransferJob[]? InputObject { get; set; }

    /// <summary>The project that the jobs belong to; without it, that of the piped job, else the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    public string? Project { get; set; }

    /// <summary>The jobs that the current input names; null where it names none.</summary>
    private protected IReadOnlyList<GcsTransferJob>? NamedJobs()
    {
        if (ParameterSetName == ByObject || Name is null)
        {
            return InputObject;
        }

        List<GcsTransferJob> jobs = new(Name.Length);
        foreach (string name in Name)
        {
            try
            {
                jobs.Add(new GcsTransferJob { Name = TransferJobNames.Whole(name) });
            }
            catch (GcpException failure)
            {
                WriteFailure(failure, name);
            }
        }

        return jobs;
    }

    /// <summary>A job's own project, else -Project, else the session's.</summary>
    private protected async Task<string> ProjectOfAsync(GcsTransferJob? job) =>
        job?.Project ?? Project ?? (_sessionProject ??= await Engine.GetProjectAsync(Session, Call));
}
