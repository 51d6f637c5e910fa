using GcpEmulator.Auth;
using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>Compute Engine v1: the paths of the discovery document that the emulator serves.</summary>
internal sealed class ComputeApi(CloudState state, BearerCheck bearer)
{
    private const string Service = "compute.googleapis.com";
    private readonly InstanceLists _lists = new(state);

    /// <param name="request">The request.</param>
    /// <param name="path">The path's parts behind /compute/v1.</param>
    public Reply Handle(EmulatedRequest request, ReadOnlySpan<string> path)
    {
        if (path.Length < 2 || path[0] != "projects")
        {
            return NoSuchPath(request);
        }

        string method = Name(path[2..]);
        if (bearer.Check(request, Service, "compute.v1." + method, Scopes.ComputeRead) is Reply refusal)
        {
            return refusal;
        }

        if (request.Method != "GET")
        {
            return Reply.Json(GoogleErrors.Create(501, "The emulator does not change Compute Engine resources.", "notImplemented"), 501);
        }

        if (state.Projects.Find(path[1]) is not EmulatedProject project)
        {
            return GoogleErrors.NotFound($"The resource 'projects/{path[1]}' was not found");
        }

        return path[2..] switch
        {
            [] => PlaceReplies.Project(request, project),
            ["aggregated", "instances"] => _lists.Aggregated(request, project.Id),
            ["zones"] => PlaceReplies.Zones(request, project.Id),
            ["regions"] => PlaceReplies.Regions(request, project.Id),
            ["regions", string region] => PlaceReplies.Region(request, project.Id, region),
            ["aggregated", "machineTypes"] => PlaceReplies.AggregatedMachineTypes(request, project.Id),
            ["zones", string zone, ..] when !Places.IsZone(zone) => UnknownZone(project.Id, zone, path.Length),
            ["zones", string zone] => PlaceReplies.Zone(request, project.Id, zone),
            ["zones", string zone, "instances"] => _lists.Zonal(request, project.Id, zone),
            ["zones", string zone, "instances", string name] => InstanceLists.Get(request, state, project.Id, zone, name),
            ["zones", string zone, "machineTypes"] => PlaceReplies.MachineTypes(request, project.Id, zone),
            ["zones", string zone, "machineTypes", string type] => PlaceReplies.MachineType(request, project.Id, zone, type),
            _ => NoSuchPath(request),
        };
    }

    // The 400 for what lies in an unknown zone: inspec/inspec-gcp#301 has the whole body. ASSUMED: the zone itself is a 404.
    private static Reply UnknownZone(string project, string zone, int length) => length == 4
        ? GoogleErrors.NotFound($"The resource 'projects/{project}/zones/{zone}' was not found")
        : GoogleErrors.Invalid($"Invalid value for field 'zone': '{zone}'. Unknown zone.");

    private static Reply NoSuchPath(EmulatedRequest request) => GoogleErrors.NotFound("The emulator does not serve " + request.Path);

    private static string Name(ReadOnlySpan<string> path) => path switch
    {
        [] => "ProjectsService.Get",
        ["aggregated", string what, ..] => Upper(what) + "Service.AggregatedList",
        [string what] => Upper(what) + "Service.List",
        [string what, _] => Upper(what) + "Service.Get",
        [_, _, string what] => Upper(what) + "Service.List",
        [_, _, string what, _] => Upper(what) + "Service.Get",
        _ => "Unknown",
    };

    private static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
