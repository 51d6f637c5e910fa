using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>One generation of an object. It never changes; a patch puts another in its place.</summary>
internal sealed record StoredObject
{
    public required string Bucket { get; init; }

    public required string Name { get; init; }

    /// <summary>Scheme and host of its media link: the emulator's own, so that clients which follow it (rclone) stay here.</summary>
    public string MediaHost { get; init; } = "https://storage.googleapis.com";

    public required StoredContent Content { get; init; }

    public required uint Crc32C { get; init; }

    /// <summary>Null for objects made of components: those have none ("Composite objects" documentation).</summary>
    public string? Md5 { get; init; }

    public int? ComponentCount { get; init; }

    /// <summary>The members that a client may set, as it set them; see <see cref="ObjectResource"/>. Not to be changed.</summary>
    public required JsonObject Resource { get; init; }

    public string StorageClass { get; init; } = "STANDARD";

    public string? KmsKeyName { get; init; }

    /// <summary>The SHA-256 of the customer's key, in base64; null for a key of Google's.</summary>
    public string? CustomerKeySha256 { get; init; }

    public long Generation { get; init; }

    public long Metageneration { get; init; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the retention period began: the creation, or the end of an event-based hold.</summary>
    public DateTimeOffset RetainedFrom { get; init; }

    /// <summary>When it became noncurrent.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public DateTimeOffset? SoftDeletedAt { get; init; }

    public DateTimeOffset? HardDeleteAt { get; init; }

    public string ContentType => Text("contentType") ?? "application/octet-stream";

    public string? ContentEncoding => Text("contentEncoding");

    public string? Text(string name) => Resource[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public bool Flag(string name) => Resource[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;
}

/// <summary>What an upload, a copy or a composition is about to become.</summary>
internal sealed record ObjectDraft(string Name, StoredContent Content, uint Crc32C, string? Md5, JsonObject Resource)
{
    public int? ComponentCount { get; init; }

    public string? StorageClass { get; init; }

    public string? KmsKeyName { get; init; }

    public string? CustomerKeySha256 { get; init; }
}
