using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>What a transport failure means to the user.</summary>
internal static class Failures
{
    public static GcpException Of(TransportFailure failure, long cap) => failure.Kind switch
    {
        TransportFailureKind.Timeout => Errors.ConnectionTimedOut(failure.Host, failure.Seconds),
        TransportFailureKind.Truncated => Errors.ResponseTruncated(failure.Host),
        TransportFailureKind.TooLarge => Errors.ResponseTooLarge(failure.Host, cap),
        _ => Errors.ConnectionFailed(failure.Host, failure.Message),
    };
}
