using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>One resumable upload. Only the holder of <see cref="Gate"/> may touch it: an old request may still be ending when the next comes.</summary>
internal sealed class ResumableSession(string id, string bucket, string name, JsonObject resource, ContentWriter writer) : IDisposable
{
    /// <summary>What is persisted of an upload that broke off is a multiple of this ("Resumable uploads", chunk sizes).</summary>
    public const long Unit = 256 * 1024;

    public string Id => id;

    public string Bucket => bucket;

    public string Name => name;

    public JsonObject Resource => resource;

    public ContentWriter Writer => writer;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public string? ContentType { get; init; }

    /// <summary>The length that the client announced at the start.</summary>
    public long? ExpectedLength { get; init; }

    public string? CustomerKeySha256 { get; init; }

    public string? KmsKeyName { get; init; }

    public Preconditions Conditions { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>What it became.</summary>
    public StoredObject? Result { get; set; }

    public bool IsCancelled { get; set; }

    public bool IsOpen => Result is null && !IsCancelled;

    public void Dispose()
    {
        writer.Dispose();
        Gate.Dispose();
    }
}
