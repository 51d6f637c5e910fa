using System.Collections.Generic;

namespace GcpWorkloadAuth.Completers;

/// <summary>Locations of buckets. Source: https://cloud.google.com/storage/docs/locations.</summary>
internal sealed class LocationCompleter : TableCompleter
{
    private static readonly KeyValuePair<string, string>[] s_all = Join(
        new KeyValuePair<string, string>[]
        {
            new("US", "Multi-region: United States"),
            new("EU", "Multi-region: European Union"),
            new("ASIA", "Multi-region: Asia"),
            new("NAM4", "Dual-region: us-central1 and us-east1"),
            new("EUR4", "Dual-region: europe-north1 and europe-west4"),
            new("EUR5", "Dual-region: europe-west1 and europe-west2"),
            new("EUR7", "Dual-region: europe-west2 and europe-west3"),
            new("EUR8", "Dual-region: europe-west3 and europe-west6"),
            new("ASIA1", "Dual-region: asia-northeast1 and asia-northeast2"),
        },
        RegionCompleter.Regions);

    private protected override IReadOnlyList<KeyValuePair<string, string>> Table => s_all;

    private static KeyValuePair<string, string>[] Join(KeyValuePair<string, string>[] one, KeyValuePair<string, string>[] other)
    {
        List<KeyValuePair<string, string>> all = new(one);
        all.AddRange(other);
        return all.ToArray();
    }
}

/// <summary>Regions. Source: https://cloud.google.com/storage/docs/locations#available-locations.</summary>
internal sealed class RegionCompleter : TableCompleter
{
    internal static readonly KeyValuePair<string, string>[] Regions =
    {
        new("africa-south1", "Johannesburg"),
        new("asia-east1", "Taiwan"),
        new("asia-east2", "Hong Kong"),
        new("asia-northeast1", "Tokyo"),
        new("asia-northeast2", "Osaka"),
        new("asia-northeast3", "Seoul"),
        new("asia-south1", "Mumbai"),
        new("asia-south2", "Delhi"),
        new("asia-southeast1", "Singapore"),
        new("asia-southeast2", "Jakarta"),
        new("australia-southeast1", "Sydney"),
        new("australia-southeast2", "Melbourne"),
        new("europe-central2", "Warsaw"),
        new("europe-north1", "Finland"),
        new("europe-north2", "Stockholm"),
        new("europe-southwest1", "Madrid"),
        new("europe-west1", "Belgium"),
        new("europe-west2", "London"),
        new("europe-west3", "Frankfurt"),
        new("europe-west4", "Netherlands"),
        new("europe-west6", "Zurich"),
        new("europe-west8", "Milan"),
        new("europe-west9", "Paris"),
        new("europe-west10", "Berlin"),
        new("europe-west12", "Turin"),
        new("me-central1", "Doha"),
        new("me-central2", "Dammam"),
        new("me-west1", "Tel Aviv"),
        new("northamerica-northeast1", "Montreal"),
        new("northamerica-northeast2", "Toronto"),
        new("northamerica-south1", "Mexico"),
        new("southamerica-east1", "Sao Paulo"),
        new("southamerica-west1", "Santiago"),
        new("us-central1", "Iowa"),
        new("us-east1", "South Carolina"),
        new("us-east4", "Northern Virginia"),
        new("us-east5", "Columbus"),
        new("us-south1", "Dallas"),
        new("us-west1", "Oregon"),
        new("us-west2", "Los Angeles"),
        new("us-west3", "Salt Lake City"),
        new("us-west4", "Las Vegas"),
    };

    private protected override IReadOnlyList<KeyValuePair<string, string>> Table => Regions;
}
