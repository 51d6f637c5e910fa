using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the transfer jobs of a project, or gets jobs by name, with how far their latest run is.</summary>
[Cmdlet(VerbsCommon.Get, "GcsTransferJob", DefaultParameterSetName = ByObject, HelpUri = HelpLinks.Base + "Get-GcsTransferJob.md")]
[OutputType(typeof(GcsTransferJob))]
public sealed class GetGcsTransferJobCommand : GcsTransferJobCmdlet
{
    /// <summary>Names of jobs, with or without "transferJobs/".</summary>
    [Parameter(ParameterSetName = ByName, Position = 0, Mandatory = true)]
    [Alias("JobName")]
    [ResourceName(typeof(GcsTransferJob))]
    [ValidateNotNullOrEmpty]
    public override string[]? Name { get; set; }

    /// <summary>Jobs to ask for anew, or names.</summary>
    [Parameter(ParameterSetName = ByObject, ValueFromPipeline = true)]
    [GcsTransferJobTransformation]
    [ValidateNotNullOrEmpty]
    public override GcsTransferJob[]? InputObject { get; set; }

    /// <summary>Only jobs of this status are listed: ENABLED, DISABLED or DELETED.</summary>
    [Parameter(ParameterSetName = ByObject)]
    [ValidateNotNullOrEmpty]
    public string? Status { get; set; }

    private protected override async Task ProcessAsync()
    {
        if (NamedJobs() is { } named)
        {
            foreach (GcsTransferJob job in named)
            {
                await ForItemAsync(
                    job, async () => WriteObject(await Engine.GetTransferJobAsync(Session, await ProjectOfAsync(job), job.Name, Call)));
            }

            return;
        }

        string project = await ProjectOfAsync(null);
        await ForItemAsync(project, () => ListAsync(project));
    }

    private async Task ListAsync(string project)
    {
        TransferJobQuery query = new()
        {
            Project = project,
            Status = Status?.ToUpperInvariant(),
        };
        IPager<GcsTransferJob> pager = Engine.ListTransferJobs(Session, query);
        while (await pager.NextAsync(Call) is { } page)
        {
            foreach (GcsTransferJob job in page.Items)
            {
                WriteObject(job);
            }
        }
    }
}
