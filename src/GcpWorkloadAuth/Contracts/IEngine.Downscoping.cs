using System.Collections.Generic;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Tokens that may do less.</content>
internal partial interface IEngine
{
    /// <summary>
    /// A new token for the session's identity that the rules restrict. All of it is checked before anything is asked for.
    /// </summary>
    /// <param name="session">The session whose token is exchanged.</param>
    /// <param name="rules">One to ten.</param>
    /// <param name="forceRefresh">Exchange a new token of the session, so that this one lives its whole time.</param>
    /// <param name="call">Whom to tell, when to stop.</param>
    Task<GceAccessToken> DownscopeAsync(SessionRecord session, IReadOnlyList<AccessBoundaryRule> rules, bool forceRefresh, EngineCall call);
}
