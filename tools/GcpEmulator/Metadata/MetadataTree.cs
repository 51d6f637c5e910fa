using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Compute;

namespace GcpEmulator.Metadata;

/// <summary>
/// The tree of the metadata server at this moment. Entries: "Predefined metadata keys" (Compute Engine documentation); the order and
/// the JSON of a real machine as published in salrashid123/gce_metadata_server (config.json).
/// </summary>
internal static class MetadataTree
{
    private static readonly MetadataNode Empty = new MetadataNode.Folder([]);

    public static MetadataNode.Folder Build(CloudState state)
    {
        MachineState machine = state.Machine;
        EmulatedInstance instance = machine.Instance;
        List<(string, MetadataNode)> root =
        [
            ("instance", Instance(state, machine, instance)),
            ("oslogin", MetadataNode.FromJson(new JsonObject { ["authenticate"] = new JsonObject { ["sessions"] = new JsonObject() } })),
            ("project", new MetadataNode.Folder(
            [
                ("attributes", Attributes(machine.ProjectAttributes)),
                ("numeric-project-id", Number(state.Project.Number)),
                ("project-id", Text(state.Project.Id)),
            ])),
        ];
        if (machine.UniverseDomain is string universe)
        {
            root.Add(("universe", new MetadataNode.Folder([("universe-domain", Text(universe))])));
        }

        return new MetadataNode.Folder(root);
    }

    private static MetadataNode.Folder Instance(CloudState state, MachineState machine, EmulatedInstance i)
    {
        string number = state.Project.Number.ToString(CultureInfo.InvariantCulture);
        List<(string, MetadataNode)> entries =
        [
            ("attributes", Attributes(i.Metadata)),
            ("cpu-platform", Text("Intel Broadwell")),
            ("description", Text(i.Description ?? string.Empty)),
            ("disks", new MetadataNode.Numbered([MetadataNode.FromJson(new JsonObject
            {
                ["device-name"] = i.Name, ["index"] = 0, ["interface"] = "SCSI", ["mode"] = "READ_WRITE", ["type"] = "PERSISTENT",
            })])),
            ("guest-attributes", GuestAttributes(machine)),
            ("hostname", Text($"{i.Name}.{i.Zone}.c.{i.Project}.internal")),
            ("id", new MetadataNode.Value(i.Id.ToString(CultureInfo.InvariantCulture), IsNumber: true)),
            ("image", Text(i.IsWindows
                ? "projects/windows-cloud/global/images/windows-server-2022-dc-v20250812"
                : "projects/debian-cloud/global/images/debian-12-bookworm-v20250812")),
            ("licenses", new MetadataNode.Numbered([new MetadataNode.Folder([("id", Text(LicenseId(i)))])])),
            ("machine-type", Text($"projects/{number}/machineTypes/{i.MachineType}")),
            ("maintenance-event", Text(machine.MaintenanceEvent)),
            ("name", Text(i.Name)),
            ("network-interfaces", new MetadataNode.Numbered([NetworkInterface(i, number)])),
            ("partner-attributes", Empty),
            ("preempted", Text(machine.Preempted ? "TRUE" : "FALSE")),
            ("remaining-cpu-time", Number(-1)),
            ("scheduling", MetadataNode.FromJson(new JsonObject
            {
                ["automatic-restart"] = "TRUE", ["on-host-maintenance"] = "MIGRATE", ["preemptible"] = "FALSE",
            })),
            ("service-accounts", ServiceAccounts(i.ServiceAccounts)),
            ("tags", new MetadataNode.Lines(i.Tags, JsonByDefault: true)),
            ("virtual-clock", MetadataNode.FromJson(new JsonObject { ["drift-token"] = "0" })),
            ("zone", Text($"projects/{number}/zones/{i.Zone}")),
        ];
        return new MetadataNode.Folder(entries);
    }

    public static string LicenseId(EmulatedInstance i) => StableNumbers.Digits(InstanceParts.License(i), 19);

    /// <summary>Aliases first, then the address itself, each a directory of the same entries; nothing at all without an account.</summary>
    private static MetadataNode.Folder ServiceAccounts(ImmutableArray<AttachedAccount> accounts)
    {
        List<(string, MetadataNode)> entries = [];
        foreach (AttachedAccount account in accounts)
        {
            MetadataNode folder = new MetadataNode.Folder(
            [
                ("aliases", new MetadataNode.Lines(account.Aliases)),
                ("email", Text(account.Email)),
                ("identity", new MetadataNode.Computed("identity", account)),
                ("scopes", new MetadataNode.Lines(account.Scopes)),
                ("token", new MetadataNode.Computed("token", account)),
            ]);
            entries.AddRange(account.Aliases.Select(alias => (alias, folder)));
            entries.Add((account.Email, folder));
        }

        return new MetadataNode.Folder(entries, Verbatim: true);
    }

    private static MetadataNode.Folder NetworkInterface(EmulatedInstance i, string number)
    {
        string gateway = i.InternalIP[..i.InternalIP.LastIndexOf('.')] + ".1";
        return MetadataNode.FromJson(new JsonObject
        {
            ["access-configs"] = new JsonArray(new JsonObject { ["external-ip"] = i.ExternalIP ?? string.Empty, ["type"] = "ONE_TO_ONE_NAT" }),
            ["dns-servers"] = new JsonArray("169.254.169.254"),
            ["forwarded-ips"] = new JsonArray(),
            ["gateway"] = gateway,
            ["ip"] = i.InternalIP,
            ["ip-aliases"] = new JsonArray(),
            ["mac"] = "42:01:0a:84:00:02",
            ["mtu"] = 1460,
            ["network"] = $"projects/{number}/networks/default",
            ["subnetmask"] = "255.255.240.0",
            ["target-instance-ips"] = new JsonArray(),
        });
    }

    /// <summary>Namespaces are directories, keys are values.</summary>
    private static MetadataNode.Folder GuestAttributes(MachineState machine)
    {
        List<(string, MetadataNode)> entries = [];
        IEnumerable<(string[] Path, string Value)> all = machine.GuestAttributes.Select(p => (p.Key.Split('/', 2), p.Value));
        foreach (IGrouping<string, (string[] Path, string Value)> space in all.Where(a => a.Path.Length == 2).GroupBy(a => a.Path[0]))
        {
            entries.Add((space.Key, new MetadataNode.Folder([.. space.Select(a => (a.Path[1], Text(a.Value)))], Verbatim: true)));
        }

        return new MetadataNode.Folder(machine.GuestAttributesEnabled ? entries : [], Verbatim: true);
    }

    private static MetadataNode.Folder Attributes(ImmutableSortedDictionary<string, string> attributes) =>
        new([.. attributes.Select(a => (a.Key, Text(a.Value)))], Verbatim: true);

    private static MetadataNode.Value Text(string value) => new MetadataNode.Value(value);

    private static MetadataNode.Value Number(long value) => new MetadataNode.Value(value.ToString(CultureInfo.InvariantCulture), IsNumber: true);
}
