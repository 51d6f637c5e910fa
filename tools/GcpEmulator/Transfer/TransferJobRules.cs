using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GcpEmulator.Http;

namespace GcpEmulator.Transfer;

/// <summary>
/// What a new job must be (reference of transferJobs.create and TransferSpec): name, path, options; buckets that are there and that the service
/// agent may use. Texts of the buckets' refusals as public reports show them; those of the others are ASSUMED.
/// </summary>
internal static partial class TransferJobRules
{
    /// <summary>Why the job cannot be made; null where it can.</summary>
    public static Reply? Check(CloudState state, JsonObject job)
    {
        if (state.Projects.Find(job["projectId"]?.ToString() ?? string.Empty) is not { } project)
        {
            return Invalid("Invalid project id.");
        }

        if (job["name"]?.ToString() is { } name)
        {
            if (name.Length > 128 || !Name().IsMatch(name))
            {
                return Invalid("Invalid job name: " + name);
            }

            if (state.Transfers.Find(name) is not null)
            {
                return Refusal(409, "The requested entity already exists: " + name, "ALREADY_EXISTS");
            }
        }

        JsonNode? spec = job["transferSpec"];
        if (spec?["gcsDataSource"]?["bucketName"] is null || spec["gcsDataSink"]?["bucketName"] is null)
        {
            return Invalid("The transfer specification must have a source and a sink.");
        }

        return CheckPrefixes(spec["objectConditions"]) ?? CheckOptions(spec) ?? CheckPlace(state, project, spec["gcsDataSource"]!) ?? CheckPlace(state, project, spec["gcsDataSink"]!);
    }

    // https://cloud.google.com/storage-transfer/docs/filtering-objects-from-transfers
    private static Reply? CheckPrefixes(JsonNode? conditions)
    {
        string[] includes = Words(conditions?["includePrefixes"]), excludes = Words(conditions?["excludePrefixes"]);
        if (includes.Concat(excludes).Any(static p => p.Length == 0 || p[0] == '/'))
        {
            return Invalid("A prefix must not be empty or begin with a slash.");
        }

        if (Overlap(includes) || Overlap(excludes))
        {
            return Invalid("No prefix may be a prefix of another.");
        }

        return includes.Length > 0 && excludes.Any(e => !includes.Any(i => e.StartsWith(i, StringComparison.Ordinal)))
            ? Invalid("Each exclude prefix must start with one of the include prefixes.")
            : null;
    }

    private static bool Overlap(string[] prefixes) =>
        prefixes.Where((p, n) => prefixes.Where((q, m) => m != n && q.StartsWith(p, StringComparison.Ordinal)).Any()).Any();

    private static string[] Words(JsonNode? node) => [.. (node as JsonArray)?.Select(n => n?.ToString() ?? string.Empty) ?? []];

    private static Reply? CheckOptions(JsonNode spec)
    {
        JsonNode? options = spec["transferOptions"];
        string? when = options?["overwriteWhen"]?.ToString();
        if (when is not (null or "OVERWRITE_WHEN_UNSPECIFIED" or "DIFFERENT" or "NEVER" or "ALWAYS"))
        {
            return Invalid($"Invalid value at 'transfer_job.transfer_spec.transfer_options.overwrite_when' \"{when}\"");
        }

        // "This option and deleteObjectsFromSourceAfterTransfer are mutually exclusive."
        return options?["deleteObjectsUniqueInSink"]?.ToString() == "true" && options["deleteObjectsFromSourceAfterTransfer"]?.ToString() == "true"
            ? Invalid("Only one of delete_objects_unique_in_sink and delete_objects_from_source_after_transfer can be set.")
            : null;
    }

    private static Reply? CheckPlace(CloudState state, EmulatedProject project, JsonNode place)
    {
        string bucket = place["bucketName"]!.ToString();
        string path = place["path"]?.ToString() ?? string.Empty;
        if (path.Length > 0 && !path.EndsWith('/'))
        {
            return Invalid("The path must end with '/'.");
        }

        string location = $"Failed to obtain the location of the Google Cloud Storage (GCS) bucket {bucket} ";
        if (state.Buckets.Find(bucket) is null)
        {
            return Refusal(400, location + "due to: The specified bucket does not exist.", "FAILED_PRECONDITION");
        }

        if (!state.Transfers.IsDenied(bucket))
        {
            return null;
        }

        string details = state.Transfers.NamesAgent ? $" Additional details: {TransferDirectory.AgentOf(project)} does not have storage.buckets.get access." : string.Empty;
        return Refusal(
            400, location + "due to insufficient permissions.  Please verify that the necessary permissions have been granted." + details, "FAILED_PRECONDITION");
    }

    public static Reply Refusal(int code, string message, string status) => Reply.Json(ErrorBody.Serialize(new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["status"] = status },
    }), code);

    public static Reply Invalid(string message) => Refusal(400, message, "INVALID_ARGUMENT");

    [GeneratedRegex("^transferJobs/(?!OPI)[A-Za-z0-9-._~]*[A-Za-z0-9]$")]
    private static partial Regex Name();
}
