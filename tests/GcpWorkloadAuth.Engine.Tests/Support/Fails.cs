namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>Asserts failures of the catalogue.</summary>
internal static class Fails
{
    /// <summary>The failure, which must have this id, a message, advice and nothing unfilled in either.</summary>
    public static GcpException With(string errorId, Func<object?> work) => Check(errorId, Assert.Throws<GcpException>(() => work()));

    public static async Task<GcpException> WithAsync(string errorId, Func<Task> work) =>
        Check(errorId, await Assert.ThrowsAsync<GcpException>(work));

    /// <param name="errorId">The id it must have.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="shown">What its message must hold.</param>
    public static GcpException Check(string errorId, GcpException failure, params string[] shown)
    {
        Assert.Equal(errorId, failure.ErrorId);
        Assert.All(shown, text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
        foreach (string text in new[] { failure.Message, failure.Advice })
        {
            Assert.False(string.IsNullOrWhiteSpace(text));
            Assert.DoesNotMatch(@"\{\d", text);
        }

        return failure;
    }
}
