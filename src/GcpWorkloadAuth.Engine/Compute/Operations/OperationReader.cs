using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute.Operations;

/// <summary>Reads operations. Source: https://cloud.google.com/compute/docs/reference/rest/v1/zoneOperations.</summary>
internal static class OperationReader
{
    /// <summary>The fields that <see cref="Read"/> uses, and so the only ones asked for.</summary>
    public const string Fields =
        "id,name,zone,region,clientOperationId,operationType,operationGroupId,targetLink,targetId,status,statusMessage,progress,user,insertTime,"
        + "startTime,endTime,httpErrorStatusCode,httpErrorMessage,error/errors(code,message),warnings(code,message),selfLink";

    public static GceOperation Read(ref JsonCursor json)
    {
        GceOperation operation = new();
        if (!json.BeginObject())
        {
            throw JsonText.NotAsExpected("a resource that is no object");
        }

        while (json.NextProperty(out string name))
        {
            if (!ReadOutcome(ref json, operation, name) && !ReadFact(ref json, operation, name))
            {
                json.Skip();
            }
        }

        operation.Project = Names.ProjectOf(operation.SelfLink) ?? string.Empty;
        return operation;
    }

    private static bool ReadOutcome(ref JsonCursor json, GceOperation operation, string name)
    {
        switch (name)
        {
            case "status":
                operation.Status = json.SharedString() ?? string.Empty;
                return true;
            case "statusMessage":
                operation.StatusMessage = json.String();
                return true;
            case "progress":
                operation.Progress = (int)(json.Int64() ?? 0);
                return true;
            case "httpErrorStatusCode":
                operation.HttpErrorStatusCode = (int?)json.Int64();
                return true;
            case "httpErrorMessage":
                operation.HttpErrorMessage = json.String();
                return true;
            case "warnings":
                operation.Warnings = ReadMessages(ref json);
                return true;
            case "error":
                if (json.BeginObject())
                {
                    while (json.NextProperty(out string member))
                    {
                        if (member == "errors")
                        {
                            operation.Errors = ReadMessages(ref json);
                        }
                        else
                        {
                            json.Skip();
                        }
                    }
                }

                return true;
            default:
                return false;
        }
    }

    private static bool ReadFact(ref JsonCursor json, GceOperation operation, string name)
    {
        switch (name)
        {
            case "id":
                operation.Id = json.UInt64() ?? 0;
                return true;
            case "name":
                operation.Name = json.String() ?? string.Empty;
                return true;
            case "zone":
                operation.Zone = json.LastSegment();
                return true;
            case "region":
                operation.Region = json.LastSegment();
                return true;
            case "clientOperationId":
                operation.RequestId = json.String();
                return true;
            case "operationType":
                operation.OperationType = json.SharedString() ?? string.Empty;
                return true;
            case "operationGroupId":
                operation.GroupId = json.String();
                return true;
            case "targetLink":
                operation.TargetLink = json.String();
                return true;
            case "targetId":
                operation.TargetId = json.UInt64();
                return true;
            case "user":
                operation.User = json.SharedString();
                return true;
            case "insertTime":
                operation.InsertTime = json.Time();
                return true;
            case "startTime":
                operation.StartTime = json.Time();
                return true;
            case "endTime":
                operation.EndTime = json.Time();
                return true;
            case "selfLink":
                operation.SelfLink = json.String();
                return true;
            default:
                return false;
        }
    }

    /// <summary>Errors or warnings, each with a code and words.</summary>
    public static GceOperationMessage[] ReadMessages(ref JsonCursor json)
    {
        List<GceOperationMessage> messages = [];
        if (!json.BeginArray())
        {
            return [];
        }

        while (json.NextElement())
        {
            if (!json.BeginObject())
            {
                continue;
            }

            string code = string.Empty;
            string text = string.Empty;
            while (json.NextProperty(out string name))
            {
                if (name == "code")
                {
                    code = json.SharedString() ?? string.Empty;
                }
                else if (name == "message")
                {
                    text = json.String() ?? string.Empty;
                }
                else
                {
                    json.Skip();
                }
            }

            messages.Add(new GceOperationMessage(code, text));
        }

        return messages.ToArray();
    }
}
