using System.Net;

namespace GcpEmulator;

/// <summary>What an <see cref="EmulatedCloud"/> starts with. Everything can be changed later through <see cref="CloudState"/>.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The address to listen on. Anything but a loopback address is refused.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port of the metadata server; 0 takes a free one.</summary>
    public int MetadataPort { get; init; }

    /// <summary>Port of the token endpoint, Storage, Compute and the control endpoint; 0 takes a free one.</summary>
    public int ApiPort { get; init; }

    /// <summary>The project that the virtual machine, the buckets and the instances belong to.</summary>
    public string ProjectId { get; init; } = "demo-project";

    /// <summary>The number of that project.</summary>
    public long ProjectNumber { get; init; } = 123456789012;

    /// <summary>The zone of the virtual machine whose metadata server this is.</summary>
    public string Zone { get; init; } = "europe-west1-b";

    /// <summary>The name of that virtual machine; it is the first of the instances.</summary>
    public string InstanceName { get; init; } = "demo-vm";

    /// <summary>How many buckets there are at the start: <c>PROJECT-bucket-0001</c> and so on.</summary>
    public int BucketCount { get; init; } = 3;

    /// <summary>How many instances there are at the start, the virtual machine itself included.</summary>
    public int InstanceCount { get; init; } = 5;

    /// <summary>The service account attached to the virtual machine; null for the project's default compute account.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>The scopes of that account on the virtual machine.</summary>
    public IReadOnlyList<string> ServiceAccountScopes { get; init; } = [Scopes.CloudPlatform];

    /// <summary>False for a virtual machine without a service account.</summary>
    public bool AttachServiceAccount { get; init; } = true;

    /// <summary>How long a new access token lives. A real one has 3599 seconds in its first answer.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromSeconds(3599);

    /// <summary>True answers Storage requests that carry no credential, as clients send them under STORAGE_EMULATOR_HOST.</summary>
    public bool AllowAnonymousStorage { get; init; }

    /// <summary>True compresses JSON answers for clients that send Accept-Encoding: gzip, as the real services do.</summary>
    public bool Compress { get; init; }

    /// <summary>False gives new objects a crc32c only, as composite objects have: MD5 is the slowest part of a large upload.</summary>
    public bool ComputeMd5 { get; init; } = true;

    /// <summary>Where the folder for contents above 1 MiB is made; null for the system's temporary folder. A tmpfs keeps the disk out of benchmarks.</summary>
    public string? ContentFolder { get; init; }

    /// <summary>How many requests the log keeps; 0 logs nothing, for benchmarks.</summary>
    public int RequestLogCapacity { get; init; } = 100_000;

    /// <summary>The clock for token lives and time stamps.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
