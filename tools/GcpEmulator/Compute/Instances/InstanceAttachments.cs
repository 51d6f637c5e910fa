using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>attachDisk, detachDisk, setDiskAutoDelete. The caller holds the gate of the operations.</summary>
internal sealed class InstanceAttachments(CloudState state, Changes changes, InstanceDisks disks)
{
    public Reply Attach(ComputeCall call, EmulatedInstance i)
    {
        string url = call.Body.Text("source") ?? string.Empty;
        EmulatedResource? found = ComputeUrls.Parse(url, call.Project.Id) is { Collection: "disks" } at ? disks.Find(at.Project, at.Scope, at.Name) : null;
        EmulatedResource disk = found ?? throw ComputeErrors.InvalidValue("resource.source", url, "The referenced disk resource cannot be found.");
        if (disk.Scope != "zones/" + i.Zone)
        {
            // ASSUMED: the text
            throw ComputeErrors.InvalidValue("resource.source", url, "Disk must be in the same zone as the instance.");
        }

        if (disk.Json.Texts("users").FirstOrDefault() is string user && call.Body.Text("mode") != "READ_ONLY" && !call.Request.Flag("forceAttach"))
        {
            throw ComputeErrors.InUse($"disk resource '{disk.Relative}'", ComputeUrls.Relative(user));
        }

        JsonArray attached = InstanceDisks.Of(i);
        JsonObject attachment = DiskPlan.Attachment(disk, call.Body, attached.Count);
        string device = attachment.Text("deviceName")!;
        if (attached.OfType<JsonObject>().Any(d => d.Text("deviceName") == device))
        {
            throw ComputeErrors.InvalidValue("resource.deviceName", device, "Device name is already in use."); // ASSUMED: the text
        }

        attached.Add(attachment);
        return Change(call, i, "attachDisk", attached, () => disks.SetUser(disk, InstanceJson.SelfLink(i), used: true));
    }

    public Reply Detach(ComputeCall call, EmulatedInstance i)
    {
        (JsonArray attached, JsonObject disk) = Find(call, i);
        if (disk.Flag("boot") && i.Status != "TERMINATED")
        {
            // ASSUMED: the text. "You can detach a boot disk only from a stopped VM" (Detach and reattach boot disks).
            throw ComputeErrors.InvalidUsage("Boot disk can be detached only from a stopped instance");
        }

        attached.Remove(disk);
        return Change(call, i, "detachDisk", attached, () =>
        {
            if (disk.Text("source") is string source && ComputeUrls.Parse(source, i.Project) is ResourceRef at
                && disks.Find(at.Project, at.Scope, at.Name) is EmulatedResource found)
            {
                disks.SetUser(found, InstanceJson.SelfLink(i), used: false);
            }
        });
    }

    public Reply SetAutoDelete(ComputeCall call, EmulatedInstance i)
    {
        (JsonArray attached, JsonObject disk) = Find(call, i);
        disk["autoDelete"] = call.Request.Flag("autoDelete");
        return Change(call, i, "setDiskAutoDelete", attached, null);
    }

    private static (JsonArray All, JsonObject Disk) Find(ComputeCall call, EmulatedInstance i)
    {
        string device = call.Required("deviceName");
        JsonArray attached = InstanceDisks.Of(i);
        JsonObject disk = attached.OfType<JsonObject>().FirstOrDefault(d => d.Text("deviceName") == device)
            ?? throw ComputeErrors.InvalidValue("deviceName", device, "No attached disk found with device name '" + device + "'");
        return (attached, disk);
    }

    private Reply Change(ComputeCall call, EmulatedInstance i, string type, JsonArray attached, Action? end)
    {
        // A boot disk that was only made up is written down now: from here on the instance's list is what counts.
        if (disks.Find(i.Project, "zones/" + i.Zone, i.Name) is EmulatedResource boot
            && state.Compute.Resources.Find("disks", boot.Scope, boot.Name, boot.Project) is null)
        {
            disks.Update(boot, static _ => { });
        }

        return changes.Begin(call, i, type, new OperationWork(End: () =>
        {
            end?.Invoke();
            changes.Set(i, x => InstanceDisks.With(x, "disks", attached.DeepClone()));
        }));
    }
}
