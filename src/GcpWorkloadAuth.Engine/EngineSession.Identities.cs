using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine;

/// <content>Identity tokens.</content>
internal sealed partial class EngineSession
{
    /// <summary>The handle that a request for an identity token means. What cannot be had fails here, before any request.</summary>
    public IdentityHandle HandleOf(IdentityTokenRequest request)
    {
        Names.Audience(request.Audience);
        Credential credential = Credential;
        if (request.ServiceAccount is not null && credential is not MetadataCredential)
        {
            throw Errors.ServiceAccountNeedsMetadataServer(credential.Source);
        }

        credential.DemandIdentity(request);
        return new IdentityHandle(credential, request, KeyPrefix);
    }
}
