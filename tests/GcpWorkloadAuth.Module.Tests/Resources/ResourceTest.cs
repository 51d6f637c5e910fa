using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>A cloud in which there is one of everything at least.</summary>
public abstract class ResourceTest : CloudTest
{
    protected override EmulatorOptions Options => new() { InstanceCount = 3 };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Put("disks", "zones/europe-west1-b", "data", """{"sizeGb":"50","type":"https://x/pd-ssd","users":["https://x/projects/demo-project/zones/europe-west1-b/instances/demo-vm"],"labels":{"env":"prod"}}""");
        Put("disks", "zones/europe-west1-c", "data", """{"sizeGb":"20","type":"https://x/pd-balanced"}""");
        Put("disks", "regions/europe-west1", "shared", """{"sizeGb":"200","type":"https://x/pd-balanced","replicaZones":["https://x/zones/europe-west1-b","https://x/zones/europe-west1-c"]}""");
        Put("snapshots", "global", "data-1", """{"status":"READY","diskSizeGb":"50","storageBytes":"1234","sourceDisk":"https://x/zones/europe-west1-b/disks/data","guestFlush":true}""");
        Put("snapshots", "global", "other-1", """{"status":"READY","diskSizeGb":"10"}""");
        Put("images", "global", "golden-1", """{"family":"golden","status":"READY","diskSizeGb":"10"}""");
        Put("images", "global", "golden-0", """{"family":"golden","status":"READY","diskSizeGb":"10","deprecated":{"state":"OBSOLETE","replacement":"golden-1"}}""");
        Put("addresses", "regions/europe-west1", "front", """{"address":"203.0.113.9","addressType":"EXTERNAL","status":"RESERVED"}""");
        Put("addresses", "global", "anycast", """{"address":"203.0.113.10","addressType":"EXTERNAL","status":"IN_USE"}""");
        Cloud.State.Compute.Groups.Add("zones/europe-west1-b", "web", size: 2);
        Cloud.State.Compute.Groups.Add("regions/europe-west1", "spread", size: 3);
    }

    private protected void Put(string collection, string scope, string name, string json, string? project = null) =>
        Cloud.State.Compute.Resources.Put(collection, scope, name, (JsonObject)JsonNode.Parse(json)!, project);

    private protected IReadOnlyList<string> Asked() => [.. Requests(EmulatedService.Compute).Select(r => r.Path["/compute/v1/projects/".Length..])];
}
