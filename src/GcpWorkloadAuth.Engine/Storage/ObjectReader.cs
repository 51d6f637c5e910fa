using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>Reads object resources. Source: https://cloud.google.com/storage/docs/json_api/v1/objects#resource.</summary>
internal static class ObjectReader
{
    /// <summary>The fields that <see cref="Read"/> uses, and so the only ones asked for.</summary>
    public const string Fields =
        "name,bucket,generation,metageneration,size,contentType,contentEncoding,contentDisposition,contentLanguage,cacheControl,"
        + "storageClass,crc32c,md5Hash,timeCreated,updated,timeDeleted,softDeleteTime,hardDeleteTime,customTime,"
        + "retentionExpirationTime,eventBasedHold,temporaryHold,kmsKeyName,customerEncryption/keySha256,componentCount,metadata,"
        + "etag,selfLink";

    public static GcsObject Read(ref JsonCursor json)
    {
        GcsObject result = new() { IsComplete = true };
        if (!json.BeginObject())
        {
            throw JsonText.NotAsExpected("a resource that is no object");
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "name":
                    result.Name = json.String() ?? string.Empty;
                    break;
                case "bucket":
                    result.Bucket = json.SharedString() ?? string.Empty;
                    break;
                case "generation":
                    result.Generation = json.Int64();
                    break;
                case "metageneration":
                    result.Metageneration = json.Int64();
                    break;
                case "size":
                    result.Size = json.Int64();
                    break;
                case "contentType":
                    result.ContentType = json.SharedString();
                    break;
                case "storageClass":
                    result.StorageClass = json.SharedString();
                    break;
                case "crc32c":
                    result.Crc32C = json.String();
                    break;
                case "md5Hash":
                    result.Md5Hash = json.String();
                    break;
                case "timeCreated":
                    result.CreationTime = json.Time();
                    break;
                case "updated":
                    result.UpdateTime = json.Time();
                    break;
                case "metadata":
                    result.Metadata = JsonLists.Map(ref json);
                    break;
                case "etag":
                    result.ETag = json.String();
                    break;
                case "selfLink":
                    result.SelfLink = json.String();
                    break;
                default:
                    ReadRare(ref json, name, result);
                    break;
            }
        }

        return result.Name.Length > 0 ? result : throw JsonText.NotAsExpected("a resource without a name");
    }

    // What few objects have.
    private static void ReadRare(ref JsonCursor json, string property, GcsObject result)
    {
        switch (property)
        {
            case "contentEncoding":
                result.ContentEncoding = json.SharedString();
                break;
            case "contentDisposition":
                result.ContentDisposition = json.SharedString();
                break;
            case "contentLanguage":
                result.ContentLanguage = json.SharedString();
                break;
            case "cacheControl":
                result.CacheControl = json.SharedString();
                break;
            case "timeDeleted":
                result.DeletionTime = json.Time();
                break;
            case "softDeleteTime":
                result.SoftDeletionTime = json.Time();
                break;
            case "hardDeleteTime":
                result.HardDeletionTime = json.Time();
                break;
            case "customTime":
                result.CustomTime = json.Time();
                break;
            case "retentionExpirationTime":
                result.RetentionExpirationTime = json.Time();
                break;
            case "eventBasedHold":
                result.EventBasedHold = json.Boolean();
                break;
            case "temporaryHold":
                result.TemporaryHold = json.Boolean();
                break;
            case "kmsKeyName":
                result.KmsKeyName = json.SharedString();
                break;
            case "componentCount":
                result.ComponentCount = json.Int64();
                break;
            case "customerEncryption" when json.BeginObject():
                while (json.NextProperty(out string name))
                {
                    if (name == "keySha256")
                    {
                        result.EncryptionKeySha256 = json.String();
                    }
                    else
                    {
                        json.Skip();
                    }
                }

                break;
            case "customerEncryption":
                break;
            default:
                json.Skip();
                break;
        }
    }

    /// <summary>A page of objects.</summary>
    public static ObjectPage ReadPage(ref JsonCursor json)
    {
        ObjectPage page = new();
        if (!json.BeginObject())
        {
            return page;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "nextPageToken":
                    page.NextPageToken = json.String();
                    break;
                case "items" when json.BeginArray():
                    while (json.NextElement())
                    {
                        page.Items.Add(Read(ref json));
                    }

                    break;
                case "prefixes" when json.BeginArray():
                    while (json.NextElement())
                    {
                        page.Prefixes.Add(json.String() ?? string.Empty);
                    }

                    break;
                case "items" or "prefixes":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return page;
    }
}

/// <summary>A page of objects as it came.</summary>
internal sealed class ObjectPage
{
    public List<GcsObject> Items { get; } = [];

    public List<string> Prefixes { get; } = [];

    public string? NextPageToken { get; set; }
}
