using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Storage;

/// <summary>buckets.getIamPolicy, setIamPolicy, testIamPermissions.</summary>
internal sealed class BucketPolicies(CloudState state)
{
    public Reply Get(EmulatedRequest request, string bucket)
    {
        long version = Preconditions.Number(request, "optionsRequestedPolicyVersion") ?? 1;
        return version is 1 or 3
            ? Answer(request, bucket, Of(bucket).Get((int)version))
            : GoogleErrors.Invalid("Invalid policy version requested."); // ASSUMED: the text; documented: 1 and 3
    }

    public Reply Set(EmulatedRequest request, string bucket) => Answer(request, bucket, Of(bucket).Set(ObjectResource.Parse(request.Body)));

    public Reply Test(EmulatedRequest request, string bucket)
    {
        _ = Of(bucket);
        if (!request.AllParameters.TryGetValue("permissions", out Microsoft.Extensions.Primitives.StringValues asked))
        {
            return GoogleErrors.Required("permissions");
        }

        string[] held = [.. asked.OfType<string>().Where(p => !state.Objects.IsDenied(p, bucket))];
        return JsonAnswer.Create(request, FieldSchemas.Unchecked, json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", "storage#testIamPermissionsResponse");
            if (held.Length > 0)
            {
                InstanceJson.WriteStrings(json, "permissions", held);
            }

            json.WriteEndObject();
        });
    }

    private BucketIam Of(string bucket) => state.Buckets.Contents(bucket)?.Iam ?? throw StorageException.NoBucket();

    private static Reply Answer(EmulatedRequest request, string bucket, JsonObject policy)
    {
        policy["resourceId"] = "projects/_/buckets/" + bucket;
        return JsonAnswer.Create(request, FieldSchemas.Unchecked, (Utf8JsonWriter json) => policy.WriteTo(json));
    }
}
