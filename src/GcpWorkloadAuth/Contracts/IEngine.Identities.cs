using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Identity tokens.</content>
internal partial interface IEngine
{
    /// <summary>A token that tells an audience who the session is, from the cache where it is still good.</summary>
    Task<GceIdentityToken> GetIdentityTokenAsync(SessionRecord session, IdentityTokenRequest request, EngineCall call);
}
