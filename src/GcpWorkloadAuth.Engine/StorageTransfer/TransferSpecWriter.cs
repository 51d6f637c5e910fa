using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.StorageTransfer;

/// <summary>Writes a new job. Source: https://cloud.google.com/storage-transfer/docs/reference/rest/v1/transferJobs#TransferJob.</summary>
internal static class TransferSpecWriter
{
    public static byte[] Write(TransferJobRequest request, string name)
    {
        SortedDictionary<string, object?> spec = new(StringComparer.Ordinal)
        {
            ["gcsDataSource"] = Place(request.SourceBucket, request.SourcePath),
            ["gcsDataSink"] = Place(request.DestinationBucket, request.DestinationPath),
        };
        SortedDictionary<string, object?> conditions = new(StringComparer.Ordinal);
        if (request.IncludePrefixes.Count > 0)
        {
            conditions["includePrefixes"] = request.IncludePrefixes;
        }

        if (request.ExcludePrefixes.Count > 0)
        {
            conditions["excludePrefixes"] = request.ExcludePrefixes;
        }

        if (conditions.Count > 0)
        {
            spec["objectConditions"] = conditions;
        }

        SortedDictionary<string, object?> options = new(StringComparer.Ordinal);
        if (request.OverwriteWhen is not null)
        {
            options["overwriteWhen"] = request.OverwriteWhen;
        }

        if (request.DeleteFromSource)
        {
            options["deleteObjectsFromSourceAfterTransfer"] = true;
        }

        if (request.DeleteExtraneous)
        {
            options["deleteObjectsUniqueInSink"] = true;
        }

        if (options.Count > 0)
        {
            spec["transferOptions"] = options;
        }

        SortedDictionary<string, object?> job = new(StringComparer.Ordinal)
        {
            ["name"] = name,
            ["projectId"] = request.Project,
            ["status"] = "ENABLED",
            ["transferSpec"] = spec,
        };
        if (request.Description is not null)
        {
            job["description"] = request.Description;
        }

        return JsonBody.Write(job);
    }

    private static SortedDictionary<string, object?> Place(string bucket, string path)
    {
        SortedDictionary<string, object?> place = new(StringComparer.Ordinal) { ["bucketName"] = bucket };
        if (path.Length > 0)
        {
            place["path"] = path;
        }

        return place;
    }
}
