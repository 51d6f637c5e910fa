using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>What Compute Engine means by its refusals.</summary>
internal static class ComputeRefusals
{
    /// <summary>
    /// A project or a zone that is missing; null where it is something else. Compute Engine names what is missing: "The resource
    /// 'projects/p/zones/z' was not found", "Invalid value for field 'zone': 'z'. Unknown zone."
    /// </summary>
    public static GcpException? Missing(ApiRefusal refusal, string project, ResourcePlace place) =>
        place.Region is { } region && (refusal.Message.Contains("/regions/" + region + "'") || refusal.Message.Contains("Unknown region"))
            ? Errors.GceResourceNotFound("region", region, project)
            : Missing(refusal, project, place.Zone);

    /// <inheritdoc cref="Missing(ApiRefusal, string, ResourcePlace)"/>
    public static GcpException? Missing(ApiRefusal refusal, string project, string? zone)
    {
        if (refusal.Message.Contains("'projects/" + project + "'"))
        {
            return Errors.ProjectNotFound(project);
        }

        return zone is not null && (refusal.Message.Contains("/zones/" + zone + "'") || refusal.Message.Contains("Unknown zone"))
            ? Errors.ZoneNotFound(zone, project)
            : null;
    }
}
