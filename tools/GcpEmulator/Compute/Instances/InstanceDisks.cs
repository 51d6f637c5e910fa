using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>
/// The disks of instances. A seeded instance has a boot disk that is nowhere stored: it is made up when somebody looks, and written down
/// when somebody changes it.
/// </summary>
internal sealed class InstanceDisks(CloudState state)
{
    /// <summary>The attached disks, as a clone that may be changed.</summary>
    public static JsonArray Of(EmulatedInstance i) => i.Extra?["disks"] is JsonArray own
        ? (JsonArray)own.DeepClone()
        : (JsonArray)JsonNode.Parse(JsonAnswer.Render(json =>
            InstanceParts.WriteDisks(json, i, ComputeUrls.Scope(i.Project, "zones/" + i.Zone))).Span)!;

    public static EmulatedInstance With(EmulatedInstance i, string member, JsonNode? value)
    {
        JsonObject extra = (JsonObject?)i.Extra?.DeepClone() ?? [];
        extra.Remove(member);
        if (value is not null)
        {
            extra[member] = value;
        }

        return i with { Extra = extra };
    }

    public static bool HasLocalSsd(EmulatedInstance i) =>
        i.Extra?["disks"] is JsonArray disks && disks.OfType<JsonObject>().Any(d => d.Text("type") == "SCRATCH");

    /// <summary>All disks of a project, the made-up ones too, by scope and name.</summary>
    public IEnumerable<EmulatedResource> All(string project)
    {
        IReadOnlyList<EmulatedResource> stored = state.Compute.Resources.All("disks", project);
        HashSet<(string, string)> known = [.. stored.Select(d => (d.Scope, d.Name))];
        return stored
            .Concat(state.Instances.All(project).Where(i => IsImplicit(i) && !known.Contains(("zones/" + i.Zone, i.Name))).Select(MakeUp))
            .OrderBy(d => d.Scope, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal);
    }

    public EmulatedResource? Find(string project, string scope, string name) =>
        state.Compute.Resources.Find("disks", scope, name, project)
        ?? (scope.StartsWith("zones/", StringComparison.Ordinal) && state.Instances.Find(scope[6..], name, project) is { } i && IsImplicit(i)
            ? MakeUp(i)
            : null);

    /// <summary>Changes a disk, writing it down first if it was made up.</summary>
    public void Update(EmulatedResource disk, Action<JsonObject> change)
    {
        if (state.Compute.Resources.Find("disks", disk.Scope, disk.Name, disk.Project) is null)
        {
            state.Compute.Resources.Put("disks", disk.Scope, disk.Name, disk.Json, disk.Project);
        }

        state.Compute.Resources.Update("disks", disk.Scope, disk.Name, change, disk.Project);
    }

    /// <summary>Notes on a disk who uses it, or that nobody does.</summary>
    public void SetUser(EmulatedResource disk, string? user, bool used) => Update(disk, json =>
    {
        List<string> users = [.. json.Texts("users").Where(u => u != user)];
        if (used && user is not null)
        {
            users.Add(user);
        }

        json.Remove("users");
        if (users.Count > 0)
        {
            json["users"] = new JsonArray([.. users.Select(u => (JsonNode)u)]);
        }

        json[used ? "lastAttachTimestamp" : "lastDetachTimestamp"] = InstanceJson.Time(state.Clock.GetUtcNow());
    });

    /// <summary>What becomes of the disks when an instance is deleted: those with autoDelete go with it.</summary>
    public void Release(EmulatedInstance i)
    {
        foreach (JsonObject attached in Of(i).OfType<JsonObject>())
        {
            if (attached.Text("source") is not string source || ComputeUrls.Parse(source, i.Project) is not ResourceRef at)
            {
                continue;
            }

            if (attached.Flag("autoDelete"))
            {
                state.Compute.Resources.Remove("disks", at.Scope, at.Name, at.Project);
            }
            else if (Find(at.Project, at.Scope, at.Name) is EmulatedResource disk)
            {
                SetUser(disk, InstanceJson.SelfLink(i), used: false);
            }
        }
    }

    // A list that names a boot disk which nobody wrote down: a test gave a seeded machine another disk.
    private static bool IsImplicit(EmulatedInstance i) => i.Extra?["disks"] is not JsonArray disks
        || disks.OfType<JsonObject>().Any(d => d.Flag("boot") && d.Text("source")?.EndsWith("/disks/" + i.Name, StringComparison.Ordinal) == true);

    private static EmulatedResource MakeUp(EmulatedInstance i)
    {
        string zone = ComputeUrls.Scope(i.Project, "zones/" + i.Zone);
        using JsonDocument attached = JsonDocument.Parse(JsonAnswer.Render(json => InstanceParts.WriteDisks(json, i, zone)));
        JsonElement boot = attached.RootElement[0];
        JsonObject json = new()
        {
            ["id"] = StableNumbers.Id(zone + "/disks/" + i.Name).ToString(CultureInfo.InvariantCulture),
            ["sizeGb"] = boot.GetProperty("diskSizeGb").GetString(),
            ["status"] = "READY",
            ["sourceImage"] = ComputeUrls.Root + (i.IsWindows
                ? "projects/windows-cloud/global/images/windows-server-2022-dc-v20250612"
                : "projects/debian-cloud/global/images/debian-12-bookworm-v20250610"),
            ["type"] = zone + "/diskTypes/pd-balanced",
            ["licenses"] = JsonNode.Parse(boot.GetProperty("licenses").GetRawText()),
            ["guestOsFeatures"] = JsonNode.Parse(boot.GetProperty("guestOsFeatures").GetRawText()),
            ["lastAttachTimestamp"] = InstanceJson.Time(i.CreatedAt),
            ["users"] = new JsonArray(InstanceJson.SelfLink(i)),
            ["physicalBlockSizeBytes"] = "4096",
            ["architecture"] = "X86_64",
        };
        return new(i.Project, "disks", "zones/" + i.Zone, i.Name,
            ResourceJson.Complete(i.Project, "disks", "zones/" + i.Zone, i.Name, json, i.CreatedAt, 0));
    }
}
