using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Downscoping;

/// <summary>
/// A Credential Access Boundary, checked. Source: https://cloud.google.com/iam/docs/downscoping-short-lived-credentials: Cloud Storage
/// alone, one to ten rules, each with a bucket, roles and perhaps a condition.
/// </summary>
internal static class AccessBoundary
{
    private const int MostRules = 10;
    private const int LongestObjectName = 1024;

    // Predefined roles; custom ones of a project or an organisation.
    private static readonly Regex s_role = new(
        @"\A(roles|(projects|organizations)/[a-z0-9][a-z0-9.:-]{0,80}/roles)/[A-Za-z0-9_.]{1,100}\z", RegexOptions.CultureInvariant);

    private static readonly Regex s_shortRole = new(@"\A[A-Za-z]{1,60}\z", RegexOptions.CultureInvariant);
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The parameter "options" of a token exchange.</summary>
    /// <exception cref="GcpException">A rule cannot be used, or there are none or too many.</exception>
    public static string ToOptions(IReadOnlyList<AccessBoundaryRule> rules)
    {
        if (rules.Count is < 1 or > MostRules)
        {
            throw Errors.AccessBoundaryRuleCount(rules.Count);
        }

        List<object?> written = new(rules.Count);
        foreach (AccessBoundaryRule rule in rules)
        {
            written.Add(Write(rule));
        }

        Dictionary<string, object?> boundary = new() { ["accessBoundaryRules"] = written };
        string json = Encoding.UTF8.GetString(JsonBody.Write(new Dictionary<string, object?> { ["accessBoundary"] = boundary }));

        // Google's libraries escape the options once more than a form demands, so the service may take escapes out of them twice:
        // what would then be another text is not in it.
        return json.Replace("%", "\\u0025").Replace("+", "\\u002b");
    }

    /// <summary>The condition under which a rule counts; null where it always does.</summary>
    /// <remarks>
    /// The first half is for objects, the second for lists: a list is a request to the bucket, whose name does not begin so.
    /// </remarks>
    public static string? Condition(string bucket, string? prefix) => prefix is null
        ? null
        : "resource.name.startsWith(" + CelText.Quote("projects/_/buckets/" + bucket + "/objects/" + prefix)
            + ") || api.getAttribute('storage.googleapis.com/objectListPrefix', '').startsWith(" + CelText.Quote(prefix) + ")";

    /// <summary>A role's full name.</summary>
    public static string Role(string role)
    {
        string full = s_shortRole.IsMatch(role) ? "roles/storage." + role : role;
        return s_role.IsMatch(full) ? full : throw Errors.AccessBoundaryRoleInvalid(Credentials.External.Refusals.OneLine(role, 100));
    }

    private static Dictionary<string, object?> Write(AccessBoundaryRule rule)
    {
        string bucket = Names.Bucket(rule.Bucket.StartsWith("gs://", StringComparison.OrdinalIgnoreCase) ? rule.Bucket.Substring(5).TrimEnd('/') : rule.Bucket);
        if (rule.Roles.Count == 0)
        {
            throw Errors.AccessBoundaryRuleInvalid("it has no Role");
        }

        List<string> permissions = new(rule.Roles.Count);
        foreach (string role in rule.Roles)
        {
            permissions.Add("inRole:" + Role(role));
        }

        Dictionary<string, object?> written = new()
        {
            ["availableResource"] = "//storage.googleapis.com/projects/_/buckets/" + bucket,
            ["availablePermissions"] = permissions,
        };
        if (Condition(bucket, CheckPrefix(rule.Prefix)) is { } condition)
        {
            written["availabilityCondition"] = new Dictionary<string, object?> { ["expression"] = condition };
        }

        return written;
    }

    // Source of the limits: https://cloud.google.com/storage/docs/objects#naming.
    private static string? CheckPrefix(string? prefix)
    {
        if (prefix is null)
        {
            return null;
        }

        if (prefix.Length == 0)
        {
            throw Errors.AccessBoundaryPrefixInvalid("it is empty");
        }

        try
        {
            return s_strict.GetByteCount(prefix) <= LongestObjectName
                ? prefix
                : throw Errors.AccessBoundaryPrefixInvalid("it is longer than 1024 bytes");
        }
        catch (EncoderFallbackException)
        {
            throw Errors.AccessBoundaryPrefixInvalid("it is not valid Unicode");
        }
    }
}
