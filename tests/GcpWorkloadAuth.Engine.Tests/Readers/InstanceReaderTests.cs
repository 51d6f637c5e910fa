using System.Text;
using System.Text.Json.Nodes;
using GcpWorkloadAuth.Engine.Compute;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Tests.Readers;

public sealed class InstanceReaderTests
{
    // Every property that the reader knows and some that it does not. Form: the instance resource's documentation.
    private const string Whole =
        """
        {"kind":"compute#instance","id":"18446744073709551615","name":"vm-1","description":"a machine","status":"TERMINATED","statusMessage":"why",
         "zone":"https://www.googleapis.com/compute/v1/projects/demo/zones/europe-west1-b",
         "machineType":"https://www.googleapis.com/compute/v1/projects/demo/zones/europe-west1-b/machineTypes/e2-medium",
         "creationTimestamp":"2026-01-02T03:04:05.678-07:00","lastStartTimestamp":"2026-01-03T03:04:05.678-07:00",
         "lastStopTimestamp":"2026-01-04T03:04:05.678-07:00","lastSuspendedTimestamp":"2026-01-05T03:04:05.678-07:00",
         "labels":{"env":"test"},"labelFingerprint":"lf=","fingerprint":"f=","tags":{"items":["web","db"],"fingerprint":"tf="},
         "metadata":{"kind":"compute#metadata","fingerprint":"mf=","items":[{"key":"startup-script","value":"echo"},{"key":"flag"}]},
         "serviceAccounts":[{"email":"robot@demo.example","scopes":["https://www.googleapis.com/auth/cloud-platform"]}],
         "disks":[{"kind":"compute#attachedDisk","type":"PERSISTENT","mode":"READ_WRITE","source":"https://h/projects/demo/zones/z/disks/boot-disk",
           "deviceName":"boot","index":0,"boot":true,"autoDelete":true,"licenses":["x"],"interface":"SCSI","diskSizeGb":"10","guestOsFeatures":[{"type":"UEFI"}]},
          {"type":"SCRATCH","mode":"READ_ONLY","deviceName":"local-ssd-0","index":1,"boot":false,"interface":"NVME","diskSizeGb":"375"}],
         "networkInterfaces":[{"kind":"k","network":"https://h/networks/default","subnetwork":"https://h/subnetworks/sub","networkIP":"10.0.0.2",
           "name":"nic0","stackType":"IPV4_IPV6","ipv6Address":"fd20::2","fingerprint":"nf=",
           "accessConfigs":[{"kind":"k","type":"ONE_TO_ONE_NAT","name":"External NAT","natIP":"203.0.113.5","networkTier":"PREMIUM"}],
           "ipv6AccessConfigs":[{"externalIpv6":"2001:db8::1","externalIpv6PrefixLength":96}]},
          {"network":"https://h/networks/other","networkIP":"10.1.0.2","name":"nic1",
           "ipv6AccessConfigs":[{"name":"external-ipv6","externalIpv6":"2001:db8::2"}]}],
         "scheduling":{"onHostMaintenance":"TERMINATE","automaticRestart":true,"preemptible":true,"provisioningModel":"SPOT",
           "instanceTerminationAction":"STOP","nodeAffinities":[{"key":"k","values":["v"]}]},
         "cpuPlatform":"Intel Broadwell","deletionProtection":true,"canIpForward":true,"hostname":"vm-1.example",
         "selfLink":"https://www.googleapis.com/compute/v1/projects/demo/zones/europe-west1-b/instances/vm-1",
         "shieldedInstanceConfig":{"enableVtpm":true},"reservationAffinity":{"values":[]},"satisfiesPzi":true}
        """;

    [Fact]
    public void Every_property_is_read()
    {
        GceInstance instance = Models.Read(Whole, InstanceReader.Read);

        Assert.Empty(Models.Unset(instance));
        Assert.Equal(("vm-1", "demo", "europe-west1-b", "europe-west1"), (instance.Name, instance.Project, instance.Zone, instance.Region));
        Assert.Equal(ulong.MaxValue, instance.Id);
        Assert.Equal(("TERMINATED", "why", "e2-medium"), (instance.Status, instance.StatusMessage, instance.MachineType));
        Assert.Equal(new DateTime(2026, 1, 2, 10, 4, 5, 678, DateTimeKind.Utc), instance.CreationTime!.Value.ToUniversalTime());
        Assert.Equal(("10.0.0.2", "203.0.113.5"), (instance.InternalIP, instance.ExternalIP));
        Assert.Equal(["web", "db"], instance.Tags);
        Assert.Equal(("echo", string.Empty), (instance.Metadata["startup-script"], instance.Metadata["flag"]));
        Assert.Equal(("f=", "lf=", "mf=", "tf="), (instance.Fingerprint, instance.LabelFingerprint, instance.MetadataFingerprint, instance.TagsFingerprint));
        Assert.Equal("robot@demo.example", Assert.Single(instance.ServiceAccounts).Email);
        Assert.Equal("vm-1", instance.ToString());
    }

