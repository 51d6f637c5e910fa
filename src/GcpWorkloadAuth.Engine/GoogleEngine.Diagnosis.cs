using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Diagnosis;

namespace GcpWorkloadAuth.Engine;

/// <content>The doctor.</content>
public sealed partial class GoogleEngine
{
    IPager<GcpAuthenticationCheck> IEngine.Diagnose(SessionRecord session, DiagnosisRequest request)
    {
        foreach (string scope in request.Scopes)
        {
            Names.Scope(scope);
        }

        foreach (string permission in request.Permissions)
        {
            Names.Permission(permission);
        }

        if (request.Bucket is not null)
        {
            Names.Bucket(request.Bucket);
        }

        return new DiagnosisRun(session, request);
    }
}
