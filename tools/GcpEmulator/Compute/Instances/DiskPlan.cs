using System.Globalization;
using System.Text.Json.Nodes;

namespace GcpEmulator.Compute;

/// <summary>The disks of an instance that is to be made: schemas AttachedDisk and AttachedDiskInitializeParams.</summary>
internal sealed class DiskPlan(CloudState state, Images images, InstanceDisks disks, string project, string zone, string instance)
{
    private readonly List<(string Name, JsonObject Json)> _new = [];
    private readonly List<EmulatedResource> _old = [];
    private bool _isWindows;

    public InstanceCreation.Draft Read(JsonObject body)
    {
        JsonArray attached = [];
        foreach (JsonObject disk in body.Objects("disks"))
        {
            attached.Add(disk.Text("type") == "SCRATCH" ? Scratch(disk, attached) : Persistent(disk, attached.Count));
        }

        if (attached.Count == 0)
        {
            throw ComputeErrors.InvalidValue("resource.disks", string.Empty, "At least one disk must be specified."); // ASSUMED: the text
        }

        EmulatedInstance draft = new() { Project = project, Zone = zone, Name = instance, IsWindows = _isWindows, Extra = new() { ["disks"] = attached } };
        return new(draft, _new, _old);
    }

    private static JsonObject Scratch(JsonObject disk, JsonArray before) => new()
    {
        ["kind"] = "compute#attachedDisk",
        ["type"] = "SCRATCH",
        ["mode"] = "READ_WRITE",
        ["deviceName"] = disk.Text("deviceName") ?? string.Create(CultureInfo.InvariantCulture, $"local-ssd-{before.OfType<JsonObject>().Count(d => d.Text("type") == "SCRATCH")}"),
        ["index"] = before.Count,
        ["boot"] = false,
        ["autoDelete"] = true,
        ["interface"] = disk.Text("interface") ?? "SCSI",
        ["diskSizeGb"] = "375",
    };

    private JsonObject Persistent(JsonObject disk, int index)
    {
        bool boot = disk.Flag("boot");
        EmulatedResource source = disk.Text("source") is { Length: > 0 } url ? Existing(url, index) : Initialize(disk, index, boot);
        _isWindows |= boot && source.Json["guestOsFeatures"] is JsonArray features
            && features.OfType<JsonObject>().Any(f => f.Text("type") == "WINDOWS");
        return Attachment(source, disk, index);
    }

    /// <summary>How an instance shows a disk.</summary>
    public static JsonObject Attachment(EmulatedResource source, JsonObject sent, int index)
    {
        JsonObject attached = new()
        {
            ["kind"] = "compute#attachedDisk",
            ["type"] = "PERSISTENT",
            ["mode"] = sent.Text("mode") ?? "READ_WRITE",
            ["source"] = source.SelfLink,
            ["deviceName"] = sent.Text("deviceName") ?? string.Create(CultureInfo.InvariantCulture, $"persistent-disk-{index}"),
            ["index"] = index,
            ["boot"] = sent.Flag("boot"),
            ["autoDelete"] = sent.Flag("autoDelete"),
        };
        foreach (string member in new[] { "licenses", "guestOsFeatures", "architecture" })
        {
            if (source.Json[member] is JsonNode value)
            {
                attached[member] = value.DeepClone();
            }
        }

        attached["interface"] = sent.Text("interface") ?? "SCSI";
        attached["diskSizeGb"] = source.Json.Text("sizeGb");
        return attached;
    }

    private EmulatedResource Existing(string url, int index)
    {
        EmulatedResource found = ComputeUrls.Parse(url, project) is { Collection: "disks" } at ? disks.Find(at.Project, at.Scope, at.Name)! : null!;
        if (found is null)
        {
            throw ComputeErrors.InvalidValue($"resource.disks[{index}].source", url, "The referenced disk resource cannot be found.");
        }

        if (found.Json.Texts("users").FirstOrDefault() is string user)
        {
            throw ComputeErrors.InUse($"disk resource '{found.Relative}'", ComputeUrls.Relative(user));
        }

        _old.Add(found);
        return found;
    }

    private EmulatedResource Initialize(JsonObject disk, int index, bool boot)
    {
        JsonObject sent = disk["initializeParams"] as JsonObject ?? [];
        string name = InstanceNames.Check(sent.Text("diskName") ?? (boot ? instance : string.Create(CultureInfo.InvariantCulture, $"{instance}-{index}")));
        if (disks.Find(project, "zones/" + zone, name) is not null)
        {
            throw ComputeErrors.Exists($"projects/{project}/zones/{zone}/disks/{name}");
        }

        JsonObject json = DiskJson.Create(
            state, images, project, "zones/" + zone, $"resource.disks[{index}].initializeParams.sourceImage", sent.Text("sourceImage"), sent.Text("sourceSnapshot"),
            sent.Text("diskSizeGb") ?? disk.Text("diskSizeGb"), sent.Text("diskType"));
        json["labels"] = sent["labels"]?.DeepClone();
        json["description"] = sent.Text("description");
        _new.Add((name, json));
        return new EmulatedResource(project, "disks", "zones/" + zone, name, json);
    }
}
