using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>What the other cloud or identity provider says who this workload is. A secret.</summary>
/// <param name="value">As it is sent to the Security Token Service.</param>
/// <param name="secrets">What else must not be repeated where a service quotes the request in a refusal.</param>
internal sealed class SubjectToken(string value, params string?[] secrets)
{
    public string Value { get; } = value;

    public IReadOnlyList<string?> Secrets { get; } = secrets;

    /// <summary>The certificate, with its key, that is shown where the token is sent; null for none. Whoever sends it disposes of it.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>What is between it and the root.</summary>
    public X509Certificate2Collection CertificateChain { get; init; } = [];
}

/// <summary>One place subject tokens come from. Asked at every renewal: what was there an hour ago may have changed.</summary>
internal abstract class SubjectTokenSource
{
    /// <summary>No subject token, and no file or answer that holds one, is larger (bytes).</summary>
    public const int Largest = 64 * 1024;

    /// <summary>What else than the credential file decides whose tokens these are, digested; empty where nothing does.</summary>
    public virtual string Recipe => string.Empty;

    /// <summary>A subject token that is good now.</summary>
    public abstract Task<SubjectToken> GetAsync(EngineCall call);
}
