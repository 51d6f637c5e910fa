using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Federation;

/// <summary>
/// A Credential Access Boundary ("Restrict a credential's Cloud Storage permissions"): what a token may do at most, and only with
/// buckets that have uniform bucket-level access.
/// </summary>
internal sealed class TokenBoundary
{
    private const string ResourceStart = "//storage.googleapis.com/projects/_/buckets/";
    private const string RoleStart = "inRole:";

    // "IAM roles for Cloud Storage". A role that is not here leaves nothing.
    private static readonly Dictionary<string, string[]> s_roles = new(StringComparer.Ordinal)
    {
        ["roles/storage.objectViewer"] = ["storage.objects.get", "storage.objects.list"],
        ["roles/storage.objectCreator"] = ["storage.objects.create"],
        ["roles/storage.objectUser"] =
            ["storage.objects.get", "storage.objects.list", "storage.objects.create", "storage.objects.delete", "storage.objects.update"],
        ["roles/storage.objectAdmin"] = ["storage.objects."],
        ["roles/storage.admin"] = ["storage."],
        ["roles/storage.legacyObjectReader"] = ["storage.objects.get"],
        ["roles/storage.legacyBucketReader"] = ["storage.buckets.get", "storage.objects.list"],
        ["roles/storage.legacyBucketWriter"] = ["storage.buckets.get", "storage.objects.list", "storage.objects.create", "storage.objects.delete"],
    };

    private readonly List<Rule> _rules = [];

    private TokenBoundary()
    {
    }

    /// <summary>The boundary of a token exchange's options; null where they are not of the documented form.</summary>
    public static TokenBoundary? Parse(string options)
    {
        try
        {
            // Google's libraries escape the options once more than a form demands.
            string json = options.StartsWith('{') ? options : Uri.UnescapeDataString(options);
            if (JsonNode.Parse(json)?["accessBoundary"]?["accessBoundaryRules"] is not JsonArray { Count: >= 1 and <= 10 } rules)
            {
                return null;
            }

            TokenBoundary boundary = new();
            foreach (JsonNode? rule in rules)
            {
                if (Rule.Parse(rule!.AsObject()) is not { } parsed)
                {
                    return null;
                }

                boundary._rules.Add(parsed);
            }

            return boundary;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The refusal of a request to an API, or null where it may go on.</summary>
    public Reply? Check(EmulatedRequest request, CloudState state, string service, string permission, string account)
    {
        string[] path = request.Segments;
        int at = Array.IndexOf(path, "b");
        string? bucket = service == "storage.googleapis.com" && at >= 0 && at + 1 < path.Length ? path[at + 1] : null;
        string? name = bucket is null ? null : at + 3 < path.Length ? string.Join('/', path[(at + 3)..]) : NewName(request);
        if (bucket is not null && state.Buckets.Find(bucket) is { UniformAccess: true })
        {
            string resource = "projects/_/buckets/" + bucket + (name is null ? string.Empty : "/objects/" + name);
            string listed = permission == "storage.objects.list" ? request.Parameter("prefix") ?? string.Empty : string.Empty;
            if (_rules.Exists(r => r.Bucket == bucket && r.Grants(permission) && (r.Condition?.Allows(resource, listed) ?? true)))
            {
                return null;
            }
        }

        return Reply.Json(GoogleErrors.StoragePermissionDenied(account, permission, name is not null ? "object" : "bucket"), 403);
    }

    // Contents stream by: a name that stands in the body alone is not known when the token is looked at.
    private static string? NewName(EmulatedRequest request) =>
        request.Method != "POST" ? null : request.Parameter("name");

    private sealed record Rule(string Bucket, string[] Permissions, CelCondition? Condition)
    {
        public bool Grants(string permission) =>
            Permissions.Any(p => p.EndsWith('.') ? permission.StartsWith(p, StringComparison.Ordinal) : p == permission);

        public static Rule? Parse(JsonObject rule)
        {
            string resource = rule["availableResource"]?.ToString() ?? string.Empty;
            if (!resource.StartsWith(ResourceStart, StringComparison.Ordinal) || rule["availablePermissions"] is not JsonArray { Count: > 0 } roles)
            {
                return null;
            }

            List<string> permissions = [];
            foreach (string role in roles.Select(r => r!.ToString()))
            {
                if (!role.StartsWith(RoleStart, StringComparison.Ordinal))
                {
                    return null;
                }

                permissions.AddRange(s_roles.GetValueOrDefault(role[RoleStart.Length..], []));
            }

            string? expression = rule["availabilityCondition"]?["expression"]?.ToString();
            CelCondition? condition = expression is null ? null : CelCondition.Parse(expression);
            return expression is not null && condition is null ? null : new Rule(resource[ResourceStart.Length..], [.. permissions], condition);
        }
    }
}
