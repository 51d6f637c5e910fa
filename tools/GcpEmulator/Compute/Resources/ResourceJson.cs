using System.Globalization;
using System.Text.Json.Nodes;

namespace GcpEmulator.Compute;

/// <summary>The members that all resources of Compute Engine have in common.</summary>
internal static class ResourceJson
{
    /// <summary>A clone with id, kind, selfLink and so on, where they are missing.</summary>
    public static JsonObject Complete(string project, string collection, string scope, string name, JsonObject json, DateTimeOffset now, long number)
    {
        string link = ComputeUrls.Resource(project, scope, collection, name);
        JsonObject whole = new()
        {
            ["kind"] = Kind(collection),
            ["id"] = json.Text("id") ?? StableNumbers.Id(link + "#" + number.ToString(CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture),
            ["creationTimestamp"] = json.Text("creationTimestamp") ?? InstanceJson.Time(now),
            ["name"] = name,
        };
        foreach ((string member, JsonNode? value) in json)
        {
            if (!whole.ContainsKey(member) && value is not null)
            {
                whole[member] = value.DeepClone();
            }
        }

        if (scope != "global")
        {
            whole[scope.StartsWith("zones/", StringComparison.Ordinal) ? "zone" : "region"] = ComputeUrls.Scope(project, scope);
        }

        if (HasLabels(collection))
        {
            whole["labelFingerprint"] = LabelFingerprint(whole);
        }

        whole["selfLink"] = link;
        return whole;
    }

    public static string LabelFingerprint(JsonObject json) => StableNumbers.Fingerprint("labels" + (json["labels"]?.ToJsonString() ?? "{}"));

    /// <summary>compute#disk and so on: the collection's name without its plural.</summary>
    public static string Kind(string collection) => collection switch
    {
        "addresses" => "compute#address",
        _ => "compute#" + collection[..^1],
    };

    public static bool HasLabels(string collection) => collection is "disks" or "snapshots" or "images" or "addresses";
}
