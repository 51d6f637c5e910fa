using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Identities;

/// <summary>
/// Signs as a session's identity: with the key where the session has one, by IAM's signBlob for a VM's account and an impersonated
/// one.
/// </summary>
internal sealed class SessionSigner(EngineSession session) : ISigner
{
    public Task<BlobSignature> SignAsync(byte[] data, EngineCall call) => session.Credential.SignAsync(session, data, call);
}
