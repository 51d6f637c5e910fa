using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Makes places of parameters.</summary>
internal static class ResourcePlaces
{
    /// <summary>
    /// The places that are named; null for all. An object has the region of its zone beside the zone: a region that has one of the zones
    /// is not meant as a place of its own.
    /// </summary>
    public static IReadOnlyList<ResourcePlace>? Of(string?[]? zones, string?[]? regions, bool isGlobal = false)
    {
        List<ResourcePlace> places = new();
        HashSet<string> ofZones = new(StringComparer.Ordinal);
        foreach (string? zone in zones ?? Array.Empty<string?>())
        {
            if (zone is not null)
            {
                places.Add(new ResourcePlace(Zone: zone));
                ofZones.Add(GceInstance.RegionOf(zone));
            }
        }

        foreach (string? region in regions ?? Array.Empty<string?>())
        {
            if (region is not null && !ofZones.Contains(region))
            {
                places.Add(new ResourcePlace(Region: region));
            }
        }

        if (isGlobal)
        {
            places.Add(ResourcePlace.Global);
        }

        return places.Count == 0 ? null : places;
    }
}
