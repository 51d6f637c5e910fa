using System.Text.Json.Nodes;

namespace GcpEmulator.Compute;

/// <summary>Some of the images that Google and its partners offer ("Operating system details": projects and families).</summary>
internal static class PublicImages
{
    private static readonly (string Project, string Family, string Name, int Gb, string Description)[] Table =
    [
        ("debian-cloud", "debian-11", "debian-11-bullseye-v20250610", 10, "Debian, Debian GNU/Linux, 11 (bullseye), amd64"),
        ("debian-cloud", "debian-12", "debian-12-bookworm-v20250513", 10, "Debian, Debian GNU/Linux, 12 (bookworm), amd64"),
        ("debian-cloud", "debian-12", "debian-12-bookworm-v20250610", 10, "Debian, Debian GNU/Linux, 12 (bookworm), amd64"),
        ("debian-cloud", "debian-12-arm64", "debian-12-bookworm-arm64-v20250610", 10, "Debian, Debian GNU/Linux, 12 (bookworm), arm64"),
        ("ubuntu-os-cloud", "ubuntu-2204-lts", "ubuntu-2204-jammy-v20250606", 10, "Canonical, Ubuntu, 22.04 LTS, amd64"),
        ("ubuntu-os-cloud", "ubuntu-2404-lts-amd64", "ubuntu-2404-noble-amd64-v20250606", 10, "Canonical, Ubuntu, 24.04 LTS, amd64"),
        ("rocky-linux-cloud", "rocky-linux-8", "rocky-linux-8-v20250610", 20, "Rocky Linux, Rocky Linux, 8, x86_64"),
        ("rocky-linux-cloud", "rocky-linux-9", "rocky-linux-9-v20250610", 20, "Rocky Linux, Rocky Linux, 9, x86_64"),
        ("rhel-cloud", "rhel-9", "rhel-9-v20250610", 20, "Red Hat, Red Hat Enterprise Linux, 9, x86_64"),
        ("centos-cloud", "centos-stream-9", "centos-stream-9-v20250610", 20, "CentOS, CentOS, Stream 9, x86_64"),
        ("suse-cloud", "sles-15", "sles-15-sp6-v20250610-x86-64", 10, "SUSE, SUSE Linux Enterprise Server, 15 SP6, x86_64"),
        ("cos-cloud", "cos-stable", "cos-stable-121-18867-90-38", 10, "Google, Container-Optimized OS, 121 stable, x86_64"),
        ("fedora-coreos-cloud", "fedora-coreos-stable", "fedora-coreos-42-20250526-3-0-gcp-x86-64", 10, "Fedora CoreOS, stable, x86_64"),
        ("windows-cloud", "windows-2019", "windows-server-2019-dc-v20250612", 50, "Microsoft, Windows Server, 2019 Datacenter, Server with Desktop Experience, x64"),
        ("windows-cloud", "windows-2022", "windows-server-2022-dc-v20250612", 50, "Microsoft, Windows Server, 2022 Datacenter, Server with Desktop Experience, x64"),
        ("windows-cloud", "windows-2022-core", "windows-server-2022-dc-core-v20250612", 32, "Microsoft, Windows Server, 2022 Datacenter, Server Core, x64"),
        ("windows-cloud", "windows-2025", "windows-server-2025-dc-v20250612", 50, "Microsoft, Windows Server, 2025 Datacenter, Server with Desktop Experience, x64"),
        ("windows-sql-cloud", "sql-std-2022-win-2022", "sql-2022-standard-windows-2022-dc-v20250612", 50, "Microsoft, SQL Server 2022 Standard on Windows Server 2022, x64"),
    ];

    public static readonly IReadOnlyList<EmulatedResource> All =
        [.. Table.Select(Create).OrderBy(i => i.Project, StringComparer.Ordinal).ThenBy(i => i.Name, StringComparer.Ordinal)];

    private static readonly HashSet<string> Projects = new(Table.Select(t => t.Project), StringComparer.Ordinal);

    public static bool IsProject(string project) => Projects.Contains(project);

    private static EmulatedResource Create((string Project, string Family, string Name, int Gb, string Description) image)
    {
        bool isWindows = image.Project.StartsWith("windows", StringComparison.Ordinal);
        string license = isWindows ? "windows-cloud/global/licenses/windows-server-2022-dc" : $"{image.Project}/global/licenses/{image.Family}";
        string[] features = isWindows
            ? ["GVNIC", "MULTI_IP_SUBNET", "UEFI_COMPATIBLE", "VIRTIO_SCSI_MULTIQUEUE", "WINDOWS"]
            : ["UEFI_COMPATIBLE", "VIRTIO_SCSI_MULTIQUEUE", "GVNIC", "SEV_CAPABLE"];
        JsonObject json = new()
        {
            ["description"] = image.Description,
            ["family"] = image.Family,
            ["status"] = "READY",
            ["sourceType"] = "RAW",
            ["diskSizeGb"] = image.Gb.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["archiveSizeBytes"] = "1234567890",
            ["architecture"] = image.Name.Contains("arm64", StringComparison.Ordinal) ? "ARM64" : "X86_64",
            ["licenses"] = new JsonArray(ComputeUrls.Root + "projects/" + license),
            ["guestOsFeatures"] = new JsonArray([.. features.Select(f => (JsonNode)new JsonObject { ["type"] = f })]),
            ["storageLocations"] = new JsonArray("asia", "eu", "us"),
        };
        if (image.Name == "debian-12-bookworm-v20250513")
        {
            json["deprecated"] = new JsonObject
            {
                ["state"] = "DEPRECATED",
                ["replacement"] = ComputeUrls.Resource(image.Project, "global", "images", "debian-12-bookworm-v20250610"),
            };
        }

        // Newer images have newer time stamps: the family points to the latest that is not deprecated.
        int at = image.Name.IndexOf("v2025", StringComparison.Ordinal);
        DateTimeOffset made = at < 0 ? ResourceSeed.CreatedAt
            : DateTimeOffset.ParseExact(image.Name.AsSpan(at + 1, 8), "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.AssumeUniversal);
        return new(image.Project, "images", "global", image.Name,
            ResourceJson.Complete(image.Project, "images", "global", image.Name, json, made, 0));
    }
}
