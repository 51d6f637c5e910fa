using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>disks.insert, resize and createSnapshot; snapshots.insert.</summary>
internal sealed class DisksApi(CloudState state, Changes changes, Images images, InstanceDisks disks)
{
    public JsonObject Create(ComputeCall call, string scope)
    {
        JsonObject json = DiskJson.Create(
            state, images, call.Project.Id, scope, "resource.sourceImage", call.Request.Parameter("sourceImage") ?? call.Body.Text("sourceImage"),
            call.Body.Text("sourceSnapshot"), call.Body.Text("sizeGb"), call.Body.Text("type"));
        foreach ((string name, JsonNode? value) in call.Body)
        {
            if (!json.ContainsKey(name) && value is not null && name != "name")
            {
                json[name] = value.DeepClone();
            }
        }

        return json;
    }

    public Reply? Change(ComputeCall call, EmulatedResource disk, string verb) => verb switch
    {
        "resize" => Resize(call, disk),
        "createSnapshot" => CreateSnapshot(call, disk),
        _ => null,
    };

    /// <summary>Discovery document of Compute v1, schema Snapshot.</summary>
    public JsonObject Snapshot(ComputeCall call, EmulatedResource disk)
    {
        if (call.Request.Flag("guestFlush") || call.Body.Flag("guestFlush"))
        {
            CheckVss(disk);
        }

        JsonObject json = (JsonObject)call.Body.DeepClone();
        json.Remove("name");
        json["sourceDisk"] = disk.SelfLink;
        json["sourceDiskId"] = disk.Json.Text("id");
        json["diskSizeGb"] = disk.Json.Text("sizeGb");
        json["storageBytes"] = "123456789";
        json["storageBytesStatus"] = "UP_TO_DATE";
        json["status"] = "CREATING";
        json["snapshotType"] ??= "STANDARD";
        json["storageLocations"] ??= new JsonArray(disk.Scope.Split('/')[^1].Split('-')[0] switch { "europe" => "eu", "asia" => "asia", _ => "us" });
        foreach (string member in new[] { "licenses", "guestOsFeatures", "architecture" })
        {
            if (disk.Json[member] is JsonNode value)
            {
                json[member] = value.DeepClone();
            }
        }

        if (call.Request.Flag("guestFlush"))
        {
            json["guestFlush"] = true;
        }

        return json;
    }

    /// <summary>What is made has a status on its way to READY, where it has one at all.</summary>
    public OperationWork Making(EmulatedResource made)
    {
        void Status(string? status) => state.Compute.Resources.Update(made.Collection, made.Scope, made.Name, json => json["status"] = status, made.Project);
        void Remove() => state.Compute.Resources.Remove(made.Collection, made.Scope, made.Name, made.Project);
        return made.Collection switch
        {
            "images" => new OperationWork(Begin: () => Status("PENDING"), End: () => Status("READY"), Undo: Remove),
            "disks" => new OperationWork(Begin: () => Status("CREATING"), End: () => Status("READY"), Undo: Remove),
            "snapshots" => new OperationWork(Half: () => Status("UPLOADING"), End: () => Status("READY"), Undo: Remove),
            _ => new OperationWork(Undo: Remove),
        };
    }

    private Reply Resize(ComputeCall call, EmulatedResource disk)
    {
        string text = call.Body.Text("sizeGb") ?? string.Empty;
        long now = long.Parse(disk.Json.Text("sizeGb") ?? "0", CultureInfo.InvariantCulture);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size) || size <= now)
        {
            // Text as public reports have it. "You can only increase the size of a disk" (Increase the size of a disk).
            throw ComputeErrors.InvalidValue("sizeGb", text, string.Create(
                CultureInfo.InvariantCulture, $"New disk size '{text}' GiB must be larger than existing size '{now}' GiB."));
        }

        return changes.Begin(call, disk, "resizeDisk", new OperationWork(End: () =>
        {
            disks.Update(disk, json => json["sizeGb"] = text);
            foreach (string user in disk.Json.Texts("users"))
            {
                if (ComputeUrls.Parse(user, disk.Project) is { Collection: "instances" } at
                    && state.Instances.Find(at.Scope[6..], at.Name, at.Project) is EmulatedInstance i)
                {
                    changes.Set(i, x => Resized(x, disk.SelfLink, text));
                }
            }
        }));
    }

    private static EmulatedInstance Resized(EmulatedInstance i, string disk, string size)
    {
        JsonArray attached = InstanceDisks.Of(i);
        foreach (JsonObject one in attached.OfType<JsonObject>().Where(d => d.Text("source") == disk))
        {
            one["diskSizeGb"] = size;
        }

        return InstanceDisks.With(i, "disks", attached);
    }

    private Reply CreateSnapshot(ComputeCall call, EmulatedResource disk)
    {
        string name = InstanceNames.Check(call.Body.Text("name"));
        if (state.Compute.Resources.Find("snapshots", "global", name, disk.Project) is not null)
        {
            throw ComputeErrors.Exists($"projects/{disk.Project}/global/snapshots/{name}");
        }

        EmulatedResource made = state.Compute.Resources.Put("snapshots", "global", name, Snapshot(call, disk), disk.Project);
        return changes.Begin(call, disk, "createSnapshot", Making(made));
    }

    // "guestFlush: [Input Only] Whether to attempt an application consistent snapshot by informing the OS to prepare for the snapshot process"
    // (discovery document); VSS needs a running Windows machine ("Create a Windows persistent disk snapshot"). ASSUMED: the text.
    private void CheckVss(EmulatedResource disk)
    {
        bool running = disk.Json.Texts("users").Any(u => ComputeUrls.Parse(u, disk.Project) is { Collection: "instances" } at
            && state.Instances.Find(at.Scope[6..], at.Name, at.Project) is { Status: "RUNNING" });
        if (!running)
        {
            throw ComputeErrors.InvalidUsage("Guest flush requires the disk to be attached to a running instance");
        }
    }
}
