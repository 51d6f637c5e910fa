using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.StorageTransfer;

/// <summary>
/// Reads operations of the Storage Transfer Service: google.longrunning.Operation with a TransferOperation as its metadata.
/// Source: https://cloud.google.com/storage-transfer/docs/reference/rest/v1/TransferOperation.
/// </summary>
internal static class TransferOperationReader
{
    /// <summary>The fields that <see cref="Read"/> uses, and so the only ones asked for.</summary>
    public const string Fields = "name,done,error(message),metadata(transferJobName,status,startTime,endTime,counters,errorBreakdowns)";

    public static GcsTransferOperation Read(ref JsonCursor json)
    {
        GcsTransferOperation operation = new();
        if (!json.BeginObject())
        {
            throw JsonText.NotAsExpected("an operation that is no object");
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "name":
                    operation.Name = json.String() ?? string.Empty;
                    break;
                case "done":
                    operation.IsDone = json.Boolean();
                    break;
                case "metadata" when json.BeginObject():
                    ReadMetadata(ref json, operation);
                    break;
                case "error" when json.BeginObject():
                    ReadError(ref json, operation);
                    break;
                case "metadata" or "error":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return operation.Name.Length > 0 ? operation : throw JsonText.NotAsExpected("an operation without a name");
    }

    /// <summary>A page of operations.</summary>
    public static TransferOperationPage ReadPage(ref JsonCursor json)
    {
        TransferOperationPage page = new();
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
                case "operations" when json.BeginArray():
                    while (json.NextElement())
                    {
                        page.Items.Add(Read(ref json));
                    }

                    break;
                case "operations":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return page;
    }

    private static void ReadMetadata(ref JsonCursor json, GcsTransferOperation operation)
    {
        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "transferJobName":
                    operation.Job = json.String();
                    break;
                case "status":
                    operation.Status = json.SharedString();
                    break;
                case "startTime":
                    operation.StartTime = json.Time();
                    break;
                case "endTime":
                    operation.EndTime = json.Time();
                    break;
                case "counters" when json.BeginObject():
                    ReadCounters(ref json, operation);
                    break;
                case "errorBreakdowns" when json.BeginArray():
                    operation.Errors = ReadErrors(ref json);
                    break;
                case "counters" or "errorBreakdowns":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    private static void ReadCounters(ref JsonCursor json, GcsTransferOperation operation)
    {
        while (json.NextProperty(out string name))
        {
            long count = json.Int64() ?? 0;
            switch (name)
            {
                case "objectsFoundFromSource":
                    operation.ObjectsFound = count;
                    break;
                case "bytesFoundFromSource":
                    operation.BytesFound = count;
                    break;
                case "objectsCopiedToSink":
                    operation.ObjectsCopied = count;
                    break;
                case "bytesCopiedToSink":
                    operation.BytesCopied = count;
                    break;
                case "objectsFromSourceSkippedBySync":
                    operation.ObjectsSkipped = count;
                    break;
                case "bytesFromSourceSkippedBySync":
                    operation.BytesSkipped = count;
                    break;
                case "objectsDeletedFromSource" or "objectsDeletedFromSink":
                    operation.ObjectsDeleted += count;
                    break;
                case "objectsFromSourceFailed" or "objectsFailedToDeleteFromSink":
                    operation.ObjectsFailed += count;
                    break;
            }
        }
    }

    private static List<GcsTransferError> ReadErrors(ref JsonCursor json)
    {
        List<GcsTransferError> errors = [];
        while (json.NextElement())
        {
            GcsTransferError error = new();
            if (json.BeginObject())
            {
                while (json.NextProperty(out string name))
                {
                    switch (name)
                    {
                        case "errorCode":
                            error.Code = json.SharedString() ?? string.Empty;
                            break;
                        case "errorCount":
                            error.Count = json.Int64() ?? 0;
                            break;
                        case "errorLogEntries" when json.BeginArray():
                            error.Samples = ReadSamples(ref json);
                            break;
                        case "errorLogEntries":
                            break;
                        default:
                            json.Skip();
                            break;
                    }
                }
            }

            errors.Add(error);
        }

        return errors;
    }

    private static List<GcsTransferErrorSample> ReadSamples(ref JsonCursor json)
    {
        List<GcsTransferErrorSample> samples = [];
        while (json.NextElement())
        {
            GcsTransferErrorSample sample = new();
            if (json.BeginObject())
            {
                while (json.NextProperty(out string name))
                {
                    switch (name)
                    {
                        case "url":
                            sample.Uri = json.String() ?? string.Empty;
                            break;
                        case "errorDetails":
                            sample.Details = JsonLists.Strings(ref json);
                            break;
                        default:
                            json.Skip();
                            break;
                    }
                }
            }

            samples.Add(sample);
        }

        return samples;
    }

    private static void ReadError(ref JsonCursor json, GcsTransferOperation operation)
    {
        while (json.NextProperty(out string name))
        {
            if (name == "message")
            {
                operation.FailureMessage = json.String();
            }
            else
            {
                json.Skip();
            }
        }

        operation.FailureMessage ??= string.Empty;
    }
}

/// <summary>A page of operations as it came.</summary>
internal sealed class TransferOperationPage
{
    public List<GcsTransferOperation> Items { get; } = [];

    public string? NextPageToken { get; set; }
}
