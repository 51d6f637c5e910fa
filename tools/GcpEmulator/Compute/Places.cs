namespace GcpEmulator.Compute;

/// <summary>Some of the regions and zones that Compute Engine has ("Regions and zones" documentation).</summary>
internal static class Places
{
    private static readonly (string Region, string Zones)[] Table =
    [
        ("asia-east1", "abc"), ("asia-northeast1", "abc"), ("australia-southeast1", "abc"), ("europe-west1", "bcd"), ("europe-west3", "abc"),
        ("europe-west4", "abc"), ("southamerica-east1", "abc"), ("us-central1", "abcf"), ("us-east1", "bcd"), ("us-west1", "abc"),
    ];

    public static readonly string[] Regions = [.. Table.Select(t => t.Region)];

    public static readonly string[] Zones = [.. Table.SelectMany(t => t.Zones.Select(z => t.Region + "-" + z))];

    /// <summary>zones/ZONE of all zones.</summary>
    public static readonly string[] ZoneScopes = [.. Zones.Select(z => "zones/" + z)];

    /// <summary>regions/REGION of all regions.</summary>
    public static readonly string[] RegionScopes = [.. Regions.Select(r => "regions/" + r)];

    /// <summary>global, then the regions, then the zones.</summary>
    public static readonly string[] AllScopes = ["global", .. RegionScopes, .. ZoneScopes];

    private static readonly HashSet<string> KnownZones = new(Zones, StringComparer.Ordinal);

    public static bool IsZone(string name) => KnownZones.Contains(name);

    public static string RegionOf(string zone) => zone[..zone.LastIndexOf('-')];

    public static IEnumerable<string> ZonesOf(string region) => Zones.Where(z => RegionOf(z) == region);
}
