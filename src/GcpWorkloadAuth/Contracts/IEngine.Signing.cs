using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Signed URLs and policy documents (V4).</content>
internal partial interface IEngine
{
    /// <summary>A URL that lets whoever has it do one thing for a while. Nothing of Cloud Storage is asked.</summary>
    Task<GcsSignedUrl> SignUrlAsync(SessionRecord session, SignedUrlRequest request, EngineCall call);

    /// <summary>Address and fields of a form that uploads to a bucket.</summary>
    Task<GcsPostPolicy> SignPostPolicyAsync(SessionRecord session, PostPolicyRequest request, EngineCall call);
}
