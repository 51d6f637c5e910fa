using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GcpEmulator.Compute;

/// <summary>An operation as operations.get shows it: discovery document of Compute v1, schema Operation.</summary>
internal static class OperationJson
{
    // httpErrorMessage as public traces show it beside the status.
    private static readonly Dictionary<int, string> Phrases = new()
    {
        [400] = "BAD REQUEST",
        [403] = "FORBIDDEN",
        [404] = "NOT FOUND",
        [409] = "CONFLICT",
        [412] = "PRECONDITION FAILED",
        [500] = "INTERNAL ERROR",
        [503] = "SERVICE UNAVAILABLE",
    };

    public static string SelfLink(EmulatedOperation o) => ComputeUrls.Resource(o.Project, o.Scope, "operations", o.Name);

    public static void Write(Utf8JsonWriter json, EmulatedOperation o)
    {
        json.WriteStartObject();
        json.WriteString("kind", "compute#operation");
        json.WriteString("id", o.Id.ToString(CultureInfo.InvariantCulture));
        json.WriteString("name", o.Name);
        if (o.RequestId is not null)
        {
            json.WriteString("clientOperationId", o.RequestId); // ASSUMED: the requestId comes back as clientOperationId
        }

        if (o.Scope.StartsWith("zones/", StringComparison.Ordinal))
        {
            json.WriteString("zone", ComputeUrls.Scope(o.Project, o.Scope));
        }
        else if (o.Scope.StartsWith("regions/", StringComparison.Ordinal))
        {
            json.WriteString("region", ComputeUrls.Scope(o.Project, o.Scope));
        }

        json.WriteString("operationType", o.Type);
        json.WriteString("targetLink", o.TargetLink);
        json.WriteString("targetId", o.TargetId.ToString(CultureInfo.InvariantCulture));
        string status = o.Status;
        json.WriteString("status", status);
        json.WriteString("user", o.User);
        json.WriteNumber("progress", status == "DONE" ? 100 : o.Progress);
        json.WriteString("insertTime", InstanceJson.Time(o.InsertTime));
        if (status != "PENDING")
        {
            json.WriteString("startTime", InstanceJson.Time(o.InsertTime));
        }

        if (o.EndTime is DateTimeOffset end)
        {
            json.WriteString("endTime", InstanceJson.Time(end));
        }

        WriteOutcome(json, o);
        json.WriteString("selfLink", SelfLink(o));
        if (o.GroupId is not null)
        {
            json.WriteString("operationGroupId", o.GroupId);
        }

        foreach ((string name, JsonNode? value) in o.Work.Details?.Invoke() ?? [])
        {
            json.WritePropertyName(name);
            value!.WriteTo(json);
        }

        json.WriteEndObject();
    }

    /// <summary>A message with the usual text of its code. Texts as gcloud shows them in public reports; ASSUMED for other codes.</summary>
    public static OperationMessage Fill(OperationMessage message, EmulatedOperation o)
    {
        string target = ComputeUrls.Relative(o.TargetLink);
        return message.Message is not null ? message : message with
        {
            Message = message.Code switch
            {
                "ZONE_RESOURCE_POOL_EXHAUSTED" or "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS" =>
                    $"The zone 'projects/{o.Project}/{o.Scope}' does not have enough resources available to fulfill the request.  "
                    + "Try a different zone, or try again later.",
                "QUOTA_EXCEEDED" => "Quota 'CPUS' exceeded.  Limit: 24.0 in region " + o.Scope.Split('/')[^1] + ".",
                "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE" or "RESOURCE_IN_USE" =>
                    $"The resource '{target}' is already being used by another resource.",
                "RESOURCE_NOT_READY" => $"The resource '{target}' is not ready",
                "RESOURCE_NOT_FOUND" => $"The resource '{target}' was not found",
                "CONDITION_NOT_MET" => "Supplied fingerprint does not match current metadata fingerprint.", // bosh-google-cpi-release#159
                _ => $"{message.Code}: the operation on '{target}' failed.",
            },
        };
    }

    public static int StatusOf(string code) => code switch
    {
        "QUOTA_EXCEEDED" or "PERMISSIONS_ERROR" or "SERVICE_ACCOUNT_ACCESS_DENIED" => 403,
        "RESOURCE_NOT_FOUND" => 404,
        "RESOURCE_ALREADY_EXISTS" => 409,
        "CONDITION_NOT_MET" => 412,
        "INTERNAL_ERROR" => 500,
        _ when code.StartsWith("ZONE_RESOURCE_POOL_EXHAUSTED", StringComparison.Ordinal) => 503,
        _ => 400,
    };

    private static void WriteOutcome(Utf8JsonWriter json, EmulatedOperation o)
    {
        if (o.Warnings.Count > 0)
        {
            WriteMessages(json, "warnings", o.Warnings);
        }

        if (o.Errors.Count > 0)
        {
            json.WriteStartObject("error");
            WriteMessages(json, "errors", o.Errors);
            json.WriteEndObject();
            json.WriteNumber("httpErrorStatusCode", o.HttpErrorStatusCode ?? 400);
            json.WriteString("httpErrorMessage", Phrases.GetValueOrDefault(o.HttpErrorStatusCode ?? 400, "BAD REQUEST"));
        }
    }

    private static void WriteMessages(Utf8JsonWriter json, string name, IReadOnlyList<OperationMessage> messages)
    {
        json.WriteStartArray(name);
        foreach (OperationMessage message in messages)
        {
            json.WriteStartObject();
            json.WriteString("code", message.Code);
            json.WriteString("message", message.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
