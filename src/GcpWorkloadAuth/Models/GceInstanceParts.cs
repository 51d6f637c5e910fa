using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A disk attached to an instance.</summary>
public sealed class GceAttachedDisk
{
    /// <summary>The disk's name, from its source; the device name where it has no source.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The name the guest sees it by.</summary>
    public string? DeviceName { get; internal set; }

    /// <summary>True for the boot disk.</summary>
    public bool Boot { get; internal set; }

    /// <summary>True where it goes with the instance.</summary>
    public bool AutoDelete { get; internal set; }

    /// <summary>READ_WRITE or READ_ONLY.</summary>
    public string? Mode { get; internal set; }

    /// <summary>PERSISTENT or SCRATCH (local SSD).</summary>
    public string? Type { get; internal set; }

    /// <summary>SCSI or NVME.</summary>
    public string? Interface { get; internal set; }

    /// <summary>Size in GB (2^30 bytes).</summary>
    public long? SizeGB { get; internal set; }

    /// <summary>The position among the instance's disks.</summary>
    public int? Index { get; internal set; }

    /// <summary>The disk's address in the API; null for a local SSD.</summary>
    public string? Source { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A network interface of an instance.</summary>
public sealed class GceNetworkInterface
{
    /// <summary>The name, "nic0".</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The network's name.</summary>
    public string? Network { get; internal set; }

    /// <summary>The subnetwork's name.</summary>
    public string? Subnetwork { get; internal set; }

    /// <summary>Its address inside the network.</summary>
    public string? InternalIP { get; internal set; }

    /// <summary>Its public address; null where it has none.</summary>
    public string? ExternalIP { get; internal set; }

    /// <summary>Its IPv6 address; null where it has none.</summary>
    public string? IPv6Address { get; internal set; }

    /// <summary>IPV4_ONLY, IPV4_IPV6 or IPV6_ONLY.</summary>
    public string? StackType { get; internal set; }

    /// <summary>The names of its access configurations.</summary>
    public IReadOnlyList<string> AccessConfigs { get; internal set; } = Array.Empty<string>();

    /// <summary>Changes with the interface; sent back with a change of it.</summary>
    public string? Fingerprint { get; internal set; }

    /// <summary>The internal address, with the public one where there is one.</summary>
    public override string ToString() => ExternalIP is null ? InternalIP ?? Name : InternalIP + " (" + ExternalIP + ")";
}

/// <summary>How an instance is scheduled.</summary>
public sealed class GceScheduling
{
    /// <summary>STANDARD or SPOT.</summary>
    public string? ProvisioningModel { get; internal set; }

    /// <summary>True where Compute Engine may take it back.</summary>
    public bool Preemptible { get; internal set; }

    /// <summary>True where it is started again after a crash of its host.</summary>
    public bool AutomaticRestart { get; internal set; }

    /// <summary>MIGRATE or TERMINATE.</summary>
    public string? OnHostMaintenance { get; internal set; }

    /// <summary>STOP or DELETE: what happens when Compute Engine takes it back; null where it does not.</summary>
    public string? InstanceTerminationAction { get; internal set; }

    /// <summary>The provisioning model.</summary>
    public override string ToString() => ProvisioningModel ?? (Preemptible ? "PREEMPTIBLE" : "STANDARD");
}
