using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>Reads the parts of an instance that are objects of their own.</summary>
internal static class InstancePartReader
{
    public static GceScheduling? ReadScheduling(ref JsonCursor json)
    {
        if (!json.BeginObject())
        {
            return null;
        }

        GceScheduling scheduling = new();
        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "provisioningModel":
                    scheduling.ProvisioningModel = json.SharedString();
                    break;
                case "preemptible":
                    scheduling.Preemptible = json.Boolean();
                    break;
                case "automaticRestart":
                    scheduling.AutomaticRestart = json.Boolean();
                    break;
                case "onHostMaintenance":
                    scheduling.OnHostMaintenance = json.SharedString();
                    break;
                case "instanceTerminationAction":
                    scheduling.InstanceTerminationAction = json.SharedString();
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return scheduling;
    }

    public static GceAttachedDisk ReadDisk(ref JsonCursor json)
    {
        GceAttachedDisk disk = new();
        if (!json.BeginObject())
        {
            return disk;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "source":
                    disk.Source = json.String();
                    break;
                case "deviceName":
                    disk.DeviceName = json.SharedString();
                    break;
                case "boot":
                    disk.Boot = json.Boolean();
                    break;
                case "autoDelete":
                    disk.AutoDelete = json.Boolean();
                    break;
                case "mode":
                    disk.Mode = json.SharedString();
                    break;
                case "type":
                    disk.Type = json.SharedString();
                    break;
                case "interface":
                    disk.Interface = json.SharedString();
                    break;
                case "diskSizeGb":
                    disk.SizeGB = json.Int64();
                    break;
                case "index":
                    disk.Index = (int?)json.Int64();
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        disk.Name = Names.LastSegment(disk.Source) ?? disk.DeviceName ?? string.Empty;
        return disk;
    }

    public static GceNetworkInterface ReadNetworkInterface(ref JsonCursor json)
    {
        GceNetworkInterface network = new();
        if (!json.BeginObject())
        {
            return network;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "name":
                    network.Name = json.SharedString() ?? string.Empty;
                    break;
                case "network":
                    network.Network = json.LastSegment();
                    break;
                case "subnetwork":
                    network.Subnetwork = json.LastSegment();
                    break;
                case "networkIP":
                    network.InternalIP = json.String();
                    break;
                case "ipv6Address":
                    network.IPv6Address = json.String();
                    break;
                case "stackType":
                    network.StackType = json.SharedString();
                    break;
                case "fingerprint":
                    network.Fingerprint = json.String();
                    break;
                case "accessConfigs":
                    ReadAccessConfigs(ref json, network);
                    break;
                case "ipv6AccessConfigs":
                    ReadIPv6AccessConfigs(ref json, network);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return network;
    }

    private static void ReadAccessConfigs(ref JsonCursor json, GceNetworkInterface network)
    {
        if (!json.BeginArray())
        {
            return;
        }

        List<string> names = new(1);
        while (json.NextElement())
        {
            if (!json.BeginObject())
            {
                continue;
            }

            while (json.NextProperty(out string name))
            {
                if (name == "name")
                {
                    names.Add(json.SharedString() ?? string.Empty);
                }
                else if (name == "natIP")
                {
                    string? address = json.String();
                    network.ExternalIP ??= address;
                }
                else
                {
                    json.Skip();
                }
            }
        }

        network.AccessConfigs = names.ToArray();
    }

    private static void ReadIPv6AccessConfigs(ref JsonCursor json, GceNetworkInterface network)
    {
        if (!json.BeginArray())
        {
            return;
        }

        while (json.NextElement())
        {
            if (!json.BeginObject())
            {
                continue;
            }

            while (json.NextProperty(out string name))
            {
                if (name == "externalIpv6")
                {
                    string? address = json.String();
                    network.IPv6Address ??= address;
                }
                else
                {
                    json.Skip();
                }
            }
        }
    }
}
