using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>What can be done with instances: the methods of the resource instances in the discovery document of Compute v1.</summary>
internal sealed class InstanceApi
{
    private readonly CloudState _state;
    private readonly InstanceLifecycle _lifecycle;
    private readonly InstanceSetters _setters;
    private readonly InstanceAttachments _attachments;
    private readonly InstanceInsertion _insertion;

    public InstanceApi(CloudState state, Changes changes, Images images, InstanceDisks disks)
    {
        _state = state;
        _lifecycle = new InstanceLifecycle(state, changes, disks);
        _setters = new InstanceSetters(state, changes);
        _attachments = new InstanceAttachments(state, changes, disks);
        Lifecycle = _lifecycle;
        Creation = new InstanceCreation(state, _setters, images, disks);
        _insertion = new InstanceInsertion(state, changes, Creation, _lifecycle);
    }

    public InstanceCreation Creation { get; }

    public InstanceLifecycle Lifecycle { get; }

    /// <summary>The methods that only read, besides get and list.</summary>
    public Reply? Read(ComputeCall call, string zone, string name, string verb)
    {
        EmulatedInstance i = Find(call, zone, name);
        return verb switch
        {
            "serialPort" => SerialPort(call, i),
            "getGuestAttributes" => GuestAttributes.Answer(call, _state, i),
            _ => null,
        };
    }

    public Reply? Create(ComputeCall call, string zone, string verb) => verb switch
    {
        "insert" => _insertion.Insert(call, zone),
        "bulkInsert" => _insertion.Bulk(call, zone),
        _ => null,
    };

    public Reply? Change(ComputeCall call, string zone, string name, string verb)
    {
        EmulatedInstance i = Find(call, zone, name);
        return verb switch
        {
            "start" or "startWithEncryptionKey" => _lifecycle.Start(call, i),
            "stop" => _lifecycle.Stop(call, i),
            "suspend" => _lifecycle.Suspend(call, i),
            "resume" => _lifecycle.Resume(call, i),
            "reset" => _lifecycle.Reset(call, i),
            "delete" => _lifecycle.Delete(call, i),
            "setMetadata" => _setters.Metadata(call, i),
            "setLabels" => _setters.Labels(call, i),
            "setTags" => _setters.Tags(call, i),
            "setMachineType" => _setters.MachineType(call, i),
            "setServiceAccount" => _setters.ServiceAccount(call, i),
            "setDeletionProtection" => _setters.DeletionProtection(call, i),
            "setScheduling" => _setters.Scheduling(call, i),
            "updateShieldedInstanceConfig" => _setters.Member(call, i, "updateShieldedInstanceConfig", "shieldedInstanceConfig", call.Body),
            "setMinCpuPlatform" when call.Body["minCpuPlatform"] is JsonNode platform =>
                _setters.Member(call, i, "setMinCpuPlatform", "minCpuPlatform", platform),
            "attachDisk" => _attachments.Attach(call, i),
            "detachDisk" => _attachments.Detach(call, i),
            "setDiskAutoDelete" => _attachments.SetAutoDelete(call, i),
            _ => null,
        };
    }

    public EmulatedInstance Find(ComputeCall call, string zone, string name) =>
        InstanceLists.Find(_state, call.Project.Id, zone, name)
        ?? throw ComputeErrors.NotFound($"projects/{call.Project.Id}/zones/{zone}/instances/{name}");

    private Reply SerialPort(ComputeCall call, EmulatedInstance i)
    {
        string text = call.Request.Parameter("port") ?? "1";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 4)
        {
            // Discovery document: minimum 1, maximum 4. ASSUMED: the text
            throw ComputeErrors.InvalidValue("port", text, "Must be greater than or equal to 1 and less than or equal to 4");
        }

        if (i.Status is "TERMINATED" or "SUSPENDED" or "PROVISIONING")
        {
            throw ComputeErrors.NotReady(ComputeUrls.Relative(InstanceJson.SelfLink(i))); // ASSUMED: a machine that is off has no output
        }

        _ = long.TryParse(call.Request.Parameter("start"), CultureInfo.InvariantCulture, out long start);
        (string contents, long from, long next) = _state.Compute.SerialPorts.Read(i, port, start);
        return JsonAnswer.Create(call.Request, FieldSchemas.Unchecked, json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", "compute#serialPortOutput");
            json.WriteString("selfLink", InstanceJson.SelfLink(i) + "/serialPort");
            json.WriteString("contents", contents);
            json.WriteString("start", from.ToString(CultureInfo.InvariantCulture)); // int64 travels as text
            json.WriteString("next", next.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        });
    }
}
