using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Downscoping;

namespace GcpWorkloadAuth.Engine;

/// <content>Tokens that may do less.</content>
public sealed partial class GoogleEngine
{
    async Task<GceAccessToken> IEngine.DownscopeAsync(
        SessionRecord session, IReadOnlyList<AccessBoundaryRule> rules, bool forceRefresh, EngineCall call)
    {
        string options = AccessBoundary.ToOptions(rules);
        EngineSession engine = EngineSession.Of(session);
        CachedToken token = await new DownscopingService(engine).FetchAsync(options, forceRefresh, call).ConfigureAwait(false);
        TokenHandle handle = engine.DefaultHandle;
        string? account = handle.Credential.Account;
        IReadOnlyList<string> scopes = handle.Scopes;
        if (handle.Credential is MetadataCredential metadata)
        {
            GceServiceAccount? attached = await AttachedAccount.Of(metadata, null).GetAsync(engine.Metadata.Reader, again: false, call).ConfigureAwait(false);
            account = attached?.Email;
            scopes = attached?.Scopes ?? scopes;
        }

        return Describe(token, scopes, account, handle.Credential.Source + ", downscoped");
    }
}
