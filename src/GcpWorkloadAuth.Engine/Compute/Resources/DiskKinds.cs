using GcpWorkloadAuth.Engine.Api;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>
/// Disks, snapshots and images. Source: https://cloud.google.com/compute/docs/reference/rest/v1/disks and its neighbours.
/// </summary>
internal static class DiskKinds
{
    private static readonly ResourceMap<GceDisk> s_disk = new ResourceMap<GceDisk>(static d => d.Project = ResourceParts.ProjectOf(d.Name, d.SelfLink))
        .Id("id", static (d, v) => d.Id = v)
        .Text("name", static (d, v) => d.Name = v ?? string.Empty)
        .Text("description", static (d, v) => d.Description = v)
        .Name("zone", static (d, v) => d.Zone = v)
        .Name("region", static (d, v) => d.Region = v)
        .Names("replicaZones", static (d, v) => d.ReplicaZones = v)
        .Name("type", static (d, v) => d.Type = v ?? string.Empty)
        .Number("sizeGb", static (d, v) => d.SizeGB = v ?? 0)
        .Word("status", static (d, v) => d.Status = v ?? string.Empty)
        .Texts("users", static (d, v) => d.Users = v)
        .Time("creationTimestamp", static (d, v) => d.CreationTime = v)
        .Time("lastAttachTimestamp", static (d, v) => d.LastAttachTime = v)
        .Time("lastDetachTimestamp", static (d, v) => d.LastDetachTime = v)
        .Map("labels", static (d, v) => d.Labels = v)
        .Text("labelFingerprint", static (d, v) => d.LabelFingerprint = v)
        .Word("sourceImage", static (d, v) => d.SourceImage = v)
        .Text("sourceSnapshot", static (d, v) => d.SourceSnapshot = v)
        .Text("sourceDisk", static (d, v) => d.SourceDisk = v)
        .Word("architecture", static (d, v) => d.Architecture = v)
        .Number("physicalBlockSizeBytes", static (d, v) => d.PhysicalBlockSizeBytes = v)
        .Number("provisionedIops", static (d, v) => d.ProvisionedIops = v)
        .Number("provisionedThroughput", static (d, v) => d.ProvisionedThroughput = v)
        .Texts("licenses", static (d, v) => d.Licenses = v)
        .Add("guestOsFeatures/type", static (ref json, d) => d.GuestOsFeatures = ResourceParts.ReadMembers(ref json, "type"))
        .Names("resourcePolicies", static (d, v) => d.ResourcePolicies = v)
        .Add("diskEncryptionKey/kmsKeyName", static (ref json, d) => d.KmsKeyName = ResourceParts.ReadKey(ref json))
        .Text("selfLink", static (d, v) => d.SelfLink = v);

    private static readonly ResourceMap<GceSnapshot> s_snapshot =
        new ResourceMap<GceSnapshot>(static s => s.Project = ResourceParts.ProjectOf(s.Name, s.SelfLink))
        .Id("id", static (s, v) => s.Id = v)
        .Text("name", static (s, v) => s.Name = v ?? string.Empty)
        .Text("description", static (s, v) => s.Description = v)
        .Word("status", static (s, v) => s.Status = v ?? string.Empty)
        .Text("sourceDisk", static (s, v) => s.SourceDisk = v)
        .Number("diskSizeGb", static (s, v) => s.DiskSizeGB = v)
        .Number("storageBytes", static (s, v) => s.StorageBytes = v)
        .Word("snapshotType", static (s, v) => s.SnapshotType = v)
        .Flag("autoCreated", static (s, v) => s.AutoCreated = v)
        .Flag("guestFlush", static (s, v) => s.GuestFlush = v)
        .Text("chainName", static (s, v) => s.ChainName = v)
        .Time("creationTimestamp", static (s, v) => s.CreationTime = v)
        .Map("labels", static (s, v) => s.Labels = v)
        .Text("labelFingerprint", static (s, v) => s.LabelFingerprint = v)
        .Texts("storageLocations", static (s, v) => s.StorageLocations = v)
        .Texts("licenses", static (s, v) => s.Licenses = v)
        .Word("architecture", static (s, v) => s.Architecture = v)
        .Add("snapshotEncryptionKey/kmsKeyName", static (ref json, s) => s.KmsKeyName = ResourceParts.ReadKey(ref json))
        .Text("selfLink", static (s, v) => s.SelfLink = v);

    private static readonly ResourceMap<GceImage> s_image = new ResourceMap<GceImage>(static i => i.Project = ResourceParts.ProjectOf(i.Name, i.SelfLink))
        .Id("id", static (i, v) => i.Id = v)
        .Text("name", static (i, v) => i.Name = v ?? string.Empty)
        .Text("description", static (i, v) => i.Description = v)
        .Word("family", static (i, v) => i.Family = v)
        .Word("status", static (i, v) => i.Status = v ?? string.Empty)
        .Number("diskSizeGb", static (i, v) => i.DiskSizeGB = v)
        .Number("archiveSizeBytes", static (i, v) => i.ArchiveSizeBytes = v)
        .Word("architecture", static (i, v) => i.Architecture = v)
        .Time("creationTimestamp", static (i, v) => i.CreationTime = v)
        .Inside("deprecated", new ResourceMap<GceImage>()
            .Word("state", static (i, v) => i.DeprecationState = v == "ACTIVE" ? null : v)
            .Text("replacement", static (i, v) => i.Replacement = v))
        .Map("labels", static (i, v) => i.Labels = v)
        .Text("labelFingerprint", static (i, v) => i.LabelFingerprint = v)
        .Texts("licenses", static (i, v) => i.Licenses = v)
        .Add("guestOsFeatures/type", static (ref json, i) => i.GuestOsFeatures = ResourceParts.ReadMembers(ref json, "type"))
        .Texts("storageLocations", static (i, v) => i.StorageLocations = v)
        .Text("sourceDisk", static (i, v) => i.SourceDisk = v)
        .Text("sourceImage", static (i, v) => i.SourceImage = v)
        .Text("sourceSnapshot", static (i, v) => i.SourceSnapshot = v)
        .Add("imageEncryptionKey/kmsKeyName", static (ref json, i) => i.KmsKeyName = ResourceParts.ReadKey(ref json))
        .Text("selfLink", static (i, v) => i.SelfLink = v);

    public static readonly ResourceKind<GceDisk> Disks = new("disk", "disks", s_disk.Fields, s_disk.Read)
    {
        InZone = new(ComputeResourcesApi.DisksList, ComputeResourcesApi.DisksGet),
        InRegion = new(ComputeResourcesApi.RegionDisksList, ComputeResourcesApi.RegionDisksGet),
        Everywhere = ComputeResourcesApi.DisksAggregatedList,
    };

    public static readonly ResourceKind<GceSnapshot> Snapshots = new("snapshot", "snapshots", s_snapshot.Fields, s_snapshot.Read)
    {
        Global = new(ComputeResourcesApi.SnapshotsList, ComputeResourcesApi.SnapshotsGet),
    };

    public static readonly ResourceKind<GceImage> Images = new("image", "images", s_image.Fields, s_image.Read)
    {
        Global = new(ComputeResourcesApi.ImagesList, ComputeResourcesApi.ImagesGet),
    };
}
