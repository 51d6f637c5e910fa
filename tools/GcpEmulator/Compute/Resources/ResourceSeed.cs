using System.Text.Json.Nodes;

namespace GcpEmulator.Compute;

/// <summary>What every project begins with: the auto-mode network "default", its subnetworks and firewall rules ("VPC networks").</summary>
internal static class ResourceSeed
{
    public static readonly DateTimeOffset CreatedAt = new(2024, 5, 6, 7, 9, 0, TimeSpan.FromHours(-7));

    public static IEnumerable<(string Scope, string Name, JsonObject Json)> Of(string project, string collection) => collection switch
    {
        "networks" => [("global", "default", Network(project))],
        "subnetworks" => Places.Regions.Select((region, index) => ("regions/" + region, "default", Subnetwork(project, region, index))),
        "firewalls" =>
        [
            ("global", "default-allow-icmp", Rule(project, "icmp", null, "0.0.0.0/0")),
            ("global", "default-allow-internal", Rule(project, "tcp", "0-65535", "10.128.0.0/9")),
            ("global", "default-allow-rdp", Rule(project, "tcp", "3389", "0.0.0.0/0")),
            ("global", "default-allow-ssh", Rule(project, "tcp", "22", "0.0.0.0/0")),
        ],
        _ => [],
    };

    private static string NetworkUrl(string project) => ComputeUrls.Resource(project, "global", "networks", "default");

    private static JsonObject Network(string project) => new()
    {
        ["description"] = "Default network for the project",
        ["autoCreateSubnetworks"] = true,
        ["mtu"] = 1460,
        ["routingConfig"] = new JsonObject { ["routingMode"] = "REGIONAL" },
        ["networkFirewallPolicyEnforcementOrder"] = "AFTER_CLASSIC_FIREWALL",
        ["subnetworks"] = new JsonArray([.. Places.Regions.Select(r =>
            (JsonNode)ComputeUrls.Resource(project, "regions/" + r, "subnetworks", "default"))]),
    };

    // "Auto mode IPv4 subnet ranges": a /20 in 10.128.0.0/9 for each region. ASSUMED: which region has which.
    private static JsonObject Subnetwork(string project, string region, int index) => new()
    {
        ["network"] = NetworkUrl(project),
        ["ipCidrRange"] = $"10.{128 + (index * 2)}.0.0/20",
        ["gatewayAddress"] = $"10.{128 + (index * 2)}.0.1",
        ["privateIpGoogleAccess"] = false,
        ["fingerprint"] = StableNumbers.Fingerprint(project + region),
        ["purpose"] = "PRIVATE",
        ["stackType"] = "IPV4_ONLY",
    };

    private static JsonObject Rule(string project, string protocol, string? ports, string source)
    {
        JsonObject allowed = new() { ["IPProtocol"] = protocol };
        if (ports is not null)
        {
            allowed["ports"] = new JsonArray(ports);
        }

        return new JsonObject
        {
            ["description"] = "Allow " + protocol + " from " + source,
            ["network"] = NetworkUrl(project),
            ["priority"] = 65534,
            ["sourceRanges"] = new JsonArray(source),
            ["allowed"] = new JsonArray(allowed),
            ["direction"] = "INGRESS",
            ["logConfig"] = new JsonObject { ["enable"] = false },
            ["disabled"] = false,
        };
    }
}
