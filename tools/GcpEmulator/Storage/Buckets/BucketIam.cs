using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>A bucket's IAM policy ("Policies with conditions", "IAM policies: etags and versions").</summary>
internal sealed class BucketIam(string project)
{
    private readonly Lock _gate = new();
    private JsonArray _bindings = Default(project);
    private int _version = 1;
    private long _changes = 1;

    public JsonObject Get(int requestedVersion)
    {
        lock (_gate)
        {
            JsonArray bindings = _bindings.DeepClone().AsArray();
            bool hasConditions = bindings.Any(b => b!["condition"] is not null);
            if (hasConditions && requestedVersion < 3)
            {
                // "a conditional role binding ... is returned with the string _withcond_ appended to its role, followed by a hash"
                foreach (JsonObject binding in bindings.OfType<JsonObject>().Where(b => b["condition"] is not null))
                {
                    string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(binding["condition"]!.ToJsonString())))[..20];
                    binding["role"] = binding["role"] + "_withcond_" + hash;
                    binding.Remove("condition");
                }
            }

            return new JsonObject
            {
                ["kind"] = "storage#policy",
                ["version"] = hasConditions && requestedVersion >= 3 ? 3 : _version == 3 ? 1 : _version,
                ["etag"] = ETag,
                ["bindings"] = bindings,
            };
        }
    }

    public JsonObject Set(JsonObject policy)
    {
        if (policy["bindings"] is not null and not JsonArray)
        {
            throw StorageException.Invalid("Invalid value for: bindings"); // ASSUMED: the text
        }

        JsonArray bindings = (policy["bindings"] as JsonArray)?.DeepClone().AsArray() ?? [];
        int version = policy["version"] is JsonNode given && int.TryParse(given.ToString(), out int number) ? number : 1;
        if (bindings.Any(b => b?["condition"] is not null) && version < 3)
        {
            // Text: as gcloud and Terraform users report it
            throw StorageException.Invalid("Policy with conditions must have version set to 3.");
        }

        lock (_gate)
        {
            if (policy["etag"]?.ToString() is { Length: > 0 } etag && etag != ETag)
            {
                throw StorageException.ConditionNotMet();
            }

            _bindings = bindings;
            _version = version;
            _changes++;
        }

        return Get(version);
    }

    private string ETag => BucketJson.ETag(_changes);

    /// <summary>What a new bucket with uniform access has ("IAM roles for Cloud Storage", predefined legacy roles).</summary>
    private static JsonArray Default(string project)
    {
        JsonObject Binding(string role, params string[] members) => new()
        {
            ["role"] = "roles/storage." + role,
            ["members"] = new JsonArray([.. members.Select(m => (JsonNode)string.Create(CultureInfo.InvariantCulture, $"{m}:{project}"))]),
        };
        return
        [
            Binding("legacyBucketOwner", "projectEditor", "projectOwner"), Binding("legacyBucketReader", "projectViewer"),
            Binding("legacyObjectOwner", "projectEditor", "projectOwner"), Binding("legacyObjectReader", "projectViewer"),
        ];
    }
}
