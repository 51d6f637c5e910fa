using System;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>One call of a batch and what became of it.</summary>
/// <param name="request">The call; it has no body.</param>
/// <param name="accept">Reads a successful answer; false where it cannot be read. Null where the answer says nothing.</param>
internal sealed class BatchCall(ApiRequest request, Func<ArraySegment<byte>, bool>? accept = null)
{
    public ApiRequest Request { get; } = request;

    /// <summary>Null once it has succeeded.</summary>
    public GcpException? Failure { get; private set; }

    /// <summary>True where an earlier try may have been carried out without its answer coming back.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The first try was sent and not answered as a whole.</summary>
    public void Lose(GcpException failure, bool mayBeDone)
    {
        Failure = failure;
        IsLost |= mayBeDone;
        failure.FollowsLostAnswer = IsLost;
    }

    public void Fail(GcpException failure)
    {
        failure.FollowsLostAnswer |= IsLost;
        Failure = failure;
    }

    public void Succeed(ArraySegment<byte> body, Func<GcpException> unreadable) =>
        Failure = accept is null || accept(body) ? null : unreadable();

    /// <summary>Reads JSON into a place.</summary>
    public static Func<ArraySegment<byte>, bool> Into<T>(JsonMapper<T> map, Action<T> put) => body =>
    {
        bool isRead = JsonText.TryRead(body, map, out T value);
        if (isRead)
        {
            put(value);
        }

        return isRead;
    };
}
