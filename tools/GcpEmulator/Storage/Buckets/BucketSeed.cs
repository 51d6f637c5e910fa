using System.Collections.Immutable;
using System.Globalization;

namespace GcpEmulator.Storage;

/// <summary>The buckets that the emulator starts with: several locations, classes and policies.</summary>
internal static class BucketSeed
{
    private static readonly (string Location, string Type)[] Locations =
        [("EUROPE-WEST1", "region"), ("EU", "multi-region"), ("NAM4", "dual-region")];
    private static readonly string[] Classes = ["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE"];

    /// <summary>Bucket number <paramref name="index"/> of a project, counted from 1.</summary>
    public static EmulatedBucket Create(EmulatedProject project, int index) => new()
    {
        Project = project.Id,
        ProjectNumber = project.Number,
        Name = string.Create(CultureInfo.InvariantCulture, $"{project.Id}-bucket-{index:D4}"),
        Location = Locations[(index - 1) % 3].Location,
        LocationType = Locations[(index - 1) % 3].Type,
        StorageClass = Classes[(index - 1) % 4],
        CreatedAt = new DateTimeOffset(2025, 2, 3, 4, 5, 6, 789, TimeSpan.Zero).AddHours(index),
        Labels = index % 2 == 1
            ? ImmutableSortedDictionary<string, string>.Empty.Add("env", index % 3 == 0 ? "test" : "prod").Add("team", "storage")
            : ImmutableSortedDictionary<string, string>.Empty,
        Versioning = index % 3 == 2 ? true : null,
        PublicAccessPrevention = index % 2 == 0 ? "enforced" : "inherited",
    };
}
