using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.StorageTransfer;

/// <summary>Reads transfer jobs. Source: https://cloud.google.com/storage-transfer/docs/reference/rest/v1/transferJobs#TransferJob.</summary>
internal static class TransferJobReader
{
    /// <summary>The fields that <see cref="Read"/> uses, and so the only ones asked for.</summary>
    public const string Fields =
        "name,description,projectId,status,creationTime,lastModificationTime,deletionTime,latestOperationName,transferSpec("
        + TransferSpecReader.Fields + ")";

    public static GcsTransferJob Read(ref JsonCursor json)
    {
        GcsTransferJob job = new();
        if (!json.BeginObject())
        {
            throw JsonText.NotAsExpected("a resource that is no object");
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "name":
                    job.Name = json.String() ?? string.Empty;
                    break;
                case "description":
                    job.Description = json.String();
                    break;
                case "projectId":
                    job.Project = json.SharedString();
                    break;
                case "status":
                    job.Status = json.SharedString();
                    break;
                case "creationTime":
                    job.CreationTime = json.Time();
                    break;
                case "lastModificationTime":
                    job.UpdateTime = json.Time();
                    break;
                case "deletionTime":
                    job.DeletionTime = json.Time();
                    break;
                case "latestOperationName":
                    string? latest = json.String();
                    job.LatestOperationName = string.IsNullOrEmpty(latest) ? null : latest;
                    break;
                case "transferSpec" when json.BeginObject():
                    TransferSpecReader.ReadInto(ref json, job);
                    break;
                case "transferSpec":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return job.Name.Length > 0 ? job : throw JsonText.NotAsExpected("a resource without a name");
    }

    /// <summary>A page of jobs.</summary>
    public static TransferJobPage ReadPage(ref JsonCursor json)
    {
        TransferJobPage page = new();
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
                case "transferJobs" when json.BeginArray():
                    while (json.NextElement())
                    {
                        page.Items.Add(Read(ref json));
                    }

                    break;
                case "transferJobs":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return page;
    }
}

/// <summary>A page of jobs as it came.</summary>
internal sealed class TransferJobPage
{
    public List<GcsTransferJob> Items { get; } = [];

    public string? NextPageToken { get; set; }
}
