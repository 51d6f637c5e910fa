using System;
using System.Collections.Generic;
using System.Globalization;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>Reads bucket resources. Source: https://cloud.google.com/storage/docs/json_api/v1/buckets#resource.</summary>
internal static class BucketReader
{
    /// <summary>The fields that <see cref="Read"/> uses, and so the only ones asked for.</summary>
    public const string Fields =
        "name,projectNumber,location,locationType,customPlacementConfig/dataLocations,storageClass,timeCreated,updated,labels,"
        + "iamConfiguration(uniformBucketLevelAccess/enabled,publicAccessPrevention),versioning/enabled,"
        + "softDeletePolicy/retentionDurationSeconds,retentionPolicy(retentionPeriod,isLocked),hierarchicalNamespace/enabled,"
        + "autoclass(enabled,terminalStorageClass),billing/requesterPays,encryption/defaultKmsKeyName,lifecycle/rule,cors,"
        + "website(mainPageSuffix,notFoundPage),logging(logBucket,logObjectPrefix),defaultEventBasedHold,rpo,"
        + "etag,generation,metageneration,selfLink";

    public static GcsBucket Read(ref JsonCursor json)
    {
        GcsBucket bucket = new();
        if (!json.BeginObject())
        {
            throw JsonText.NotAsExpected("a resource that is no object");
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "name":
                    bucket.Name = json.String() ?? string.Empty;
                    break;
                case "projectNumber":
                    bucket.ProjectNumber = json.UInt64();
                    break;
                case "location":
                    bucket.Location = json.SharedString() ?? string.Empty;
                    break;
                case "locationType":
                    bucket.LocationType = json.SharedString();
                    break;
                case "storageClass":
                    bucket.StorageClass = json.SharedString();
                    break;
                case "timeCreated":
                    bucket.CreationTime = json.Time();
                    break;
                case "updated":
                    bucket.UpdateTime = json.Time();
                    break;
                case "labels":
                    bucket.Labels = JsonLists.Map(ref json);
                    break;
                case "cors":
                    bucket.CorsRules = CorsReader.ReadRules(ref json);
                    break;
                case "defaultEventBasedHold":
                    bucket.DefaultEventBasedHold = json.Boolean();
                    break;
                case "rpo":
                    bucket.Rpo = json.SharedString();
                    break;
                case "etag":
                    bucket.ETag = json.String();
                    break;
                case "generation":
                    bucket.Generation = json.Int64();
                    break;
                case "metageneration":
                    bucket.Metageneration = json.Int64();
                    break;
                case "selfLink":
                    bucket.SelfLink = json.String();
                    break;
                default:
                    ReadPart(ref json, name, bucket);
                    break;
            }
        }

        if (bucket.ProjectNumber is { } number)
        {
            bucket.Project = number.ToString(CultureInfo.InvariantCulture);
        }

        return bucket.Name.Length > 0 ? bucket : throw JsonText.NotAsExpected("a resource without a name");
    }

    // The parts that are objects of their own.
    private static void ReadPart(ref JsonCursor json, string part, GcsBucket bucket)
    {
        if (part is not ("customPlacementConfig" or "iamConfiguration" or "versioning" or "softDeletePolicy" or "retentionPolicy"
            or "hierarchicalNamespace" or "autoclass" or "billing" or "encryption" or "lifecycle" or "website" or "logging"))
        {
            json.Skip();
            return;
        }

        if (!json.BeginObject())
        {
            return;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "dataLocations":
                    bucket.DataLocations = JsonLists.Strings(ref json);
                    break;
                case "uniformBucketLevelAccess":
                    bucket.UniformBucketLevelAccess = ReadEnabled(ref json);
                    break;
                case "publicAccessPrevention":
                    bucket.PublicAccessPrevention = json.SharedString();
                    break;
                case "retentionDurationSeconds":
                    bucket.SoftDeleteRetention = Seconds(json.Int64()) ?? TimeSpan.Zero;
                    break;
                case "retentionPeriod":
                    bucket.RetentionPeriod = Seconds(json.Int64());
                    break;
                case "isLocked":
                    bucket.RetentionLocked = json.Boolean();
                    break;
                case "requesterPays":
                    bucket.RequesterPays = json.Boolean();
                    break;
                case "defaultKmsKeyName":
                    bucket.DefaultKmsKeyName = json.String();
                    break;
                case "rule" when part == "lifecycle":
                    bucket.LifecycleRules = LifecycleReader.ReadRules(ref json);
                    break;
                case "terminalStorageClass":
                    bucket.AutoclassTerminalStorageClass = json.SharedString();
                    break;
                case "mainPageSuffix":
                    bucket.MainPageSuffix = json.String();
                    break;
                case "notFoundPage":
                    bucket.NotFoundPage = json.String();
                    break;
                case "logBucket":
                    bucket.LogBucket = json.String();
                    break;
                case "logObjectPrefix":
                    bucket.LogObjectPrefix = json.String();
                    break;
                case "enabled" when part == "versioning":
                    bucket.Versioning = json.Boolean();
                    break;
                case "enabled" when part == "hierarchicalNamespace":
                    bucket.HierarchicalNamespace = json.Boolean();
                    break;
                case "enabled" when part == "autoclass":
                    bucket.Autoclass = json.Boolean();
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    // More than a TimeSpan holds is as good as not said.
    private static TimeSpan? Seconds(long? seconds) =>
        seconds is >= 0 and < 900_000_000_000 ? TimeSpan.FromSeconds(seconds.Value) : null;

    private static bool ReadEnabled(ref JsonCursor json)
    {
        bool enabled = false;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                if (name == "enabled")
                {
                    enabled = json.Boolean();
                }
                else
                {
                    json.Skip();
                }
            }
        }

        return enabled;
    }

    /// <summary>A page of buckets.</summary>
    public static BucketPage ReadPage(ref JsonCursor json)
    {
        BucketPage page = new();
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
                case "items":
                    break;
                case "unreachable":
                    page.Unreachable = JsonLists.Strings(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return page;
    }
}

/// <summary>A page of buckets as it came.</summary>
internal sealed class BucketPage
{
    public List<GcsBucket> Items { get; } = [];

    public IReadOnlyList<string> Unreachable { get; set; } = [];

    public string? NextPageToken { get; set; }
}
