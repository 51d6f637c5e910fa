using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Compute;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>A test that changes what lies around instances.</summary>
public abstract class ChangeTest : FleetTest
{
    protected const string PlaceB = "zones/" + ZoneB;

    private protected EmulatedResource? Find(string collection, string name, string scope = PlaceB, string? project = null) =>
        Cloud.State.Compute.Resources.Find(collection, scope, name, project);

    private protected EmulatedResource PutDisk(string name, int size = 20, string scope = PlaceB, string? project = null) =>
        Cloud.State.Compute.Resources.Put("disks", scope, name, new JsonObject { ["sizeGb"] = size.ToString(System.Globalization.CultureInfo.InvariantCulture), ["status"] = "READY" }, project);

    private protected EmulatedResource PutSnapshot(string name, string? project = null) =>
        Cloud.State.Compute.Resources.Put("snapshots", "global", name, new JsonObject { ["diskSizeGb"] = "20", ["status"] = "READY" }, project);

    /// <summary>The body of the only request that changes something.</summary>
    private protected JsonObject SentBody() => JsonNode.Parse(Changes().Single().Body!)!.AsObject();

    private protected static object Copy(PSObject item) => PSSerializer.Deserialize(PSSerializer.Serialize(item));
}
