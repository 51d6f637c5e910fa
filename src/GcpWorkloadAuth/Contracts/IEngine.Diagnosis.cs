namespace GcpWorkloadAuth.Contracts;

/// <content>The doctor.</content>
internal partial interface IEngine
{
    /// <summary>
    /// Checks everything between a session and its first successful request. The checks run side by side from the first page on; a
    /// page is what one of them found, always in the same order. Whatever the cloud or this machine does is told in a row; only
    /// arguments that can mean nothing throw, and they do here.
    /// </summary>
    IPager<GcpAuthenticationCheck> Diagnose(SessionRecord session, DiagnosisRequest request);
}
