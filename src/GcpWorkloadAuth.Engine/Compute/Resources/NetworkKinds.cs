using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>
/// Networks, firewall rules and addresses. Source: https://cloud.google.com/compute/docs/reference/rest/v1/networks and its neighbours.
/// </summary>
internal static class NetworkKinds
{
    private static readonly ResourceMap<GceNetwork> s_network = new ResourceMap<GceNetwork>(static n => n.Project = ResourceParts.ProjectOf(n.Name, n.SelfLink))
        .Id("id", static (n, v) => n.Id = v)
        .Text("name", static (n, v) => n.Name = v ?? string.Empty)
        .Text("description", static (n, v) => n.Description = v)
        .Flag("autoCreateSubnetworks", static (n, v) => n.AutoCreateSubnetworks = v)
        .Add("routingConfig/routingMode", static (ref json, n) => n.RoutingMode = ResourceParts.ReadMember(ref json, "routingMode"))
        .Number("mtu", static (n, v) => n.Mtu = (int?)v)
        .Texts("subnetworks", static (n, v) => n.Subnetworks = v)
        .Add("peerings/name", static (ref json, n) => n.Peerings = ResourceParts.ReadMembers(ref json, "name"))
        .Text("IPv4Range", static (n, v) => n.IPv4Range = v)
        .Text("gatewayIPv4", static (n, v) => n.GatewayIPv4 = v)
        .Time("creationTimestamp", static (n, v) => n.CreationTime = v)
        .Text("selfLink", static (n, v) => n.SelfLink = v);

    private static readonly ResourceMap<GceFirewallRule> s_rule =
        new ResourceMap<GceFirewallRule>(static r => r.Project = ResourceParts.ProjectOf(r.Name, r.SelfLink))
        .Id("id", static (r, v) => r.Id = v)
        .Text("name", static (r, v) => r.Name = v ?? string.Empty)
        .Text("description", static (r, v) => r.Description = v)
        .Name("network", static (r, v) => r.Network = v)
        .Word("direction", static (r, v) => r.Direction = v ?? string.Empty)
        .Number("priority", static (r, v) => r.Priority = v ?? 0)
        .List("allowed(IPProtocol,ports)", ReadProtocol, static (r, v) => r.Allowed = v)
        .List("denied(IPProtocol,ports)", ReadProtocol, static (r, v) => r.Denied = v)
        .Texts("sourceRanges", static (r, v) => r.SourceRanges = v)
        .Texts("destinationRanges", static (r, v) => r.DestinationRanges = v)
        .Texts("sourceTags", static (r, v) => r.SourceTags = v)
        .Texts("targetTags", static (r, v) => r.TargetTags = v)
        .Texts("sourceServiceAccounts", static (r, v) => r.SourceServiceAccounts = v)
        .Texts("targetServiceAccounts", static (r, v) => r.TargetServiceAccounts = v)
        .Flag("disabled", static (r, v) => r.Disabled = v)
        .Inside("logConfig", new ResourceMap<GceFirewallRule>().Flag("enable", static (r, v) => r.LogEnabled = v))
        .Time("creationTimestamp", static (r, v) => r.CreationTime = v)
        .Text("selfLink", static (r, v) => r.SelfLink = v);

    private static readonly ResourceMap<GceAddress> s_address = new ResourceMap<GceAddress>(static a => a.Project = ResourceParts.ProjectOf(a.Name, a.SelfLink))
        .Id("id", static (a, v) => a.Id = v)
        .Text("name", static (a, v) => a.Name = v ?? string.Empty)
        .Text("description", static (a, v) => a.Description = v)
        .Name("region", static (a, v) => a.Region = v)
        .Text("address", static (a, v) => a.Address = v)
        .Word("addressType", static (a, v) => a.AddressType = v)
        .Word("status", static (a, v) => a.Status = v ?? string.Empty)
        .Word("purpose", static (a, v) => a.Purpose = v)
        .Texts("users", static (a, v) => a.Users = v)
        .Name("network", static (a, v) => a.Network = v)
        .Name("subnetwork", static (a, v) => a.Subnetwork = v)
        .Word("ipVersion", static (a, v) => a.IpVersion = v)
        .Word("networkTier", static (a, v) => a.NetworkTier = v)
        .Number("prefixLength", static (a, v) => a.PrefixLength = (int?)v)
        .Time("creationTimestamp", static (a, v) => a.CreationTime = v)
        .Map("labels", static (a, v) => a.Labels = v)
        .Text("labelFingerprint", static (a, v) => a.LabelFingerprint = v)
        .Text("selfLink", static (a, v) => a.SelfLink = v);

    public static readonly ResourceKind<GceNetwork> Networks = new("network", "networks", s_network.Fields, s_network.Read)
    {
        Global = new(ComputeResourcesApi.NetworksList, ComputeResourcesApi.NetworksGet),
    };

    public static readonly ResourceKind<GceFirewallRule> FirewallRules = new("firewall rule", "firewalls", s_rule.Fields, s_rule.Read)
    {
        Global = new(ComputeResourcesApi.FirewallsList, ComputeResourcesApi.FirewallsGet),
    };

    public static readonly ResourceKind<GceAddress> Addresses = new("address", "addresses", s_address.Fields, s_address.Read)
    {
        InRegion = new(ComputeResourcesApi.AddressesList, ComputeResourcesApi.AddressesGet),
        Global = new(ComputeResourcesApi.GlobalAddressesList, ComputeResourcesApi.GlobalAddressesGet),
        Everywhere = ComputeResourcesApi.AddressesAggregatedList,
    };

    // {"IPProtocol":"tcp","ports":["22","8080-8090"]}: "tcp:22,8080-8090"
    private static string ReadProtocol(ref JsonCursor json)
    {
        string protocol = string.Empty;
        IReadOnlyList<string> ports = [];
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                if (name == "IPProtocol")
                {
                    protocol = json.SharedString() ?? string.Empty;
                }
                else if (name == "ports")
                {
                    ports = JsonLists.Strings(ref json);
                }
                else
                {
                    json.Skip();
                }
            }
        }

        return ports.Count == 0 ? protocol : protocol + ":" + string.Join(",", ports);
    }
}
