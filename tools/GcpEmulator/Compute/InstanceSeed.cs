using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using GcpEmulator.Compute;

namespace GcpEmulator;

/// <summary>The machines that the emulator starts with: several zones, states, systems, with and without labels and public addresses.</summary>
internal static class InstanceSeed
{
    private static readonly string[] OtherZones = ["europe-west1-c", "us-central1-a", "asia-east1-a"];
    private static readonly string[] Environments = ["prod", "test", "dev"];

    // Shared by all machines: tens of thousands of them cost little memory.
    private static readonly ImmutableSortedDictionary<string, string>[] Labels = [.. Enumerable.Range(0, 6).Select(i =>
        ImmutableSortedDictionary<string, string>.Empty.Add("env", Environments[i % 3]).Add("role", i % 2 == 0 ? "web" : "db"))];

    private static readonly ImmutableArray<string> WebTags = ["http-server"];

    private static readonly ImmutableSortedDictionary<string, string> WindowsMetadata =
        ImmutableSortedDictionary<string, string>.Empty.Add("windows-startup-script-ps1", "Write-Host hello");

    private static readonly ImmutableSortedDictionary<string, string> LinuxMetadata =
        ImmutableSortedDictionary<string, string>.Empty.Add("startup-script", "#! /bin/sh\necho hello");

    private static readonly ConcurrentDictionary<string, ImmutableArray<AttachedAccount>> Accounts = new(StringComparer.Ordinal);

    private static readonly string[] MachineTypes = ["e2-medium", "n2-standard-4", "e2-small", "c3-standard-8"];

    public static EmulatedInstance Machine(EmulatorOptions options, EmulatedProject project) => new()
    {
        Project = project.Id,
        Zone = options.Zone,
        Name = options.InstanceName,
        Id = StableNumbers.Id($"{project.Id}/{options.Zone}/{options.InstanceName}"),
        Description = "The machine whose metadata server this is",
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("env", "demo"),
        Tags = ["http-server", "https-server"],
        Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("enable-oslogin", "TRUE").Add("greeting", "hello"),
        ServiceAccounts = options.AttachServiceAccount
            ? [Account(options.ServiceAccount ?? project.DefaultServiceAccount, options.ServiceAccountScopes)]
            : [],
        ExternalIP = "203.0.113.2",
    };

    public static AttachedAccount Account(string email, IEnumerable<string> scopes) => new(email, ["default"], [.. scopes]);

    /// <summary>Machine number <paramref name="index"/> of a project, counted from 1.</summary>
    public static EmulatedInstance Other(EmulatedProject project, string homeZone, int index)
    {
        string zone = index % 4 == 0 ? homeZone : OtherZones[(index % 4) - 1];
        string name = "vm-" + index.ToString("D5", CultureInfo.InvariantCulture);
        bool windows = index % 3 == 0;
        return new EmulatedInstance
        {
            Project = project.Id,
            Zone = Places.IsZone(zone) ? zone : homeZone,
            Name = name,
            Id = StableNumbers.Id($"{project.Id}/{zone}/{name}"),
            Status = index % 5 == 3 ? "TERMINATED" : "RUNNING",
            MachineType = MachineTypes[index % 4],
            CreatedAt = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.FromHours(-8)).AddMinutes(index * 7).AddMilliseconds(index % 1000),
            Labels = index % 5 == 4 ? ImmutableSortedDictionary<string, string>.Empty : Labels[index % 6],
            Tags = index % 2 == 0 ? WebTags : [],
            Metadata = windows ? WindowsMetadata : LinuxMetadata,
            ServiceAccounts = Accounts.GetOrAdd(
                project.DefaultServiceAccount,
                static email => [Account(email, [Scopes.StorageReadOnly, "https://www.googleapis.com/auth/logging.write"])]),
            InternalIP = string.Create(CultureInfo.InvariantCulture, $"10.{128 + (index % 4)}.{(index / 250) % 250}.{2 + (index % 250)}"),
            ExternalIP = index % 2 == 0
                ? string.Create(CultureInfo.InvariantCulture, $"198.51.{100 + ((index / 250) % 100)}.{2 + (index % 250)}")
                : null,
            IsWindows = windows,
        };
    }
}
