using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

internal partial interface IEngine
{
    /// <summary>
    /// Checks everything of a request that can be checked without asking anybody, and tells how the address it goes to may be shown.
    /// </summary>
    string CheckRest(SessionRecord session, RestRequest request);

    /// <summary>Writes a guest attribute of the VM that this runs on.</summary>
    Task SetGuestAttributeAsync(SessionRecord session, string guestNamespace, string key, string value, EngineCall call);

    /// <summary>One project by its exact id or number.</summary>
    Task<GcpProject> GetProjectAsync(SessionRecord session, string idOrNumber, EngineCall call);

    /// <summary>The projects that the session's account may see, a page at a time.</summary>
    /// <param name="session">The session.</param>
    /// <param name="query">An expression in the server's own language; null for all.</param>
    IPager<GcpProject> SearchProjects(SessionRecord session, string? query);

    /// <summary>
    /// Sends a request to any Google API. Where its address is none that a token may go to, it fails before a token is asked for.
    /// </summary>
    Task<RestAnswer> SendRestAsync(SessionRecord session, RestRequest request, EngineCall call);
}
