using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>
/// getIamPolicy, setIamPolicy and testIamPermissions of any resource ("Policy": versions 1 and 3, conditions only in 3; etag against
/// changes that overlap).
/// </summary>
internal sealed class IamPolicies(CloudState state)
{
    private readonly ConcurrentDictionary<string, JsonObject> _policies = new(StringComparer.Ordinal);

    public void Clear() => _policies.Clear();

    public Reply? Answer(ComputeCall call, string resource, string verb) => verb switch
    {
        "getIamPolicy" => Get(call, resource),
        "setIamPolicy" => Set(call, resource),
        "testIamPermissions" => Test(call),
        _ => null,
    };

    private Reply Get(ComputeCall call, string resource)
    {
        JsonObject policy = (JsonObject)Of(resource).DeepClone();
        _ = int.TryParse(call.Request.Parameter("optionsRequestedPolicyVersion"), out int version);
        if (version < 3)
        {
            // "If the policy has conditions and a version below 3 is asked for, the role bindings come without them" (Policy versions).
            foreach (JsonObject binding in policy.Objects("bindings").Where(b => b["condition"] is not null).ToArray())
            {
                binding["role"] = binding.Text("role") + "_withcond_" + StableNumbers.Hash(binding["condition"]!.ToJsonString()).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
                binding.Remove("condition");
            }

            policy["version"] = 1;
        }

        return Show(call, policy);
    }

    private Reply Set(ComputeCall call, string resource)
    {
        JsonObject sent = call.Body["policy"] as JsonObject ?? new JsonObject { ["bindings"] = call.Body["bindings"]?.DeepClone(), ["etag"] = call.Body["etag"]?.DeepClone() };
        JsonObject current = Of(resource);
        if (sent.Text("etag") is { Length: > 0 } etag && etag != current.Text("etag"))
        {
            // "Concurrent policy changes": the text as gcloud shows it, 409 ABORTED. ASSUMED: the reason
            throw ComputeErrors.Create(409, "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.", "aborted");
        }

        bool hasConditions = sent.Objects("bindings").Any(b => b["condition"] is not null);
        if (hasConditions && sent.Number("version") != 3)
        {
            // ASSUMED: the text. "If a binding includes a condition, version must be 3" (Policy).
            throw ComputeErrors.Create(400, "Policies with conditions must have version 3.", "invalid");
        }

        JsonObject policy = new() { ["version"] = hasConditions ? 3 : sent.Number("version") ?? 1 };
        if (sent["bindings"] is JsonArray { Count: > 0 } bindings)
        {
            policy["bindings"] = bindings.DeepClone();
        }

        policy["etag"] = StableNumbers.Fingerprint(resource + current.Text("etag") + policy.ToJsonString());
        _policies[resource] = policy;
        return Show(call, policy);
    }

    private Reply Test(ComputeCall call)
    {
        JsonObject answer = [];
        string[] allowed = [.. call.Body.Texts("permissions").Where(p => state.Compute.Access.May(p, call.Project.Id))];
        if (allowed.Length > 0)
        {
            answer["permissions"] = new JsonArray([.. allowed.Select(p => (JsonNode)p)]);
        }

        return Show(call, answer);
    }

    private static Reply Show(ComputeCall call, JsonObject answer) =>
        JsonAnswer.Create(call.Request, FieldSchemas.Unchecked, json => answer.WriteTo(json));

    // ACAB as the etag of a policy that nobody has set yet: as every public trace has it.
    private JsonObject Of(string resource) => _policies.GetValueOrDefault(resource) ?? new JsonObject { ["etag"] = "ACAB" };
}
