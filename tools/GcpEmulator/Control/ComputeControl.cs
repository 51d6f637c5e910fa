using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Compute;

namespace GcpEmulator.Control;

/// <summary>The control endpoint's calls for Compute Engine: what <see cref="ComputeState"/> offers in process.</summary>
internal static class ComputeControl
{
    /// <summary>Does a call; false if it is none of these.</summary>
    public static bool TryAnswer(CloudState state, string call, JsonObject body, out JsonNode? answer)
    {
        answer = null;
        switch (call)
        {
            case "GET operations":
                answer = Operations(state.Compute.Operations);
                return true;
            case "POST operations":
                SetTimes(state.Compute.Operations, body);
                return true;
            case "POST operations/plan":
                state.Compute.Operations.Plan(Plan(body));
                return true;
            case "DELETE operations/plan":
                state.Compute.Operations.ClearPlans();
                return true;
            case "POST operations/finish":
                state.Compute.Operations.Finish();
                return true;
            case "POST instances":
                Put(state, body);
                return true;
            case "POST fleet":
                state.AddFleet(body.Number("projects") ?? 200, body.Number("instances") ?? 50_000);
                return true;
            case "POST groups":
                state.Compute.Groups.Add(
                    Must(body, "scope"), Must(body, "name"), body.Number("size") ?? 1, body.Text("template"), body.Text("project"));
                return true;
            case "POST groups/error":
                SetError(state, body);
                return true;
            case "POST access":
                SetAccess(state.Compute.Access, body);
                return true;
            case "POST limits":
                SetLimits(state.Compute.Limits, body);
                return true;
            case "POST serial":
                state.Compute.SerialPorts.Write(Find(state, body), body.Number("port") ?? 1, Must(body, "text"));
                return true;
            case "POST guest":
                state.Compute.SetGuestAttribute(Find(state, body), Must(body, "path"), Must(body, "value"));
                return true;
            case "POST agent":
                SetAgent(state.Compute.Agent, body);
                return true;
            default:
                return false;
        }
    }

    private static JsonObject Operations(OperationStore store) => new()
    {
        ["waiting"] = store.Waiting,
        ["mostWaiting"] = store.MostWaiting,
        ["operations"] = new JsonArray([.. store.All.Select(o => new JsonObject
        {
            ["name"] = o.Name,
            ["type"] = o.Type,
            ["status"] = o.Status,
            ["project"] = o.Project,
            ["scope"] = o.Scope,
            ["target"] = o.TargetLink,
            ["requestId"] = o.RequestId,
        })]),
    };

    private static void SetTimes(OperationStore store, JsonObject body)
    {
        store.Duration = Time(body, "durationMs") ?? store.Duration;
        store.WaitLimit = Time(body, "waitLimitMs") ?? store.WaitLimit;
        foreach ((string type, _) in body["types"] as JsonObject ?? [])
        {
            store.Durations[type] = Time((JsonObject)body["types"]!, type)!.Value;
        }
    }

    private static OperationPlan Plan(JsonObject body) => new()
    {
        Type = body.Text("type") ?? "*",
        Target = body.Text("target") ?? "*",
        Skip = body.Number("skip") ?? 0,
        Times = body.Number("times") ?? 0,
        Duration = Time(body, "durationMs"),
        Error = body["error"] is JsonObject error ? Message(error) : null,
        HttpErrorStatusCode = body.Number("httpErrorStatusCode"),
        FailAfter = body.Number("failAfter") ?? 0,
        Warnings = [.. body.Objects("warnings").Select(Message)],
        Vanish = body.Flag("vanish"),
    };

