using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Storage.Signing;

namespace GcpWorkloadAuth.Engine;

/// <content>Signed URLs and policy documents.</content>
public sealed partial class GoogleEngine
{
    Task<GcsSignedUrl> IEngine.SignUrlAsync(SessionRecord session, SignedUrlRequest request, EngineCall call) =>
        SigningOf(session).SignUrlAsync(request, call);

    Task<GcsPostPolicy> IEngine.SignPostPolicyAsync(SessionRecord session, PostPolicyRequest request, EngineCall call) =>
        SigningOf(session).SignPostPolicyAsync(request, call);

    private static SigningService SigningOf(SessionRecord session) => new(EngineSession.Of(session), static () => DateTime.UtcNow);
}
