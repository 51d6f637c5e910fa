using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Auth;
using GcpEmulator.Http;

namespace GcpEmulator.Transfer;

/// <summary>
/// Storage Transfer Service v1: transferJobs create, get, list, patch, delete, run; transferOperations get, list, pause, resume, cancel
/// (its discovery document). Only from bucket to bucket. A schedule is run at once. ASSUMED: the latter, and the texts.
/// </summary>
internal sealed class TransferApi(CloudState state, BearerCheck bearer)
{
    private const string Service = "storagetransfer.googleapis.com";

    public Reply Handle(EmulatedRequest request, string[] path)
    {
        if (bearer.Check(request, Service, "google.storagetransfer.v1.StorageTransferService", [Scopes.CloudPlatform]) is Reply refusal)
        {
            return refusal;
        }

        JsonObject body;
        try
        {
            body = request.Body.IsEmpty ? [] : JsonNode.Parse(request.Body.Span) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return Error(400, "Invalid JSON payload received.", "INVALID_ARGUMENT");
        }

        return path[0] == "transferJobs" ? Job(request, path, body) : Operation(request, path, body);
    }

    private Reply Job(EmulatedRequest request, string[] path, JsonObject body)
    {
        string last = path[^1];
        int colon = last.LastIndexOf(':');
        (string id, string action) = colon < 0 ? (last, string.Empty) : (last[..colon], last[(colon + 1)..]);
        string name = "transferJobs/" + id;
        return (request.Method, path.Length, action) switch
        {
            ("POST", 1, _) => Create(body),
            ("GET", 1, _) => Json(new JsonObject { ["transferJobs"] = new JsonArray([.. state.Transfers.Jobs(Filter(request)["projectId"]?.ToString() ?? string.Empty)]) }),
            (_, 2, _) when state.Transfers.Find(name) is null => Error(404, "Requested entity was not found.", "NOT_FOUND"),
            ("GET", 2, "") => Json(state.Transfers.Find(name)!),
            ("PATCH", 2, "") => Json(state.Transfers.Change(name, Changes(body))!),
            ("DELETE", 2, "") => Delete(name),
            ("POST", 2, "run") => Run(name),
            _ => GoogleErrors.NotFound("The emulator does not serve " + request.Method + " " + request.Path),
        };
    }

    private Reply Create(JsonObject body)
    {
        if (state.Projects.Find(body["projectId"]?.ToString() ?? string.Empty) is null)
        {
            return Error(400, "Invalid project id.", "INVALID_ARGUMENT");
        }

        if (body["transferSpec"]?["gcsDataSource"]?["bucketName"] is null || body["transferSpec"]?["gcsDataSink"]?["bucketName"] is null)
        {
            return Error(400, "The transfer specification must have a source and a sink.", "INVALID_ARGUMENT");
        }

        JsonObject job = state.Transfers.Add(body);
        if (body["schedule"] is not null && job["status"]?.ToString() == "ENABLED")
        {
            state.Transfers.Start(job["name"]!.ToString());
        }

        return Json(state.Transfers.Find(job["name"]!.ToString())!);
    }

    /// <summary>A patch's body holds the job and a mask of what to take from it.</summary>
    private static JsonObject Changes(JsonObject body)
    {
        JsonObject job = body["transferJob"] as JsonObject ?? [];
        string[] mask = body["updateTransferJobFieldMask"]?.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        JsonObject changes = [];
        foreach ((string member, JsonNode? value) in job)
        {
            bool isMeant = mask.Length == 0 || mask.Any(m => m.Replace("_", string.Empty, StringComparison.Ordinal).Equals(member, StringComparison.OrdinalIgnoreCase));
            if (isMeant && member is "description" or "transferSpec" or "status" or "schedule" or "notificationConfig" or "loggingConfig")
            {
                changes[member] = value?.DeepClone();
            }
        }

        return changes;
    }

    private Reply Delete(string name)
    {
        state.Transfers.Change(name, new JsonObject { ["status"] = "DELETED" });
        return Json([]);
    }

    private Reply Run(string name)
    {
        JsonObject job = state.Transfers.Find(name)!;
        if (job["status"]?.ToString() != "ENABLED")
        {
            return Error(400, "The transfer job is not enabled.", "FAILED_PRECONDITION");
        }

        return state.Transfers.Runs(r => r.JobName == name && r.EndedAt is null).Count > 0
            ? Error(400, "The transfer job has an operation that is not done.", "FAILED_PRECONDITION") // "A job can have one active operation at a time"
            : Json(state.Transfers.Start(name).ToJson());
    }

    private Reply Operation(EmulatedRequest request, string[] path, JsonObject body)
    {
        _ = body;
        if (request.Method == "GET" && path.Length == 1)
        {
            JsonObject filter = Filter(request);
            string[] jobs = [.. (filter["jobNames"] as JsonArray)?.Select(j => j!.ToString()) ?? []];
            string[] statuses = [.. (filter["transferStatuses"] as JsonArray)?.Select(j => j!.ToString()) ?? []];
            JsonArray found = [.. state.Transfers.Runs(r => r.ProjectId == filter["projectId"]?.ToString()
                && (jobs.Length == 0 || jobs.Contains(r.JobName)) && (statuses.Length == 0 || statuses.Contains(r.Status))).Select(r => r.ToJson())];
            return Json(new JsonObject { ["operations"] = found });
        }

        string last = path[^1];
        int colon = last.LastIndexOf(':');
        (string id, string action) = colon < 0 ? (last, string.Empty) : (last[..colon], last[(colon + 1)..]);
        if (state.Transfers.FindRun("transferOperations/" + id) is not TransferRun run)
        {
            return Error(404, "Requested entity was not found.", "NOT_FOUND");
        }

        string? status = (request.Method, action) switch
        {
            ("GET", "") => run.Status,
            ("POST", "pause") => "PAUSED",
            ("POST", "resume") => "IN_PROGRESS",
            ("POST", "cancel") => "ABORTED",
            _ => null,
        };
        if (status is null)
        {
            return GoogleErrors.NotFound("The emulator does not serve " + request.Method + " " + request.Path);
        }

        if (run.EndedAt is null)
        {
            run.Status = status;
        }

        return Json(action.Length == 0 ? run.ToJson() : []);
    }

    private static JsonObject Filter(EmulatedRequest request)
    {
        try
        {
            return JsonNode.Parse(request.Parameter("filter") ?? "{}") as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static Reply Json(JsonObject body) => Reply.Json(ErrorBody.Serialize(body));

    private static Reply Error(int code, string message, string status) => Reply.Json(ErrorBody.Serialize(new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["status"] = status },
    }), code);
}
