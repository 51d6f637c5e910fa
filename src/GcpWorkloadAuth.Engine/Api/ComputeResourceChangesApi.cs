using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// What changes disks, snapshots, managed groups and a project's metadata in the Compute Engine API v1. Source: its discovery document,
/// https://compute.googleapis.com/$discovery/rest?version=v1. All of these have a requestId.
/// </summary>
internal static class ComputeResourceChangesApi
{
    private const string Zone = "zones/{zone}/";
    private const string Region = "regions/{region}/";
    private const string Group = "instanceGroupManagers/{instanceGroupManager}";

    public static readonly ApiMethod DisksInsert = Post("disks.insert", Zone + "disks", "sourceImage");
    public static readonly ApiMethod DisksResize = Post("disks.resize", Zone + "disks/{disk}/resize");
    public static readonly ApiMethod DisksDelete = Delete("disks.delete", Zone + "disks/{disk}");
    public static readonly ApiMethod RegionDisksInsert = Post("regionDisks.insert", Region + "disks", "sourceImage");
    public static readonly ApiMethod RegionDisksResize = Post("regionDisks.resize", Region + "disks/{disk}/resize");
    public static readonly ApiMethod RegionDisksDelete = Delete("regionDisks.delete", Region + "disks/{disk}");
    public static readonly ApiMethod SnapshotsInsert = Post("snapshots.insert", "global/snapshots");
    public static readonly ApiMethod SnapshotsDelete = Delete("snapshots.delete", "global/snapshots/{snapshot}");
    public static readonly ApiMethod GroupsResize = Post("instanceGroupManagers.resize", Zone + Group + "/resize", "size");
    public static readonly ApiMethod GroupsRecreate = Post("instanceGroupManagers.recreateInstances", Zone + Group + "/recreateInstances");
    public static readonly ApiMethod RegionGroupsResize = Post("regionInstanceGroupManagers.resize", Region + Group + "/resize", "size");
    public static readonly ApiMethod RegionGroupsRecreate =
        Post("regionInstanceGroupManagers.recreateInstances", Region + Group + "/recreateInstances");

    public static readonly ApiMethod ProjectsSetMetadata = Post("projects.setCommonInstanceMetadata", "setCommonInstanceMetadata");

    public static readonly ApiMethod[] All =
    [
        DisksInsert, DisksResize, DisksDelete, RegionDisksInsert, RegionDisksResize, RegionDisksDelete, SnapshotsInsert, SnapshotsDelete,
        GroupsResize, GroupsRecreate, RegionGroupsResize, RegionGroupsRecreate, ProjectsSetMetadata,
    ];

    private static ApiMethod Post(string id, string path, params string[] query) => new(
        ApiService.Compute, "compute." + id, HttpMethod.Post, "projects/{project}/" + path, RetryClass.Conditional, ["requestId", .. query]);

    private static ApiMethod Delete(string id, string path) => new(
        ApiService.Compute, "compute." + id, HttpMethod.Delete, "projects/{project}/" + path, RetryClass.Conditional, "requestId");
}
