using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Storage;

namespace GcpEmulator.Transfer;

/// <summary>A run of a transfer job.</summary>
internal sealed class TransferRun(string name, string jobName, string projectId, JsonObject spec, DateTimeOffset startedAt)
{
    private readonly SortedDictionary<string, long> _counters = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, List<(string Url, string Detail)>> _errors = new(StringComparer.Ordinal);

    public string Name => name;

    public string JobName => jobName;

    public string ProjectId => projectId;

    public JsonObject Spec => spec;

    /// <summary>IN_PROGRESS, PAUSED, SUCCESS, FAILED, ABORTED (discovery document, TransferOperation.status).</summary>
    public string Status { get; set; } = "IN_PROGRESS";

    /// <summary>Completed to end the run before its time.</summary>
    public TaskCompletionSource Hurry { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset? EndedAt { get; set; }

    public string? Failure { get; set; }

    public bool HasErrors => _errors.Count > 0;

    /// <summary>An object that was not copied, by Google's code (TransferOperation.errorBreakdowns; at most five samples of each code).</summary>
    public void Fail(string code, string url, string detail)
    {
        if (!_errors.TryGetValue(code, out List<(string Url, string Detail)>? entries))
        {
            _errors[code] = entries = [];
        }

        entries.Add((url, detail));
    }

    public void Count(string counter, long number) => _counters[counter] = _counters.GetValueOrDefault(counter) + number;

    /// <summary>google.longrunning.Operation with TransferOperation as metadata.</summary>
    public JsonObject ToJson()
    {
        JsonObject counters = [];
        foreach ((string counter, long number) in _counters)
        {
            counters[counter] = number.ToString(CultureInfo.InvariantCulture);
        }

        JsonObject metadata = new()
        {
            ["@type"] = "type.googleapis.com/google.storagetransfer.v1.TransferOperation",
            ["name"] = name,
            ["projectId"] = projectId,
            ["transferSpec"] = spec.DeepClone(),
            ["startTime"] = BucketJson.Time(startedAt),
            ["status"] = Status,
            ["counters"] = counters,
            ["transferJobName"] = jobName,
        };
        if (EndedAt is DateTimeOffset end)
        {
            metadata["endTime"] = BucketJson.Time(end);
        }

        if (_errors.Count > 0)
        {
            metadata["errorBreakdowns"] = new JsonArray([.. _errors.Select(e => new JsonObject
            {
                ["errorCode"] = e.Key,
                ["errorCount"] = e.Value.Count.ToString(CultureInfo.InvariantCulture),
                ["errorLogEntries"] = new JsonArray([.. e.Value.Take(5).Select(x => new JsonObject { ["url"] = x.Url, ["errorDetails"] = new JsonArray(x.Detail) })]),
            })]);
        }

        JsonObject operation = new() { ["name"] = name, ["metadata"] = metadata };
        if (EndedAt is null)
        {
            return operation;
        }

        operation["done"] = true;
        if (Failure is null)
        {
            operation["response"] = new JsonObject { ["@type"] = "type.googleapis.com/google.protobuf.Empty" };
        }
        else
        {
            operation["error"] = new JsonObject { ["code"] = 9, ["message"] = Failure };
        }

        return operation;
    }
}
