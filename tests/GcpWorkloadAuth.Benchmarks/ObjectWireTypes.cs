using System.Text.Json.Serialization;

namespace GcpWorkloadAuth.Benchmarks;

// The fields the module asks for, as plain types: what the peer of the object list benchmark reads.
internal sealed record ObjectList(List<StoredObject>? Items, List<string>? Prefixes, string? NextPageToken);

internal sealed record StoredObject
{
    public string? Name { get; init; }

    public string? Bucket { get; init; }

    public long Generation { get; init; }

    public long Metageneration { get; init; }

    public long Size { get; init; }

    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    public string? ContentDisposition { get; init; }

    public string? ContentLanguage { get; init; }

    public string? CacheControl { get; init; }

    public string? StorageClass { get; init; }

    public string? Crc32c { get; init; }

    public string? Md5Hash { get; init; }

    public DateTimeOffset? TimeCreated { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public DateTimeOffset? TimeDeleted { get; init; }

    public DateTimeOffset? SoftDeleteTime { get; init; }

    public DateTimeOffset? HardDeleteTime { get; init; }

    public DateTimeOffset? CustomTime { get; init; }

    public DateTimeOffset? RetentionExpirationTime { get; init; }

    public bool EventBasedHold { get; init; }

    public bool TemporaryHold { get; init; }

    public string? KmsKeyName { get; init; }

    public CustomerEncryption? CustomerEncryption { get; init; }

    public int? ComponentCount { get; init; }

    public Dictionary<string, string>? Metadata { get; init; }

    public string? Etag { get; init; }

    public string? SelfLink { get; init; }
}

internal sealed record CustomerEncryption(string? KeySha256);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ObjectList))]
internal sealed partial class ObjectJson : JsonSerializerContext;
