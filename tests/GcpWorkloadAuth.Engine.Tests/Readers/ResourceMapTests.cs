using GcpWorkloadAuth.Engine.Compute.Resources;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Tests.Readers;

public sealed class ResourceMapTests
{
    private const string Common =
        "\"id\":\"7\",\"name\":\"n\",\"description\":\"d\",\"selfLink\":\"https://x/projects/p/global/things/n\",\"creationTimestamp\":\"2026-01-02T03:04:05Z\","
        + "\"labels\":{\"a\":\"b\"},\"labelFingerprint\":\"f\",\"status\":\"READY\",\"architecture\":\"ARM64\",\"licenses\":[\"l\"],\"guestOsFeatures\":[{\"type\":\"GVNIC\"}],"
        + "\"storageLocations\":[\"eu\"],\"sourceDisk\":\"x/disks/s\",\"sourceImage\":\"x/images/s\",\"sourceSnapshot\":\"x/snapshots/s\",\"diskSizeGb\":\"10\",\"users\":[\"x/instances/u\"],"
        + "\"region\":\"x/regions/europe-west1\",\"network\":\"x/networks/default\",";

    [Fact]
    public void Every_property_of_a_disk_is_read() => All(
        DiskKinds.Disks,
        """
        "replicaZones":["x/zones/a","x/zones/b"],"type":"x/diskTypes/pd-ssd","sizeGb":"50","lastAttachTimestamp":"2026-01-02T03:04:05Z",
        "lastDetachTimestamp":"2026-01-02T03:04:05Z","physicalBlockSizeBytes":"4096","provisionedIops":"3000","provisionedThroughput":"140",
        "resourcePolicies":["x/resourcePolicies/daily"],"diskEncryptionKey":{"kmsKeyName":"k/cryptoKeys/c/cryptoKeyVersions/1"},"zone":"x/zones/europe-west1-b"
        """);

    [Fact]
    public void Every_property_of_a_snapshot_is_read() => All(
        DiskKinds.Snapshots,
        """
        "storageBytes":"5","snapshotType":"ARCHIVE","autoCreated":true,"guestFlush":true,"chainName":"c","snapshotEncryptionKey":{"kmsKeyName":"k"}
        """);

    [Fact]
    public void Every_property_of_an_image_is_read() => All(
        DiskKinds.Images,
        """
        "family":"f","archiveSizeBytes":"5","deprecated":{"state":"OBSOLETE","replacement":"r"},"imageEncryptionKey":{"kmsKeyName":"k"}
        """);

    [Fact]
    public void Every_property_of_a_network_a_rule_and_an_address_is_read()
    {
        All(
            NetworkKinds.Networks,
            """
            "autoCreateSubnetworks":true,"routingConfig":{"routingMode":"GLOBAL"},"mtu":1460,"subnetworks":["s"],"peerings":[{"name":"p"}],"IPv4Range":"r","gatewayIPv4":"g"
            """);
        All(
            NetworkKinds.FirewallRules,
            """
            "direction":"EGRESS","priority":5,"allowed":[{"IPProtocol":"icmp"}],"denied":[{"IPProtocol":"tcp","ports":["1","2-3"]}],"sourceRanges":["a"],
            "destinationRanges":["a"],"sourceTags":["a"],"targetTags":["a"],"sourceServiceAccounts":["a"],"targetServiceAccounts":["a"],"disabled":true,"logConfig":{"enable":true}
            """);
        All(
            NetworkKinds.Addresses,
            """
            "address":"a","addressType":"INTERNAL","purpose":"p","subnetwork":"x/s","ipVersion":"IPV6","networkTier":"STANDARD","prefixLength":24
            """);
    }

    [Fact]
    public void Every_property_of_a_template_and_a_group_is_read()
    {
        All(
            InstanceKinds.InstanceTemplates,
            """
            "sourceInstance":"i","properties":{"machineType":"e2-small","networkInterfaces":[{"network":"x/default"}],"serviceAccounts":[{"email":"e","scopes":["s"]}],
            "disks":[{"boot":true,"initializeParams":{"sourceImage":"i","diskSizeGb":"10"}}],"scheduling":{"preemptible":true},"tags":{"items":["t"]},"labels":{"a":"b"},
            "metadata":{"items":[{"key":"k","value":"v"}]}}
            """);
        All(
            InstanceKinds.InstanceGroups,
            """
            "zone":"x/zones/europe-west1-b","distributionPolicy":{"zones":[{"zone":"x/zones/a"}]},"targetSize":3,"status":{"isStable":true},
            "currentActions":{"none":1,"creating":1,"recreating":1,"deleting":1,"restarting":1},"instanceTemplate":"x/instanceTemplates/t","baseInstanceName":"b",
            "namedPorts":[{"name":"http","port":80}],"instanceGroup":"x/instanceGroups/g","fingerprint":"f"
            """);
    }

    [Theory]
    [InlineData("{\"name\":\"n\",\"id\":{},\"labels\":[1],\"users\":{\"a\":1},\"sizeGb\":\"x\",\"diskEncryptionKey\":7,\"guestOsFeatures\":{}}")]
    [InlineData("{\"name\":\"n\",\"selfLink\":null,\"creationTimestamp\":\"yesterday\",\"guestOsFeatures\":[1,null,{\"type\":{}}],\"zone\":[],\"unknown\":{\"deep\":[1]}}")]
    public void What_is_of_another_kind_breaks_nothing(string json)
    {
        Assert.NotEmpty(Models.Read(json, DiskKinds.Disks.Read).Name);
        Assert.NotNull(DiskKinds.Disks.Fields);
    }

    [Fact]
    public void What_has_no_name_is_no_resource() =>
        Assert.False(JsonText.TryRead(new ArraySegment<byte>("{}"u8.ToArray()), DiskKinds.Disks.Read, out GceDisk _));

    [Fact]
    public void A_rule_says_what_it_lets_through()
    {
        GceFirewallRule rule = Models.Read("""{"name":"n","denied":[{"IPProtocol":"tcp","ports":["22","8080-8090"]},{"IPProtocol":"all"}]}""", NetworkKinds.FirewallRules.Read);

        Assert.Equal(["tcp:22,8080-8090", "all"], rule.Denied);
        Assert.Equal("DENY", rule.Action);
        Assert.Equal(0, rule.Priority);
    }

    // What is read is asked for, and what is asked for is read.
    private static void All<T>(ResourceKind<T> kind, string json)
        where T : class, new()
    {
        T model = Models.Read("{" + Common + json + "}", kind.Read);

        Assert.Empty(Models.Unset(model));
        Assert.NotEmpty(FieldExpression.Parse(kind.Fields).Leaves);
    }
}
