using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <content>Identity tokens and signatures, which only service accounts have.</content>
internal abstract partial class Credential
{
    /// <summary>Throws, before any request, where the credential has no such identity token.</summary>
    public virtual void DemandIdentity(IdentityTokenRequest request) => throw Errors.IdentityTokenNotSupported(Source, Type);

    /// <summary>A fresh identity token from its source. <see cref="DemandIdentity"/> has been asked.</summary>
    public virtual Task<CachedToken> FetchIdentityAsync(IdentityTokenRequest request, EngineCall call) =>
        throw Errors.IdentityTokenNotSupported(Source, Type);

    /// <summary>Whom signatures would speak for.</summary>
    /// <exception cref="GcpException">The credential cannot sign.</exception>
    public virtual Task<SigningIdentity> GetSignerAsync(EngineCall call) => throw Errors.SigningNotSupported(Source, Type);

    /// <summary>Signs with the account's key, wherever that is (RSA with SHA-256, PKCS #1 v1.5).</summary>
    /// <param name="session">The session whose endpoints count, where Google signs.</param>
    /// <param name="data">What is signed.</param>
    /// <param name="call">Whom to tell, when to stop.</param>
    public virtual Task<BlobSignature> SignAsync(EngineSession session, byte[] data, EngineCall call) =>
        throw Errors.SigningNotSupported(Source, Type);
}
