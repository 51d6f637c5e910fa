using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Auth;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Transfer;

/// <summary>
/// Storage Transfer Service v1: transferJobs create, get, list, patch, delete, run; transferOperations get, list, pause, resume, cancel
/// ; googleServiceAccounts get
/// (its discovery document). Only from bucket to bucket. A schedule is run at once. ASSUMED: the latter, page sizes, and the texts.
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

        return path[0] switch
        {
            "googleServiceAccounts" => Agent(request, path),
            "transferJobs" => Job(request, path, body),
            _ => Operation(request, path, body),
        };
    }

    private Reply Agent(EmulatedRequest request, string[] path)
    {
        if (request.Method != "GET" || path.Length != 2)
        {
            return GoogleErrors.NotFound("The emulator does not serve " + request.Method + " " + request.Path);
        }

        return state.Projects.Find(path[1]) is { } project
            ? Json(request, new JsonObject { ["accountEmail"] = TransferDirectory.AgentOf(project), ["subjectId"] = "100000000000000000001" })
            : Error(403, "The caller does not have permission", "PERMISSION_DENIED");
    }

    private Reply Job(EmulatedRequest request, string[] path, JsonObject body)
    {
        string last = path[^1];
        int colon = last.LastIndexOf(':');
        (string id, string action) = colon < 0 ? (last, string.Empty) : (last[..colon], last[(colon + 1)..]);
        string name = "transferJobs/" + id;
        return (request.Method, path.Length, action) switch
        {
            ("POST", 1, _) => Create(request, body),
            ("GET", 1, _) => List(request),
            ("GET", 2, "") when request.Parameter("projectId") is null => TransferJobRules.Invalid("Project id must be given."),
            ("GET", 2, "") when state.Transfers.Find(name) is { } job && job["projectId"]?.ToString() != request.Parameter("projectId") =>
                Error(404, "Requested entity was not found.", "NOT_FOUND"),
            (_, 2, _) when state.Transfers.Find(name) is null => Error(404, "Requested entity was not found.", "NOT_FOUND"),
            ("GET", 2, "") => Json(request, state.Transfers.Find(name)!),
            ("PATCH", 2, "") => Json(request, state.Transfers.Change(name, Changes(body))!),
            ("DELETE", 2, "") => Delete(request, name),
            ("POST", 2, "run") => Run(request, name, body),
            _ => GoogleErrors.NotFound("The emulator does not serve " + request.Method + " " + request.Path),
        };
    }

    private Reply List(EmulatedRequest request)
    {
        JsonObject filter = Filter(request);
        string[] names = Words(filter["jobNames"]), statuses = Words(filter["jobStatuses"]);
        JsonObject[] found =
        [
            .. state.Transfers.Jobs(filter["projectId"]?.ToString() ?? string.Empty).Where(j =>
                (names.Length == 0 || names.Contains(j["name"]!.ToString())) && (statuses.Length == 0 || statuses.Contains(j["status"]!.ToString())))
        ];
        return filter["projectId"] is null ? TransferJobRules.Invalid("Project id must be given.") : Page(request, "transferJobs", found);
    }

    private Reply Create(EmulatedRequest request, JsonObject body)
    {
        if (TransferJobRules.Check(state, body) is Reply refusal)
        {
            return refusal;
        }

        JsonObject job = state.Transfers.Add(body);
        if (body["schedule"] is not null && job["status"]?.ToString() == "ENABLED")
        {
            state.Transfers.Start(job["name"]!.ToString());
        }

        return Json(request, state.Transfers.Find(job["name"]!.ToString())!);
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

    private Reply Delete(EmulatedRequest request, string name)
    {
        state.Transfers.Change(name, new JsonObject { ["status"] = "DELETED" });
        return Json(request, []);
    }

    private Reply Run(EmulatedRequest request, string name, JsonObject body)
    {
        JsonObject job = state.Transfers.Find(name)!;
        if (body["projectId"]?.ToString() != job["projectId"]?.ToString())
        {
            return TransferJobRules.Invalid("Project id does not match the transfer job's.");
        }

        if (job["status"]?.ToString() != "ENABLED")
        {
            return Error(400, "The transfer job is not enabled.", "FAILED_PRECONDITION");
        }

        return state.Transfers.Runs(r => r.JobName == name && r.EndedAt is null).Count > 0
            ? Error(400, "The transfer job has an operation that is not done.", "FAILED_PRECONDITION") // "A job can have one active operation at a time"
            : Json(request, state.Transfers.Start(name).ToJson());
    }

    private Reply Operation(EmulatedRequest request, string[] path, JsonObject body)
    {
        _ = body;
        if (request.Method == "GET" && path.Length == 1)
        {
            JsonObject filter = Filter(request);
            string[] jobs = Words(filter["jobNames"]), names = Words(filter["operationNames"]), statuses = Words(filter["transferStatuses"]);
            return Page(request, "operations", [.. state.Transfers.Runs(r => r.ProjectId == filter["projectId"]?.ToString()
                && (jobs.Length == 0 || jobs.Contains(r.JobName)) && (names.Length == 0 || names.Contains(r.Name))
                && (statuses.Length == 0 || statuses.Contains(r.Status))).Select(r => r.ToJson())]);
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

        return Json(request, action.Length == 0 ? run.ToJson() : []);
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

    private static string[] Words(JsonNode? node) => [.. (node as JsonArray)?.Select(n => n!.ToString()) ?? []];

    private static Reply Page(EmulatedRequest request, string member, JsonObject[] all)
    {
        int size = int.TryParse(request.Parameter("pageSize"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) && asked > 0 ? Math.Min(asked, 256) : 256;
        _ = int.TryParse(request.Parameter("pageToken"), NumberStyles.None, CultureInfo.InvariantCulture, out int start);
        JsonObject page = [];
        if (all.Length > start)
        {
            page[member] = new JsonArray([.. all.Skip(start).Take(size)]);
        }

        if (start + size < all.Length)
        {
            page["nextPageToken"] = (start + size).ToString(CultureInfo.InvariantCulture);
        }

        return Json(request, page);
    }

    private static Reply Json(EmulatedRequest request, JsonObject body) =>
        JsonAnswer.Create(request, FieldSchemas.Unchecked, json => body.WriteTo(json));

    private static Reply Error(int code, string message, string status) => TransferJobRules.Refusal(code, message, status);
}
