using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>What both kinds of federated credential files have in common.</summary>
internal abstract class FederatedCredential : Credential
{
    private readonly bool _universeIsTrusted;

    /// <param name="file">The file.</param>
    /// <param name="trustedUniverse">What -UniverseDomain says; null where it was not given.</param>
    protected FederatedCredential(CredentialFile file, string? trustedUniverse)
    {
        File = file;
        _universeIsTrusted = string.Equals(file.UniverseDomain, trustedUniverse, StringComparison.OrdinalIgnoreCase);
    }

    public override string Type => File.Type;

    public override string Source => File.Source;

    public override string? QuotaProject => File.QuotaProject;

    protected CredentialFile File { get; }

    public override Task<Universe> GetUniverseAsync(EngineCall call) =>
        Task.FromResult(new Universe(File.UniverseDomain, _universeIsTrusted));

    /// <summary>The file's universe, which must be the one that the user trusts.</summary>
    protected static string DemandUniverse(CredentialFile file, string? trustedUniverse)
    {
        // Of another type than text it reads as not there; it must not pass for the default.
        _ = new FileFields(file).Text("universe_domain");
        string trusted = trustedUniverse ?? Universe.Default;
        return string.Equals(file.UniverseDomain, trusted, StringComparison.OrdinalIgnoreCase)
            ? trusted
            : throw Errors.UniverseMismatch(Refusals.OneLine(file.UniverseDomain, 80), trusted);
    }
}
