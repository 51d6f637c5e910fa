using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.ResourceManager;

/// <summary>Projects in Resource Manager. One narrow class: a generated client could take its place.</summary>
internal sealed class ProjectService(ApiClient client)
{
    private const string PageSize = "500";
    private const string SearchFields = "nextPageToken,projects(" + ProjectReader.Fields + ")";

    public async Task<GcpProject> GetAsync(string idOrNumber, EngineCall call)
    {
        try
        {
            return await client.GetAsync(
                ResourceManagerApi.ProjectsGet,
                ResourceManagerApi.ProjectsGet.Format(
                    [Names.Project(idOrNumber)], ("prettyPrint", "false"), ("fields", ProjectReader.Fields)),
                ProjectReader.Read,
                _ => Errors.ProjectNotFound(idOrNumber),
                call).ConfigureAwait(false);
        }
        catch (GcpException denied) when (denied.ErrorId == nameof(Resources.Strings.PermissionDenied))
        {
            // Resource Manager does not tell a project that is not there from one that may not be seen: both are 403.
            GcpException failure = Errors.ProjectNotFound(idOrNumber);
            failure.StatusCode = denied.StatusCode;
            failure.Reason = denied.Reason;
            failure.RequestUri = denied.RequestUri;
            throw failure;
        }
    }

    public Task<ProjectPage> SearchAsync(string? query, string? pageToken, EngineCall call) => client.GetAsync(
        ResourceManagerApi.ProjectsSearch,
        ResourceManagerApi.ProjectsSearch.Format(
            [],
            ("query", query),
            ("pageSize", PageSize),
            ("pageToken", pageToken),
            ("prettyPrint", "false"),
            ("fields", SearchFields)),
        ProjectReader.ReadPage,
        static refusal => Errors.ResourceNotFound(refusal.Message),
        call);
}
