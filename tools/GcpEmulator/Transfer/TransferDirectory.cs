using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Storage;
using GcpEmulator.Transfer;

namespace GcpEmulator;

/// <summary>The jobs of the Storage Transfer Service, and their runs. Safe for use from several threads.</summary>
public sealed class TransferDirectory
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonObject> _jobs = new(StringComparer.Ordinal);
    private readonly List<TransferRun> _runs = [];
    private readonly ConcurrentDictionary<string, byte> _denied = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Code, string Detail)> _failures = new(StringComparer.Ordinal);
    private readonly CloudState _state;
    private long _last = 1_000_000_000;

    internal TransferDirectory(CloudState state) => _state = state;

    /// <summary>How long a run takes.</summary>
    public TimeSpan Duration { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How many runs there were.</summary>
    public int RunCount
    {
        get
        {
            lock (_gate)
            {
                return _runs.Count;
            }
        }
    }

    /// <summary>True where a refusal for want of the service agent's rights names the agent; public reports show both.</summary>
    public bool NamesAgent { get; set; }

    /// <summary>The project's service agent has no rights on a bucket.</summary>
    public void DenyAgent(string bucket) => _denied[bucket] = 0;

    /// <summary>Runs fail to copy an object.</summary>
    /// <param name="name">The object's name.</param>
    /// <param name="code">Google's error code, "PERMISSION_DENIED".</param>
    /// <param name="detail">Google's words.</param>
    public void FailObject(string name, string code, string detail) => _failures[name] = (code, detail);

    /// <summary>Pauses, resumes or cancels the runs that go on: PAUSED, IN_PROGRESS or ABORTED.</summary>
    public void SetStatus(string status)
    {
        foreach (TransferRun run in Runs(r => r.EndedAt is null))
        {
            run.Status = status;
        }
    }

    /// <summary>Ends the runs that go on now instead of after <see cref="Duration"/>.</summary>
    public void FinishNow()
    {
        foreach (TransferRun run in Runs(r => r.EndedAt is null))
        {
            run.Hurry.TrySetResult();
        }
    }

    internal static string AgentOf(EmulatedProject project) =>
        "project-" + project.Number.ToString(CultureInfo.InvariantCulture) + "@storage-transfer-service.iam.gserviceaccount.com";

    internal bool IsDenied(string bucket) => _denied.ContainsKey(bucket);

    internal (string Code, string Detail)? FailureOf(string name) => _failures.TryGetValue(name, out (string, string) failure) ? failure : null;

    internal JsonObject Add(JsonObject job)
    {
        lock (_gate)
        {
            string name = job["name"]?.ToString() ?? "transferJobs/" + Next();
            string now = BucketJson.Time(_state.Objects.Now);
            JsonObject added = job.DeepClone().AsObject();
            (added["name"], added["creationTime"], added["lastModificationTime"]) = (name, now, now);
            added["status"] ??= "ENABLED";
            _jobs[name] = added;
            return added.DeepClone().AsObject();
        }
    }

    internal JsonObject? Find(string name)
    {
        lock (_gate)
        {
            return _jobs.GetValueOrDefault(name)?.DeepClone().AsObject();
        }
    }

    internal List<JsonObject> Jobs(string projectId)
    {
        lock (_gate)
        {
            return [.. _jobs.Values.Where(j => j["projectId"]?.ToString() == projectId).Select(j => j.DeepClone().AsObject())];
        }
    }

    internal JsonObject? Change(string name, JsonObject changes)
    {
        lock (_gate)
        {
            if (_jobs.GetValueOrDefault(name) is not JsonObject job)
            {
                return null;
            }

            foreach ((string member, JsonNode? value) in changes)
            {
                job[member] = value?.DeepClone();
            }

            job["lastModificationTime"] = BucketJson.Time(_state.Objects.Now);
            return job.DeepClone().AsObject();
        }
    }

    internal TransferRun Start(string jobName)
    {
        TransferRun run;
        lock (_gate)
        {
            JsonObject job = _jobs[jobName];
            string name = $"transferOperations/{jobName.Replace('/', '-')}-{Next()}";
            run = new TransferRun(name, jobName, job["projectId"]?.ToString() ?? string.Empty, job["transferSpec"] as JsonObject ?? [], _state.Objects.Now);
            _runs.Add(run);
            job["latestOperationName"] = name;
        }

        _ = FinishAsync(run);
        return run;
    }

    internal TransferRun? FindRun(string name)
    {
        lock (_gate)
        {
            return _runs.Find(r => r.Name == name);
        }
    }

    internal List<TransferRun> Runs(Func<TransferRun, bool> filter)
    {
        lock (_gate)
        {
            return [.. _runs.Where(filter)];
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _jobs.Clear();
            _runs.Clear();
            _denied.Clear();
            _failures.Clear();
            NamesAgent = false;
            Duration = TimeSpan.FromMilliseconds(300);
        }
    }

    private async Task FinishAsync(TransferRun run)
    {
        await Task.WhenAny(Task.Delay(Duration), run.Hurry.Task);
        while (run.Status == "PAUSED")
        {
            await Task.Delay(20);
        }

        if (run.Status != "ABORTED")
        {
            try
            {
                new TransferCopy(_state, run).Execute();
                run.Status = run.HasErrors ? "FAILED" : "SUCCESS";
            }
            catch (StorageException refusal)
            {
                (run.Status, run.Failure) = ("FAILED", JsonNode.Parse(refusal.Reply.Body.Span)?["error"]?["message"]?.ToString() ?? "The transfer failed.");
            }
        }

        run.EndedAt = _state.Objects.Now;
    }

    private string Next() => (++_last).ToString(CultureInfo.InvariantCulture);
}
