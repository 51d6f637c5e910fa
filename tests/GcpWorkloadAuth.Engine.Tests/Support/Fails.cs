namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>Asserts failures of the catalogue.</summary>
internal static class Fails
{
    /// <summary>The failure, which must have this id, a message, advice and nothing unfilled in either.</summary>
    public static GcpException With(string errorId, Func<object?> work) => Check(errorId, Assert.Throws<GcpException>(() => work()));

    public static async Task<GcpException> WithAsync(string errorId, Func<Task> work) =>
        Check(errorId, await Assert.ThrowsAsync<GcpException>(work));

    public static GcpException Check(string errorId, GcpException failure)
    {
        Assert.Equal(errorId, failure.ErrorId);
        foreach (string text in new[] { failure.Message, failure.Advice })
        {
            Assert.False(string.IsNullOrWhiteSpace(text));
            Assert.DoesNotMatch(@"\{\d", text);
        }

        return failure;
    }
}