    /// <summary>Adds an instance, or changes what the body names of the one that is there.</summary>
    private static void Put(CloudState state, JsonObject body)
    {
        string project = body.Text("project") ?? state.Project.Id;
        string zone = Must(body, "zone"), name = Must(body, "name");
        if (!Places.IsZone(zone))
        {
            throw new FormatException($"'{zone}' is no zone of the emulator.");
        }

        EmulatedInstance i = state.Instances.Find(zone, name, project) ?? new EmulatedInstance
        {
            Project = project,
            Zone = zone,
            Name = name,
            Id = StableNumbers.Id($"{project}/{zone}/{name}"),
            CreatedAt = state.Clock.GetUtcNow(),
        };
        i = i with
        {
            Status = body.Text("status") ?? i.Status,
            MachineType = body.Text("machineType") ?? i.MachineType,
            IsWindows = body.ContainsKey("windows") ? body.Flag("windows") : i.IsWindows,
            DeletionProtection = body.ContainsKey("deletionProtection") ? body.Flag("deletionProtection") : i.DeletionProtection,
            ExternalIP = body.Text("externalIP") ?? i.ExternalIP,
            Labels = Pairs(body, "labels") ?? i.Labels,
            Metadata = Pairs(body, "metadata") ?? i.Metadata,
        };
        state.Instances.Add(body.Flag("localSsd") ? i.WithLocalSsd() : i);
    }

    private static ImmutableSortedDictionary<string, string>? Pairs(JsonObject body, string name) => body[name] is JsonObject pairs
        ? pairs.ToImmutableSortedDictionary(p => p.Key, p => p.Value?.ToString() ?? string.Empty, StringComparer.Ordinal)
        : null;

    private static void SetError(CloudState state, JsonObject body)
    {
        EmulatedResource group = state.Compute.Resources.Find("instanceGroupManagers", Must(body, "scope"), Must(body, "name"), body.Text("project"))
            ?? throw new FormatException("There is no such group.");
        state.Compute.Groups.SetError(group, Must(body, "member"), body.ContainsKey("code") ? Message(body) : null);
    }

    private static void SetAccess(ComputeAccess access, JsonObject body)
    {
        string project = body.Text("project") ?? "*";
        foreach ((string name, JsonNode? value) in body)
        {
            string text = value?.ToString() ?? string.Empty;
            switch (name)
            {
                case "deny":
                    access.Deny(text, project);
                    break;
                case "allow":
                    access.Allow(text, project);
                    break;
                case "denyActAs":
                    access.DenyActAs(text);
                    break;
                case "allowActAs":
                    access.AllowActAs(text);
                    break;
                case "project":
                    break;
                default:
                    throw new FormatException($"'{name}' is not known: deny, allow, denyActAs, allowActAs, project.");
            }
        }
    }

    private static void SetLimits(ComputeLimits limits, JsonObject body)
    {
        if (body.ContainsKey("requestsPerMinute"))
        {
            limits.RequestsPerMinute = body.Number("requestsPerMinute");
        }

        limits.PerUser = body.ContainsKey("perUser") ? body.Flag("perUser") : limits.PerUser;
        if (body["cpus"] is JsonObject cpus)
        {
            limits.SetCpus(Must(cpus, "region"), cpus.Number("limit"), cpus.Text("project") ?? "*");
        }
    }

    private static void SetAgent(WindowsAgent agent, JsonObject body)
    {
        agent.Enabled = body.ContainsKey("enabled") ? body.Flag("enabled") : agent.Enabled;
        agent.Delay = Time(body, "delayMs") ?? agent.Delay;
        agent.ErrorMessage = body.ContainsKey("errorMessage") ? body.Text("errorMessage") : agent.ErrorMessage;
    }

    private static EmulatedInstance Find(CloudState state, JsonObject body) =>
        state.Instances.Find(Must(body, "zone"), Must(body, "name"), body.Text("project")) ?? throw new FormatException("There is no such instance.");

    private static OperationMessage Message(JsonObject json) => new(Must(json, "code"), json.Text("message"));

    private static string Must(JsonObject body, string name) => body.Text(name) ?? throw new FormatException(name + " is missing.");

    // A negative number means for ever.
    private static TimeSpan? Time(JsonObject body, string name) => body[name] is not JsonValue value || value.GetValueKind() != JsonValueKind.Number ? null
        : value.GetValue<double>() is >= 0 and double ms ? TimeSpan.FromMilliseconds(ms)
        : Timeout.InfiniteTimeSpan;
}
