using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;

namespace GcpWorkloadAuth.Engine.Identities;

/// <summary>A credential with the identity token to ask for and the cell it is kept in, renewed as access tokens are.</summary>
internal sealed class IdentityHandle
{
    private readonly Func<EngineCall, Task<CachedToken>> _fetch;
    private readonly TokenCell _cell;

    /// <param name="credential">Who.</param>
    /// <param name="request">Which token; its audience has been checked.</param>
    /// <param name="keyPrefix">What else of the session's recipe takes part in the key.</param>
    public IdentityHandle(Credential credential, IdentityTokenRequest request, string keyPrefix)
    {
        Credential = credential;
        string options = (request.IsFull ? "full" : "standard") + (request.IncludeLicense ? ",licenses" : string.Empty)
            + (request.IncludeEmail ? ",email" : string.Empty);

        // The audience may hold anything: it stands last.
        _cell = TokenCache.Cell(keyPrefix + credential.Recipe + "|identity|" + request.ServiceAccount + "|" + options + "|" + request.Audience);
        _fetch = call => credential.FetchIdentityAsync(request, call);
    }

    public Credential Credential { get; }

    /// <summary>A usable token, from the cell where it is still good.</summary>
    public Task<CachedToken> GetAsync(bool force, EngineCall call) => _cell.GetAsync(force, _fetch, Credential.Source, call);
}
