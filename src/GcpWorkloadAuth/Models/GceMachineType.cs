namespace GcpWorkloadAuth;

/// <summary>A machine type of a zone.</summary>
public sealed class GceMachineType
{
    /// <summary>The name, unique in its zone.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The zone's name.</summary>
    public string Zone { get; internal set; } = string.Empty;

    /// <summary>How many CPUs an instance sees.</summary>
    public int GuestCpus { get; internal set; }

    /// <summary>Its memory, in MiB.</summary>
    public int MemoryMB { get; internal set; }

    /// <summary>Its memory, in GiB.</summary>
    public double MemoryGB => MemoryMB / 1024.0;

    /// <summary>True where its CPUs are shared with other instances.</summary>
    public bool IsSharedCpu { get; internal set; }

    /// <summary>X86_64 or ARM64.</summary>
    public string? Architecture { get; internal set; }

    /// <summary>How many persistent disks can be attached.</summary>
    public int MaximumPersistentDisks { get; internal set; }

    /// <summary>How large they can be together, in GiB.</summary>
    public long? MaximumPersistentDisksSizeGB { get; internal set; }

    /// <summary>DEPRECATED, OBSOLETE or DELETED; null where it is none of them.</summary>
    public string? DeprecationState { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The machine type's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
