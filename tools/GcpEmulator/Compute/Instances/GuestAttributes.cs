using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>
/// instances.getGuestAttributes: what the machine wrote to its metadata server ("Manage guest attributes"; schema GuestAttributes). The
/// machine of the metadata server shows its own; others show what a test gave them.
/// </summary>
internal static class GuestAttributes
{
    public static Reply Answer(ComputeCall call, CloudState state, EmulatedInstance i)
    {
        bool isMachine = state.Machine.Instance is { } own && own.Name == i.Name && own.Zone == i.Zone && own.Project == i.Project;
        IReadOnlyDictionary<string, string> all = isMachine ? state.Machine.GuestAttributes : state.Compute.GuestAttributesOf(i);
        bool enabled = string.Equals(i.Metadata.GetValueOrDefault("enable-guest-attributes"), "TRUE", StringComparison.OrdinalIgnoreCase)
            || (isMachine && state.Machine.GuestAttributesEnabled);
        if (!enabled)
        {
            // ASSUMED: the answer of a machine without enable-guest-attributes=TRUE
            throw ComputeErrors.Create(412, "Guest attributes endpoint access is disabled.", "conditionNotMet");
        }

        string path = call.Request.Parameter("queryPath") ?? call.Request.Parameter("variableKey") ?? string.Empty;
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        JsonArray items = [];
        foreach ((string key, string value) in all.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            string[] name = key.Split('/', 2);
            if (parts.Length == 0 || (name[0] == parts[0] && (parts.Length == 1 || name[1] == parts[1])))
            {
                items.Add(new JsonObject { ["namespace"] = name[0], ["key"] = name[1], ["value"] = value });
            }
        }

        if (items.Count == 0)
        {
            throw ComputeErrors.NotFound($"{ComputeUrls.Relative(InstanceJson.SelfLink(i))}/guestAttributes/{path}");
        }

        JsonObject answer = new()
        {
            ["kind"] = "compute#guestAttributes",
            ["queryPath"] = path,
            ["queryValue"] = new JsonObject { ["items"] = items },
            ["selfLink"] = InstanceJson.SelfLink(i) + "/guestAttributes/" + path,
        };
        return JsonAnswer.Create(call.Request, FieldSchemas.Unchecked, json => answer.WriteTo(json));
    }
}
