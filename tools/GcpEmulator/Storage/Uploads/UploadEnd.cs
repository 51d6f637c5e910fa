using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Storage;

/// <summary>What all ways of uploading end with: checks of the hashes, the new generation, the answer.</summary>
internal static class UploadEnd
{
    public static ObjectDraft Draft(EmulatedRequest request, string name, JsonObject resource, string? type, string? key, ContentWriter writer)
    {
        JsonObject kept = ObjectResource.Select(resource);
        kept["contentType"] ??= string.IsNullOrEmpty(type) ? "application/octet-stream" : type;
        (StoredContent content, uint crc, string? md5) = writer.Finish();
        CheckHashes(resource["crc32c"]?.ToString(), resource["md5Hash"]?.ToString(), crc, md5);
        foreach (string? line in request.Headers["X-Goog-Hash"])
        {
            foreach (string item in (line ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
            {
                CheckHashes(Behind(item, "crc32c="), Behind(item, "md5="), crc, md5);
            }
        }

        return new ObjectDraft(name, content, crc, md5, kept)
        {
            StorageClass = resource["storageClass"]?.ToString(),
            KmsKeyName = request.Parameter("kmsKeyName") ?? resource["kmsKeyName"]?.ToString(),
            CustomerKeySha256 = key,
        };
    }

    public static StoredObject Store(CloudState state, EmulatedBucket settings, ObjectDraft draft, Preconditions conditions)
    {
        ObjectStore store = state.Buckets.Contents(settings.Name)?.Objects ?? throw StorageException.NoBucket();
        return store.Put(draft, settings, conditions);
    }

    public static Reply Answer(EmulatedRequest request, StoredObject stored, EmulatedBucket settings, bool keyGiven) =>
        JsonAnswer.Create(request, FieldSchemas.Object, (Utf8JsonWriter json) => ObjectJson.Write(json, stored, settings, keyGiven))
            .With("ETag", ObjectJson.ETag(stored));

    /// <summary>Texts: googleapis/google-resumable-media-python and gsutil reports.</summary>
    public static void CheckHashes(string? wantedCrc, string? wantedMd5, uint crc, string? md5)
    {
        string actual = Crc32C.Base64(crc);
        if (wantedCrc is not null && wantedCrc != actual)
        {
            throw StorageException.Invalid($"Provided CRC32C \"{wantedCrc}\" doesn't match calculated CRC32C \"{actual}\".");
        }

        if (wantedMd5 is not null && md5 is not null && wantedMd5 != md5)
        {
            throw StorageException.Invalid($"Provided MD5 hash \"{wantedMd5}\" doesn't match calculated MD5 hash \"{md5}\".");
        }
    }

    private static string? Behind(string item, string name) => item.StartsWith(name, StringComparison.Ordinal) ? item[name.Length..] : null;
}