    [Fact]
    public void Every_property_of_the_parts_is_read()
    {
        GceInstance instance = Models.Read(Whole, InstanceReader.Read);

        Assert.Empty(Models.Unset(instance.Scheduling!));
        Assert.Empty(Models.Unset(instance.NetworkInterfaces[0]));

        // The first disk has index 0, which is not the same as none.
        Assert.Empty(Models.Unset(instance.Disks[0]));
        Assert.Equal(("boot-disk", 10, 0), (instance.Disks[0].Name, instance.Disks[0].SizeGB!.Value, instance.Disks[0].Index!.Value));
        Assert.Equal(("local-ssd-0", "SCRATCH"), (instance.Disks[1].Name, instance.Disks[1].Type));
        Assert.Equal(("default", "sub"), (instance.NetworkInterfaces[0].Network, instance.NetworkInterfaces[0].Subnetwork));
        Assert.Equal("fd20::2", instance.NetworkInterfaces[0].IPv6Address);
        Assert.Equal("2001:db8::2", instance.NetworkInterfaces[1].IPv6Address);
        Assert.Equal(["External NAT"], instance.NetworkInterfaces[0].AccessConfigs);
        Assert.Null(instance.NetworkInterfaces[1].ExternalIP);
        Assert.Equal("SPOT", instance.Scheduling!.ToString());
    }

    [Fact]
    public void Asking_for_the_fields_changes_nothing_that_is_read()
    {
        JsonNode? asked = FieldExpression.Parse(InstanceReader.Fields).Filter(JsonNode.Parse(Whole));

        Assert.Equal(Models.Dump(Models.Read(Whole, InstanceReader.Read)), Models.Dump(Models.Read(asked, InstanceReader.Read)));
    }

    public static TheoryData<string> Leaves => [.. FieldExpression.Parse(InstanceReader.Fields).Leaves];

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Every_field_that_is_asked_for_is_used(string leaf)
    {
        JsonNode whole = JsonNode.Parse(Whole)!;
        FieldExpression all = FieldExpression.Parse(InstanceReader.Fields);
        JsonNode? asked = all.Filter(whole);
        string with = Models.Dump(Models.Read(asked, InstanceReader.Read));

        JsonNode rest = Without(asked!, leaf.Split('/'));
        rest["name"] ??= "another";

        Assert.NotEqual(with, Models.Dump(Models.Read(rest, InstanceReader.Read)));
    }

    [Fact]
    public void What_is_not_said_is_empty_or_null() =>
        Assert.Equal(Models.Dump(new GceInstance { Name = "x" }), Models.Dump(Models.Read("{\"name\":\"x\"}", InstanceReader.Read)));

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"name\":\"\",\"id\":\"5\"}")]
    [InlineData("{\"name\":[]}")]
    [InlineData("[]")]
    [InlineData("null")]
    public void What_has_no_name_is_no_instance(string json) =>
        Assert.False(JsonText.TryRead(Encoding.UTF8.GetBytes(json), InstanceReader.Read, out GceInstance _));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("[null,5,\"x\",[],{}]")]
    [InlineData("{\"items\":5,\"x\":[{}]}")]
    [InlineData("{\"items\":[null,5,[],{},{\"key\":5}]}")]
    public void A_part_of_another_kind_loses_nothing_else(string odd)
    {
        JsonObject whole = JsonNode.Parse(Whole)!.AsObject();
        foreach (string name in whole.Select(p => p.Key).Where(n => n is not ("name" or "selfLink")).ToArray())
        {
            JsonObject changed = whole.DeepClone().AsObject();
            changed[name] = JsonNode.Parse(odd);

            GceInstance instance = Models.Read(changed, InstanceReader.Read);
            Assert.Equal(("vm-1", "demo"), (instance.Name, instance.Project));
            _ = Models.Dump(instance);
        }
    }

    private static JsonNode Without(JsonNode node, ReadOnlySpan<string> path)
    {
        JsonNode copy = node.DeepClone();
        Remove(copy, path);
        return copy;
    }

    private static void Remove(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? item in array)
            {
                Remove(item, path);
            }
        }
        else if (node is JsonObject map && path.Length == 1)
        {
            map.Remove(path[0]);
        }
        else if (node is JsonObject parent)
        {
            Remove(parent[path[0]], path[1..]);
        }
    }
}
