using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;

namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>A credential that is whatever a test needs.</summary>
internal sealed class StubCredential : Credential
{
    public override string Type => "stub";

    public override string Source => "stub";

    public override string Recipe => "stub";

    public bool FromLoopback { get; init; }

    public override bool IsLoopback => FromLoopback;

    public override Task<Universe> GetUniverseAsync(EngineCall call) => Task.FromResult(new Universe(Universe.Default, isTrusted: true));

    public override Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call) =>
        Task.FromResult(new CachedToken("token", "Bearer", TimeSpan.FromHours(1)));
}
