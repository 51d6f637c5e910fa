using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>An object in a Cloud Storage bucket: one generation of it.</summary>
public sealed class GcsObject
{
    /// <summary>The object's name, exactly as it is stored; it may hold any character but a line break.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The bucket it lies in.</summary>
    public string Bucket { get; internal set; } = string.Empty;

    /// <summary>Which version of the content this is; it changes whenever the object is overwritten. Null where only the name is known.</summary>
    public long? Generation { get; internal set; }

    /// <summary>Which version of the metadata of this generation it is, counted from 1.</summary>
    public long? Metageneration { get; internal set; }

    /// <summary>The length of the stored content in bytes; null where only the name is known.</summary>
    public long? Size { get; internal set; }

    /// <summary>The media type of the content.</summary>
    public string? ContentType { get; internal set; }

    /// <summary>How the stored content is encoded ("gzip"); null where it is not.</summary>
    public string? ContentEncoding { get; internal set; }

    /// <summary>What a browser shall do with it.</summary>
    public string? ContentDisposition { get; internal set; }

    /// <summary>The language of the content.</summary>
    public string? ContentLanguage { get; internal set; }

    /// <summary>How long it may be cached, as an HTTP Cache-Control value.</summary>
    public string? CacheControl { get; internal set; }

    /// <summary>STANDARD, NEARLINE, COLDLINE, ARCHIVE ...</summary>
    public string? StorageClass { get; internal set; }

    /// <summary>The CRC32C of the stored content as Google writes it: big-endian, base64.</summary>
    public string? Crc32C { get; internal set; }

    /// <summary>The MD5 of the stored content, base64; null for composite and multipart objects, which have none.</summary>
    public string? Md5Hash { get; internal set; }

    /// <summary>When this generation was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>When its metadata last changed, local time.</summary>
    public DateTime? UpdateTime { get; internal set; }

    /// <summary>When it became noncurrent, local time; null for the live version.</summary>
    public DateTime? DeletionTime { get; internal set; }

    /// <summary>When it was soft-deleted, local time; null where it was not.</summary>
    public DateTime? SoftDeletionTime { get; internal set; }

    /// <summary>When a soft-deleted object ends for good, local time.</summary>
    public DateTime? HardDeletionTime { get; internal set; }

    /// <summary>A time that the user gave it, local time; lifecycle rules can use it.</summary>
    public DateTime? CustomTime { get; internal set; }

    /// <summary>Until when a retention policy keeps it, local time.</summary>
    public DateTime? RetentionExpirationTime { get; internal set; }

    /// <summary>True while an event-based hold keeps it.</summary>
    public bool EventBasedHold { get; internal set; }

    /// <summary>True while a temporary hold keeps it.</summary>
    public bool TemporaryHold { get; internal set; }

    /// <summary>The Cloud KMS key that it is encrypted with; null for Google's own keys.</summary>
    public string? KmsKeyName { get; internal set; }

    /// <summary>The SHA-256 of the customer-supplied key that it is encrypted with, base64; null where there is none.</summary>
    public string? EncryptionKeySha256 { get; internal set; }

    /// <summary>Of how many parts it was composed; null where it was not.</summary>
    public long? ComponentCount { get; internal set; }

    /// <summary>The user's own metadata; empty where there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal set; } = NoLabels.Instance;

    /// <summary>Changes whenever the object or its metadata does.</summary>
    public string? ETag { get; internal set; }

    /// <summary>The object's address in the JSON API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>True where it stands for all objects whose names begin with its name: input that names a prefix or a bucket.</summary>
    internal bool IsPrefix { get; init; }

    /// <summary>True where the service itself described it here, with all that it says of an object.</summary>
    internal bool IsComplete { get; init; }

    /// <summary>True where it was only named, by an address say, and nothing but bucket, name and perhaps generation is known.</summary>
    internal bool IsNamedOnly => CreationTime is null;

    /// <summary>The gs:// address, without a generation.</summary>
    public string Uri => "gs://" + Bucket + "/" + Name;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
