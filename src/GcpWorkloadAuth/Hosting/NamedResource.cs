using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>A resource as the user named it: whole, from the pipeline, or only by parts of its address.</summary>
/// <param name="Name">The name.</param>
/// <param name="Project">The project; empty where it is not said.</param>
/// <param name="Place">The place; null where it is not said.</param>
/// <param name="Target">What failures are reported against.</param>
internal sealed record NamedResource(string Name, string Project, ResourcePlace? Place, object Target)
{
    public static NamedResource Of(GceDisk disk) => new(disk.Name, disk.Project, PlaceOf(disk.Zone, disk.Region), disk.Id == 0 ? disk.Name : disk);

    public static NamedResource Of(GceSnapshot snapshot) =>
        new(snapshot.Name, snapshot.Project, ResourcePlace.Global, snapshot.Id == 0 ? snapshot.Name : snapshot);

    public static NamedResource Of(GceInstanceGroup group) =>
        new(group.Name, group.Project, PlaceOf(group.Zone, group.Region), group.Id == 0 ? group.Name : group);

    private static ResourcePlace? PlaceOf(string? zone, string? region) =>
        !string.IsNullOrEmpty(zone) ? new ResourcePlace(Zone: zone)
        : !string.IsNullOrEmpty(region) ? new ResourcePlace(Region: region)
        : null;
}
