using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.StorageTransfer;

/// <summary>
/// Reads what a job copies from where to where. Sources of other clouds are told by an address of their own kind: jobs made elsewhere
/// are listed too. Source: https://cloud.google.com/storage-transfer/docs/reference/rest/v1/TransferSpec.
/// </summary>
internal static class TransferSpecReader
{
    /// <summary>The fields that <see cref="ReadInto"/> uses.</summary>
    public const string Fields = "gcsDataSource(bucketName,path),gcsDataSink(bucketName,path),awsS3DataSource(bucketName,path),"
        + "awsS3CompatibleDataSource(bucketName,path),azureBlobStorageDataSource(storageAccount,container),httpDataSource,"
        + "posixDataSource,posixDataSink,objectConditions(includePrefixes,excludePrefixes),transferOptions";

    /// <summary>Reads into the job; the cursor stands in the object.</summary>
    public static void ReadInto(ref JsonCursor json, GcsTransferJob job)
    {
        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "gcsDataSource":
                    job.Source = Address(ref json, "gs://", "bucketName", "path");
                    break;
                case "awsS3DataSource" or "awsS3CompatibleDataSource":
                    job.Source = Address(ref json, "s3://", "bucketName", "path");
                    break;
                case "azureBlobStorageDataSource":
                    job.Source = Address(ref json, "https://", "storageAccount", "container", ".blob.core.windows.net");
                    break;
                case "httpDataSource":
                    job.Source = Address(ref json, string.Empty, "listUrl", null);
                    break;
                case "posixDataSource":
                    job.Source = Address(ref json, "posix://", "rootDirectory", null);
                    break;
                case "gcsDataSink":
                    job.Destination = Address(ref json, "gs://", "bucketName", "path");
                    break;
                case "posixDataSink":
                    job.Destination = Address(ref json, "posix://", "rootDirectory", null);
                    break;
                case "objectConditions" when json.BeginObject():
                    ReadConditions(ref json, job);
                    break;
                case "transferOptions" when json.BeginObject():
                    ReadOptions(ref json, job);
                    break;
                case "objectConditions" or "transferOptions":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    private static string? Address(ref JsonCursor json, string scheme, string first, string? second, string suffix = "")
    {
        if (!json.BeginObject())
        {
            return null;
        }

        string place = string.Empty;
        string below = string.Empty;
        while (json.NextProperty(out string name))
        {
            if (name == first)
            {
                place = json.String() ?? string.Empty;
            }
            else if (name == second)
            {
                below = json.String() ?? string.Empty;
            }
            else
            {
                json.Skip();
            }
        }

        return scheme + place + suffix + (below.Length > 0 ? "/" + below : string.Empty);
    }

    private static void ReadConditions(ref JsonCursor json, GcsTransferJob job)
    {
        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "includePrefixes":
                    job.IncludePrefix = JsonLists.Strings(ref json);
                    break;
                case "excludePrefixes":
                    job.ExcludePrefix = JsonLists.Strings(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    private static void ReadOptions(ref JsonCursor json, GcsTransferJob job)
    {
        bool overwrites = false;
        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "overwriteWhen":
                    job.OverwriteWhen = json.SharedString();
                    break;
                case "overwriteObjectsAlreadyExistingInSink":
                    overwrites = json.Boolean();
                    break;
                case "deleteObjectsUniqueInSink":
                    job.DeleteExtraneous = json.Boolean();
                    break;
                case "deleteObjectsFromSourceAfterTransfer":
                    job.DeleteFromSource = json.Boolean();
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        // The older of the two switches: true overwrites always, false only what differs.
        if (job.OverwriteWhen is null or "OVERWRITE_WHEN_UNSPECIFIED")
        {
            job.OverwriteWhen = overwrites ? "ALWAYS" : null;
        }
    }
}
