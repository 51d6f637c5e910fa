using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A Compute Engine virtual machine.</summary>
public sealed class GceInstance
{
    /// <summary>The name, unique in its zone.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The zone's name, "europe-west1-b".</summary>
    public string Zone { get; internal set; } = string.Empty;

    /// <summary>The region of the zone, "europe-west1".</summary>
    public string Region => RegionOf(Zone);

    /// <summary>PROVISIONING, STAGING, RUNNING, STOPPING, SUSPENDING, SUSPENDED, REPAIRING, TERMINATED ...</summary>
    public string Status { get; internal set; } = string.Empty;

    /// <summary>What the server adds to the status; null where it adds nothing.</summary>
    public string? StatusMessage { get; internal set; }

    /// <summary>The machine type's name, "e2-medium".</summary>
    public string MachineType { get; internal set; } = string.Empty;

    /// <summary>The address of the first interface inside its network.</summary>
    public string? InternalIP => NetworkInterfaces.Count > 0 ? NetworkInterfaces[0].InternalIP : null;

    /// <summary>The public address of the first interface that has one; null where none has.</summary>
    public string? ExternalIP
    {
        get
        {
            foreach (GceNetworkInterface networkInterface in NetworkInterfaces)
            {
                if (networkInterface.ExternalIP is { } address)
                {
                    return address;
                }
            }

            return null;
        }
    }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>When it was last started, local time.</summary>
    public DateTime? LastStartTime { get; internal set; }

    /// <summary>When it was last stopped, local time.</summary>
    public DateTime? LastStopTime { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>Its labels; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; internal set; } = NoLabels.Instance;

    /// <summary>Its network tags.</summary>
    public IReadOnlyList<string> Tags { get; internal set; } = Array.Empty<string>();

    /// <summary>The service accounts attached to it, with their scopes.</summary>
    public IReadOnlyList<GceServiceAccount> ServiceAccounts { get; internal set; } = Array.Empty<GceServiceAccount>();

    /// <summary>Its disks, the boot disk first.</summary>
    public IReadOnlyList<GceAttachedDisk> Disks { get; internal set; } = Array.Empty<GceAttachedDisk>();

    /// <summary>Its network interfaces.</summary>
    public IReadOnlyList<GceNetworkInterface> NetworkInterfaces { get; internal set; } = Array.Empty<GceNetworkInterface>();

    /// <summary>Its custom metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal set; } = NoLabels.Instance;

    /// <summary>How it is scheduled.</summary>
    public GceScheduling? Scheduling { get; internal set; }

    /// <summary>The CPU platform it runs on; null while it does not run.</summary>
    public string? CpuPlatform { get; internal set; }

    /// <summary>True where deletion is refused.</summary>
    public bool DeletionProtection { get; internal set; }

    /// <summary>True where it may send packets with other addresses than its own.</summary>
    public bool CanIpForward { get; internal set; }

    /// <summary>The custom host name; null where it has none.</summary>
    public string? Hostname { get; internal set; }

    /// <summary>Changes with the instance; sent back with a change of it.</summary>
    public string? Fingerprint { get; internal set; }

    /// <summary>Changes with the labels; sent back with a change of them.</summary>
    public string? LabelFingerprint { get; internal set; }

    /// <summary>Changes with the metadata; sent back with a change of it.</summary>
    public string? MetadataFingerprint { get; internal set; }

    /// <summary>Changes with the tags; sent back with a change of them.</summary>
    public string? TagsFingerprint { get; internal set; }

    /// <summary>The instance's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>"europe-west1-b" gives "europe-west1".</summary>
    internal static string RegionOf(string zone)
    {
        int dash = zone.LastIndexOf('-');
        return dash > 0 ? zone.Substring(0, dash) : string.Empty;
    }
}
