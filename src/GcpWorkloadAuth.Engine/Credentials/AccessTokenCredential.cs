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
        : this(Secrets.Reveal(secret), universe, "-AccessToken")
    {
    }

    /// <param name="text">The token; space around it does not count.</param>
    /// <param name="universe">What -UniverseDomain says; null where it was not given.</param>
    /// <param name="source">Where it was found, for people.</param>
    public AccessTokenCredential(string text, string? universe, string source)
    {
        string value = text.Trim();
        if (!CachedToken.IsToken(value))
        {
            throw Errors.AccessTokenInvalid();
        }

        Source = source;
        _universe = universe;
        _token = new CachedToken(value, "Bearer", TimeSpan.MaxValue);
        Recipe = "access-token|" + Secrets.Digest(value);
    }

    public override string Type => "AccessToken";

    public override string Source { get; }

    public override string Recipe { get; }

    public override bool CanChooseScopes => false;

    public override Task<Universe> GetUniverseAsync(EngineCall call) =>
        Task.FromResult(new Universe(_universe ?? Universe.Default, isTrusted: _universe is not null));

    public override Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call) => _token.AsTask;
}
