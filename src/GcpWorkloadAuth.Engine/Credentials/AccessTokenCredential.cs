using System;
using System.Collections.Generic;
using System.Security;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>A token that somebody else obtained: used as it is, never renewed.</summary>
internal sealed class AccessTokenCredential : Credential
{
    private readonly CachedToken _token;
    private readonly string? _universe;

    public AccessTokenCredential(SecureString secret, string? universe)
    {
        string value = Secrets.Reveal(secret).Trim();
        if (!CachedToken.IsToken(value))
        {
            throw Errors.AccessTokenInvalid();
        }

        _universe = universe;
        _token = new CachedToken(value, "Bearer", TimeSpan.MaxValue);
        Recipe = "access-token|" + Secrets.Digest(value);
    }

    public override string Type => "AccessToken";

    public override string Source => "-AccessToken";

    public override string Recipe { get; }

    public override bool CanChooseScopes => false;

    public override Task<Universe> GetUniverseAsync(EngineCall call) =>
        Task.FromResult(new Universe(_universe ?? Universe.Default, isTrusted: _universe is not null));

    public override Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call) => _token.AsTask;
}
