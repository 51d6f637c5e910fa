using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <content>IAM's identity tokens and signatures.</content>
internal sealed partial class ImpersonatedCredential
{
    public override void DemandIdentity(IdentityTokenRequest request)
    {
        if (request.IsFull || request.IncludeLicense)
        {
            throw Errors.IdentityOptionNotSupported(request.IsFull ? "-Format Full" : "-IncludeLicense", Source);
        }
    }

    public override Task<CachedToken> FetchIdentityAsync(IdentityTokenRequest request, EngineCall call) =>
        Service.GenerateIdTokenAsync(_target, request.Audience, request.IncludeEmail, call);

    public override Task<SigningIdentity> GetSignerAsync(EngineCall call) =>
        Task.FromResult(new SigningIdentity(_target.Account, HasKey: false));

    public override Task<BlobSignature> SignAsync(EngineSession session, byte[] data, EngineCall call) =>
        Service.SignBlobAsync(_target, data, call);
}
