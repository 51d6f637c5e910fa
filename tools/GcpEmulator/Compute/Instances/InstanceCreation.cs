using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace GcpEmulator.Compute;

/// <summary>Turns the body of instances.insert, or the properties of a template, into an instance and its disks.</summary>
internal sealed class InstanceCreation(CloudState state, InstanceSetters setters, Images images, InstanceDisks disks)
{
    // What the emulator keeps as it was sent.
    private static readonly string[] Kept =
    [
        "scheduling", "shieldedInstanceConfig", "confidentialInstanceConfig", "guestAccelerators", "minCpuPlatform", "hostname", "resourcePolicies",
        "advancedMachineFeatures", "displayDevice", "reservationAffinity", "canIpForward", "keyRevocationActionType", "params",
    ];

    private static readonly JsonObject Standard = new()
    {
        ["onHostMaintenance"] = "MIGRATE",
        ["automaticRestart"] = true,
        ["preemptible"] = false,
        ["provisioningModel"] = "STANDARD",
    };

    /// <summary>An instance and what has to be put into the store for it.</summary>
    public sealed record Draft(EmulatedInstance Instance, IReadOnlyList<(string Name, JsonObject Json)> NewDisks, IReadOnlyList<EmulatedResource> OldDisks);

    /// <summary>The properties of a template, with what the body says in their place.</summary>
    public JsonObject Merge(JsonObject body, string? template, string project)
    {
        if (string.IsNullOrEmpty(template))
        {
            return body;
        }

        ResourceRef at = ComputeUrls.Parse(template, project) ?? new(project, "global", "instanceTemplates", ComputeUrls.LastPart(template));
        EmulatedResource found = state.Compute.Resources.Find("instanceTemplates", at.Scope, at.Name, at.Project)
            ?? throw ComputeErrors.NotFound($"projects/{at.Project}/{at.Scope}/instanceTemplates/{at.Name}");
        JsonObject merged = (JsonObject)(found.Json["properties"]?.DeepClone() ?? new JsonObject());
        foreach ((string name, JsonNode? value) in body)
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    public Draft Create(Owner owner, string zone, JsonObject body, string? name = null)
    {
        string project = owner.Project.Id;
        name = InstanceNames.Check(name ?? body.Text("name"));
        if (state.Instances.Find(zone, name, project) is not null)
        {
            throw ComputeErrors.Exists($"projects/{project}/zones/{zone}/instances/{name}");
        }

        string type = MachineTypes.Check(body.Text("machineType") ?? string.Empty, zone);
        JsonObject extra = [];
        foreach (string member in Kept.Where(body.ContainsKey))
        {
            extra[member] = body[member]?.DeepClone();
        }

        if (extra["shieldedInstanceConfig"] is JsonObject shielded)
        {
            // What is left out has its default: no Secure Boot, a vTPM, integrity monitoring ("Shielded VM").
            shielded["enableSecureBoot"] ??= false;
            shielded["enableVtpm"] ??= true;
            shielded["enableIntegrityMonitoring"] ??= true;
        }

        extra["scheduling"] = Scheduling(body["scheduling"] as JsonObject);
        Draft draft = new DiskPlan(state, images, disks, project, zone, name).Read(body);
        extra["disks"] = draft.Instance.Extra!["disks"]!.DeepClone();
        JsonObject network = body.Objects("networkInterfaces").FirstOrDefault()
            ?? throw ComputeErrors.InvalidValue("resource.networkInterfaces", string.Empty, "At least one network interface is required.");
        JsonObject? access = network.Objects("accessConfigs").FirstOrDefault();
        ulong id = StableNumbers.Id(string.Create(CultureInfo.InvariantCulture, $"{project}/{zone}/{name}#{state.Instances.Version}"));
        return draft with
        {
            Instance = draft.Instance with
            {
                Id = id,
                Status = "PROVISIONING",
                MachineType = type,
                CreatedAt = state.Clock.GetUtcNow(),
                Description = body.Text("description"),
                Labels = InstanceSetters.ReadLabels(body, "labels"),
                Tags = [.. (body["tags"] as JsonObject ?? []).Texts("items")],
                Metadata = InstanceSetters.ReadMetadata(body["metadata"] as JsonObject ?? [], "items"),
                ServiceAccounts = Accounts(owner, body),
                Network = Link(network.Text("network"), project, "global", "networks"),
                Subnetwork = Link(network.Text("subnetwork"), project, "regions/" + Places.RegionOf(zone), "subnetworks"),
                InternalIP = network.Text("networkIP") ?? string.Create(CultureInfo.InvariantCulture, $"10.140.{(id >> 8) % 250}.{2 + (id % 250)}"),
                ExternalIP = access is null ? null
                    : access.Text("natIP") ?? string.Create(CultureInfo.InvariantCulture, $"203.0.113.{2 + (id % 250)}"),
                ExternalIPIsEphemeral = access?.Text("natIP") is null,
                DeletionProtection = body.Flag("deletionProtection"),
                Extra = extra,
            },
        };
    }

    /// <summary>Puts the instance and its disks into the cloud.</summary>
    public void Place(Draft draft)
    {
        EmulatedInstance i = draft.Instance;
        state.Instances.Add(i);
        string user = InstanceJson.SelfLink(i);
        foreach ((string name, JsonObject json) in draft.NewDisks)
        {
            disks.SetUser(state.Compute.Resources.Put("disks", "zones/" + i.Zone, name, json, i.Project), user, used: true);
        }

        foreach (EmulatedResource disk in draft.OldDisks)
        {
            disks.SetUser(disk, user, used: true);
        }
    }

    /// <summary>Takes back what was placed.</summary>
    public void Remove(Draft draft)
    {
        if (state.Instances.Find(draft.Instance.Zone, draft.Instance.Name, draft.Instance.Project) is EmulatedInstance last)
        {
            disks.Release(last);
            state.Instances.Remove(last.Zone, last.Name, last.Project);
        }
    }

    private ImmutableArray<AttachedAccount> Accounts(Owner owner, JsonObject body)
    {
        JsonObject[] accounts = [.. body.Objects("serviceAccounts")];
        if (accounts.Length > 1)
        {
            // Discovery document: "Only one service account per VM instance is supported." ASSUMED: the text
            throw ComputeErrors.InvalidValue("resource.serviceAccounts", string.Empty, "Only one service account per VM is supported.");
        }

        return [.. accounts.Where(a => a.Text("email") is { Length: > 0 }).Select(a => setters.Attach(owner, a.Text("email")!, a.Texts("scopes")))];
    }

    // "SPOT" implies preemptible, no automatic restart and TERMINATE ("Spot VMs").
    private static JsonObject Scheduling(JsonObject? sent)
    {
        JsonObject whole = (JsonObject)Standard.DeepClone();
        if (sent?.Text("provisioningModel") == "SPOT" || sent?.Flag("preemptible") == true)
        {
            whole["onHostMaintenance"] = "TERMINATE";
            whole["automaticRestart"] = false;
            whole["preemptible"] = true;
        }

        foreach ((string name, JsonNode? value) in sent ?? [])
        {
            whole[name] = value?.DeepClone();
        }

        return whole;
    }

    private string? Link(string? text, string project, string scope, string collection)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        ResourceRef at = ComputeUrls.Parse(text, project) ?? new(project, scope, collection, ComputeUrls.LastPart(text));
        return state.Compute.Resources.Find(collection, at.Scope, at.Name, at.Project)?.SelfLink
            ?? throw ComputeErrors.NotFound($"projects/{at.Project}/{at.Scope}/{collection}/{at.Name}");
    }
}
