namespace GcpEmulator.Compute;

/// <summary>The collections that the emulator serves from its store, and where they can be.</summary>
internal static class Collections
{
    private static readonly Dictionary<string, string> Table = new(StringComparer.Ordinal)
    {
        ["disks"] = "zr",
        ["snapshots"] = "g",
        ["images"] = "g",
        ["networks"] = "g",
        ["subnetworks"] = "r",
        ["firewalls"] = "g",
        ["addresses"] = "rg",
        ["instanceTemplates"] = "gr",
        ["instanceGroups"] = "zr",
        ["instanceGroupManagers"] = "zr",
        ["autoscalers"] = "zr", // gcloud asks for them when it lists groups; there are none
    };

    public static bool Has(string collection, string scope) =>
        Table.TryGetValue(collection, out string? scopes) && scopes.Contains(scope[0], StringComparison.Ordinal);

    /// <summary>The scopes that an aggregated list of a collection shows; null for a collection without one.</summary>
    public static string[]? Aggregated(string collection) => !Table.TryGetValue(collection, out string? scopes) || scopes == "g" ? null
        : [.. scopes.SelectMany(s => s switch { 'g' => ["global"], 'r' => Places.RegionScopes, _ => Places.ZoneScopes })];

    /// <summary>The name that permissions have for it: compute.instanceGroupManagers.get.</summary>
    public static string Permission(string collection, string verb) => (collection, verb) switch
    {
        (_, "aggregatedList") => $"compute.{collection}.list",
        ("instances", "bulkInsert") or (_, "insert") => $"compute.{collection}.create",
        ("instances", "serialPort") => "compute.instances.getSerialPortOutput",
        ("instances", "startWithEncryptionKey") => "compute.instances.startWithEncryptionKey",
        ("instanceGroupManagers", "listManagedInstances" or "listErrors") => "compute.instanceGroupManagers.get",
        ("instanceGroupManagers", "resize" or "recreateInstances" or "deleteInstances" or "abandonInstances" or "applyUpdatesToInstances") =>
            "compute.instanceGroupManagers.update",
        ("instanceGroups", "listInstances") => "compute.instanceGroups.list",
        (_, "testIamPermissions") => string.Empty,
        _ => $"compute.{collection}.{verb}",
    };
}
