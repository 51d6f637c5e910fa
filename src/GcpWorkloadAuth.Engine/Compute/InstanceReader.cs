using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Metadata;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>Reads instance resources. Source: https://cloud.google.com/compute/docs/reference/rest/v1/instances.</summary>
internal static class InstanceReader
{
    /// <summary>The fields that <see cref="Read"/> uses, and so the only ones asked for.</summary>
    public const string Fields =
        "id,name,description,zone,status,statusMessage,machineType,creationTimestamp,lastStartTimestamp,lastStopTimestamp,labels,"
        + "labelFingerprint,fingerprint,tags(items,fingerprint),metadata(items,fingerprint),serviceAccounts(email,scopes),"
        + "disks(source,deviceName,boot,autoDelete,mode,type,interface,diskSizeGb,index),"
        + "networkInterfaces(name,network,subnetwork,networkIP,ipv6Address,ipv6AccessConfigs/externalIpv6,stackType,fingerprint,"
        + "accessConfigs(name,natIP)),"
        + "scheduling(provisioningModel,preemptible,automaticRestart,onHostMaintenance,instanceTerminationAction),"
        + "cpuPlatform,deletionProtection,canIpForward,hostname,selfLink";

    public static GceInstance Read(ref JsonCursor json)
    {
        GceInstance instance = new();
        if (!json.BeginObject())
        {
            throw JsonText.NotAsExpected("a resource that is no object");
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "id":
                    instance.Id = json.UInt64() ?? 0;
                    break;
                case "name":
                    instance.Name = json.String() ?? string.Empty;
                    break;
                case "description":
                    instance.Description = json.String();
                    break;
                case "zone":
                    instance.Zone = json.LastSegment() ?? string.Empty;
                    break;
                case "status":
                    instance.Status = json.SharedString() ?? string.Empty;
                    break;
                case "statusMessage":
                    instance.StatusMessage = json.String();
                    break;
                case "machineType":
                    instance.MachineType = json.LastSegment() ?? string.Empty;
                    break;
                case "creationTimestamp":
                    instance.CreationTime = json.Time();
                    break;
                case "lastStartTimestamp":
                    instance.LastStartTime = json.Time();
                    break;
                case "lastStopTimestamp":
                    instance.LastStopTime = json.Time();
                    break;
                case "labels":
                    instance.Labels = JsonLists.Map(ref json);
                    break;
                case "labelFingerprint":
                    instance.LabelFingerprint = json.String();
                    break;
                case "fingerprint":
                    instance.Fingerprint = json.String();
                    break;
                case "cpuPlatform":
                    instance.CpuPlatform = json.SharedString();
                    break;
                case "deletionProtection":
                    instance.DeletionProtection = json.Boolean();
                    break;
                case "canIpForward":
                    instance.CanIpForward = json.Boolean();
                    break;
                case "hostname":
                    instance.Hostname = json.String();
                    break;
                case "selfLink":
                    instance.SelfLink = json.String();
                    break;
                default:
                    ReadPart(ref json, name, instance);
                    break;
            }
        }

        instance.Project = Names.ProjectOf(instance.SelfLink) ?? string.Empty;
        return instance.Name.Length > 0 ? instance : throw JsonText.NotAsExpected("a resource without a name");
    }

    private static void ReadPart(ref JsonCursor json, string part, GceInstance instance)
    {
        switch (part)
        {
            case "tags":
                ReadTags(ref json, instance);
                break;
            case "metadata":
                (IReadOnlyDictionary<string, string> values, string? fingerprint) = KeyValueReader.Read(ref json);
                instance.Metadata = values;
                instance.MetadataFingerprint = fingerprint;
                break;
            case "scheduling":
                instance.Scheduling = InstancePartReader.ReadScheduling(ref json);
                break;
            case "disks":
                instance.Disks = JsonLists.Of(ref json, InstancePartReader.ReadDisk);
                break;
            case "networkInterfaces":
                instance.NetworkInterfaces = JsonLists.Of(ref json, InstancePartReader.ReadNetworkInterface);
                break;
            case "serviceAccounts":
                instance.ServiceAccounts = JsonLists.Of(ref json, ServiceAccountReader.Read);
                break;
            default:
                json.Skip();
                break;
        }
    }

    private static void ReadTags(ref JsonCursor json, GceInstance instance)
    {
        if (!json.BeginObject())
        {
            return;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "items":
                    instance.Tags = JsonLists.Strings(ref json);
                    break;
                case "fingerprint":
                    instance.TagsFingerprint = json.String();
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }
}
