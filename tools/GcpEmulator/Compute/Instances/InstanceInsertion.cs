using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>instances.insert and instances.bulkInsert. The caller holds the gate of the operations.</summary>
internal sealed class InstanceInsertion(CloudState state, Changes changes, InstanceCreation creation, InstanceLifecycle lifecycle)
{
    public Reply Insert(ComputeCall call, string zone)
    {
        JsonObject body = creation.Merge(call.Body, call.Request.Parameter("sourceInstanceTemplate"), call.Project.Id);
        InstanceCreation.Draft draft = creation.Create(call.Owner, zone, body);
        CheckQuota(call, zone, [draft]);
        return changes.Show(call, Start(call, draft, null));
    }

    /// <summary>
    /// Discovery document, BulkInsertInstanceResource: count and namePattern, or perInstanceProperties; one operation for all, one for each.
    /// </summary>
    public Reply Bulk(ComputeCall call, string zone)
    {
        JsonObject properties = creation.Merge(
            call.Body["instanceProperties"] as JsonObject ?? [], call.Body.Text("sourceInstanceTemplate"), call.Project.Id);
        string[] names = [.. Names(call, zone)];
        List<InstanceCreation.Draft> drafts = [.. names.Select(n => creation.Create(call.Owner, zone, properties, n))];
        CheckQuota(call, zone, drafts);
        OperationPlan? plan = call.Plan;
        int made = plan?.Error is null ? drafts.Count : Math.Min(plan.FailAfter, drafts.Count);
        string group = Guid.NewGuid().ToString();
        string target = ComputeUrls.Scope(call.Project.Id, "zones/" + zone);
        EmulatedOperation? whole = null;
        JsonObject Details() => Progress(zone, drafts.Count, made, whole?.EndTime is not null);
        List<EmulatedOperation> parts = [];
        void Join() => parts.Where(p => p.Duration >= TimeSpan.Zero && p.Duration <= whole!.Duration).ToList().ForEach(state.Compute.Operations.Finish);
        OperationWork work = new(Begin: () => parts.AddRange(drafts.Take(made).Select(d => Start(call, d, group))), End: Join, Undo: Join)
        {
            Details = Details,
        };
        OperationStart start = new(call.Project.Id, "zones/" + zone, "bulkInsert", target, StableNumbers.Id(target), call.User)
        {
            RequestId = call.RequestId,
            GroupId = group,
            Plan = plan,
        };
        whole = state.Compute.Operations.Begin(start, work);
        return changes.Show(call, whole);
    }

    // Quota CPUS: the machines of a region that are not TERMINATED ("Allocation quotas": "quota is consumed ... while running").
    private void CheckQuota(ComputeCall call, string zone, IReadOnlyList<InstanceCreation.Draft> drafts)
    {
        string region = Places.RegionOf(zone);
        if (state.Compute.Limits.Cpus(call.Project.Id, region) is int limit
            && MachineTypes.UsedCpus(state, call.Project.Id, region) + drafts.Sum(d => MachineTypes.CpusOf(d.Instance.MachineType)) > limit)
        {
            throw new Refusal(Reply.Json(GoogleErrors.QuotaExceeded("CPUS", limit, region), 403));
        }
    }

    private EmulatedOperation Start(ComputeCall call, InstanceCreation.Draft draft, string? group)
    {
        EmulatedInstance i = draft.Instance;
        OperationWork starting = lifecycle.Starting(i);
        return changes.Start(
            call, "zones/" + i.Zone, "insert", InstanceJson.SelfLink(i), i.Id,
            starting with { Begin = () => creation.Place(draft), Undo = () => creation.Remove(draft) }, group);
    }

    private static JsonObject Progress(string zone, int asked, int made, bool done) => new()
    {
        ["instancesBulkInsertOperationMetadata"] = new JsonObject
        {
            ["perLocationStatus"] = new JsonObject
            {
                ["zones/" + zone] = new JsonObject
                {
                    ["status"] = !done ? "CREATING" : "DONE",
                    ["targetVmCount"] = asked,
                    ["createdVmCount"] = done ? made : 0,
                    ["failedToCreateVmCount"] = done ? asked - made : 0,
                },
            },
        },
    };

    private IEnumerable<string> Names(ComputeCall call, string zone)
    {
        string[] own = [.. (call.Body["perInstanceProperties"] as JsonObject ?? []).Select(p => (p.Value as JsonObject)?.Text("name") ?? p.Key)];
        int count = call.Body.Number("count") ?? own.Length;
        if (own.Length > 0)
        {
            return own.Length == count ? own
                : throw ComputeErrors.InvalidValue("count", count.ToString(CultureInfo.InvariantCulture), "Must be equal to the size of perInstanceProperties.");
        }

        string pattern = call.Body.Text("namePattern") ?? string.Empty;
        int first = pattern.IndexOf('#', StringComparison.Ordinal);
        int last = pattern.LastIndexOf('#');
        if (count < 1 || first < 0 || pattern[first..(last + 1)].Any(c => c != '#'))
        {
            // ASSUMED: the texts of both refusals
            throw ComputeErrors.InvalidValue("namePattern", pattern, "Must contain one continuous sequence of placeholder hash characters.");
        }

        // "If existing instances ... have names that match the name pattern then the generated instance numbers start after the biggest".
        string head = pattern[..first], tail = pattern[(last + 1)..];
        int next = 1 + state.Instances.All(call.Project.Id).Where(i => i.Zone == zone)
            .Select(i => i.Name.StartsWith(head, StringComparison.Ordinal) && i.Name.EndsWith(tail, StringComparison.Ordinal)
                && i.Name.Length >= head.Length + tail.Length
                && int.TryParse(i.Name.AsSpan(head.Length, i.Name.Length - head.Length - tail.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0)
            .DefaultIfEmpty(0).Max();
        return Enumerable.Range(next, count).Select(n => head + n.ToString("D" + (last - first + 1), CultureInfo.InvariantCulture) + tail);
    }
}
