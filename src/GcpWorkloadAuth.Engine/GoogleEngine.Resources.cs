using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Compute.Resources;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Settings;

namespace GcpWorkloadAuth.Engine;

/// <content>Compute Engine's resources, of whatever kind.</content>
public sealed partial class GoogleEngine
{
    Task<GceInstance> IEngine.GetInstanceAsync(SessionRecord session, string project, string zone, string name, EngineCall call) =>
        ResourcesOf(session).GetAsync<GceInstance>(new ResourceAddress(project, new ResourcePlace(Zone: zone), name), call);

    IPager<GceInstance> IEngine.ListInstances(SessionRecord session, InstanceQuery query) => List<GceInstance>(session, new ResourceQuery
    {
        Project = query.Project,
        Place = query.Zone is null ? null : new ResourcePlace(Zone: query.Zone),
        Filter = query.Filter,
        RequireComplete = query.RequireComplete,
    });

    Task<T> IEngine.GetResourceAsync<T>(SessionRecord session, ResourceAddress at, EngineCall call) => ResourcesOf(session).GetAsync<T>(at, call);

    IPager<T> IEngine.ListResources<T>(SessionRecord session, ResourceQuery query) => List<T>(session, query);

    Task<GceImage> IEngine.GetImageOfFamilyAsync(SessionRecord session, string project, string family, EngineCall call) =>
        ResourcesOf(session).GetImageOfFamilyAsync(project, family, call);

    IPager<GceInstanceGroupMember> IEngine.ListGroupMembers(SessionRecord session, ResourceAddress group)
    {
        ResourceService service = ResourcesOf(session);
        return new ResourcePager<GceInstanceGroupMember>((token, call) => service.ListMembersAsync(group, token, call));
    }

    Task<GceProjectMetadata> IEngine.GetProjectMetadataAsync(SessionRecord session, string project, EngineCall call) =>
        ResourcesOf(session).GetProjectMetadataAsync(project, call);

    string? IEngine.GetQuotaProject(SessionRecord session) => SettingsResolver.QuotaProject(EngineSession.Of(session))?.Value;

    object IEngine.GetKeeper(SessionRecord session) => EngineSession.Of(session);

    private static ResourcePager<T> List<T>(SessionRecord session, ResourceQuery query)
        where T : class
    {
        ResourceService service = ResourcesOf(session);
        return new ResourcePager<T>((token, call) => service.ListAsync<T>(query, token, call), query.RequireComplete);
    }

    private static ResourceService ResourcesOf(SessionRecord session) => new(new ApiClient(EngineSession.Of(session)));
}
