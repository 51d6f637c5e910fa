using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Compute Engine's resources, of whatever kind: the type says which.</content>
internal partial interface IEngine
{
    /// <summary>One resource by its exact name.</summary>
    /// <typeparam name="T">GceDisk, GceSnapshot, GceZone ...</typeparam>
    Task<T> GetResourceAsync<T>(SessionRecord session, ResourceAddress at, EngineCall call)
        where T : class;

    /// <summary>The resources of one place or of all places of a project, a page at a time.</summary>
    /// <typeparam name="T">GceDisk, GceSnapshot, GceZone ...</typeparam>
    IPager<T> ListResources<T>(SessionRecord session, ResourceQuery query)
        where T : class;

    /// <summary>The newest image of a family that is not deprecated.</summary>
    Task<GceImage> GetImageOfFamilyAsync(SessionRecord session, string project, string family, EngineCall call);

    /// <summary>The members of a managed instance group, a page at a time.</summary>
    IPager<GceInstanceGroupMember> ListGroupMembers(SessionRecord session, ResourceAddress group);

    /// <summary>What a project passes on to its instances.</summary>
    Task<GceProjectMetadata> GetProjectMetadataAsync(SessionRecord session, string project, EngineCall call);

    /// <summary>The project that pays for the session's calls, whatever project they are about; null where each pays for its own.</summary>
    string? GetQuotaProject(SessionRecord session);

    /// <summary>An object that is the same as long as the session's identity, environment and settings are: what is kept is kept by it.</summary>
    object GetKeeper(SessionRecord session);
}
