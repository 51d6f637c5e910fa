using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.ResourceManager;
using GcpWorkloadAuth.Engine.Rest;

namespace GcpWorkloadAuth.Engine;

/// <content>Requests to any API.</content>
public sealed partial class GoogleEngine
{
    string IEngine.CheckRest(SessionRecord session, RestRequest request) =>
        DisplayUri.Of(new RestClient(EngineSession.Of(session)).Check(request));

    Task<GcpProject> IEngine.GetProjectAsync(SessionRecord session, string idOrNumber, EngineCall call) =>
        ProjectsOf(session).GetAsync(idOrNumber, call);

    IPager<GcpProject> IEngine.SearchProjects(SessionRecord session, string? query) => new ProjectPager(ProjectsOf(session), query);

    Task<RestAnswer> IEngine.SendRestAsync(SessionRecord session, RestRequest request, EngineCall call) =>
        new RestClient(EngineSession.Of(session)).SendAsync(request, call);

    Task IEngine.SetGuestAttributeAsync(SessionRecord session, string guestNamespace, string key, string value, EngineCall call) =>
        Worker.RunAsync(() =>
        {
            EngineSession.Of(session).Metadata.Reader.SetGuestAttribute(guestNamespace, key, value, call);
            return true;
        });

    private static ProjectService ProjectsOf(SessionRecord session) => new(new ApiClient(EngineSession.Of(session)));
}
