using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine;

/// <content>Identity tokens.</content>
public sealed partial class GoogleEngine
{
    async Task<GceIdentityToken> IEngine.GetIdentityTokenAsync(SessionRecord session, IdentityTokenRequest request, EngineCall call)
    {
        EngineSession engine = EngineSession.Of(session);
        IdentityHandle handle = engine.HandleOf(request);
        if (request.ForceRefresh)
        {
            engine.Metadata.Reader.Client.ForgetNegative();
        }

        Credential credential = handle.Credential;
        Task<CachedToken> fetching = handle.GetAsync(request.ForceRefresh, call);
        string? account = credential.Account;
        if (credential is MetadataCredential metadata)
        {
            AttachedAccount attached = AttachedAccount.Of(metadata, request.ServiceAccount);
            Task<GceServiceAccount?> asking = attached.GetAsync(engine.Metadata.Reader, again: false, call);
            await fetching.ConfigureAwait(false);
            account = (await asking.ConfigureAwait(false))?.Email ?? request.ServiceAccount;
        }

        CachedToken token = await fetching.ConfigureAwait(false);
        return Describe(token, account, credential.Source);
    }

    private static GceIdentityToken Describe(CachedToken token, string? account, string source)
    {
        IdentityJwt claims = IdentityJwt.TryRead(token.Value) ?? throw Errors.TokenResponseInvalid(source);
        return new GceIdentityToken(token.Value)
        {
            Audience = claims.Audience ?? string.Empty,
            Issuer = claims.Issuer ?? string.Empty,
            Subject = claims.Subject ?? string.Empty,
            Email = claims.Email,
            ExpiresAt = (claims.ExpiresUtc ?? token.ExpiresUtc).ToLocalTime(),
            ComputeEngine = claims.Instance,
            Account = claims.Email ?? account,
            Source = source,
        };
    }
}
