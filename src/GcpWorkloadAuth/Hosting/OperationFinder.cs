using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Finds operations of which perhaps only the name is known.</summary>
internal sealed class OperationFinder(IEngine engine, SessionRecord session, EngineCall call)
{
    /// <param name="operation">What is known. Its own project and place win.</param>
    /// <param name="project">The project otherwise; empty for the session's.</param>
    /// <param name="zone">The zone otherwise.</param>
    /// <param name="region">The region otherwise.</param>
    /// <param name="isGlobal">True where it is a global one.</param>
    public async Task<GceOperation> FindAsync(GceOperation operation, string project, string? zone, string? region, bool isGlobal)
    {
        if (operation.Project.Length > 0)
        {
            return await engine.GetOperationAsync(session, OperationAddress.Of(operation), call);
        }

        project = project.Length > 0 ? project : await engine.GetProjectAsync(session, call);
        if (zone is not null || region is not null || isGlobal)
        {
            return await engine.GetOperationAsync(session, new OperationAddress(project, zone, zone is null ? region : null, operation.Name), call);
        }

        foreach (char c in operation.Name)
        {
            if (!(char.IsLetterOrDigit(c) || c is '-' or '_'))
            {
                throw Errors.OperationNameInvalid(operation.Name);
            }
        }

        IPager<GceOperation> pager = engine.ListOperations(
            session, new OperationQuery { Project = project, Filter = "name = \"" + operation.Name + "\"" });
        while (await pager.NextAsync(call) is { } page)
        {
            if (page.Items.Count > 0)
            {
                return page.Items[0];
            }
        }

        throw Errors.OperationNotFound(operation.Name, project);
    }
}
