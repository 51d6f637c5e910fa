using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Identities;

/// <summary>Signs as a service account: what signed URLs are made with.</summary>
internal interface ISigner
{
    /// <summary>The signature over the data.</summary>
    /// <exception cref="GcpException">The identity cannot sign, or may not.</exception>
    Task<BlobSignature> SignAsync(byte[] data, EngineCall call);
}
