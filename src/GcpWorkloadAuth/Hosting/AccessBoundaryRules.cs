using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Reads the rules of an access boundary from what scripts have: hashtables, custom objects, rows of a CSV file. What is there and
/// says nothing is an error: an empty variable must not open a whole bucket.
/// </summary>
internal static class AccessBoundaryRules
{
    private const string Bucket = "Bucket";
    private const string Role = "Role";
    private const string Prefix = "Prefix";

    /// <exception cref="GcpException">AccessBoundaryRuleInvalid.</exception>
    public static AccessBoundaryRule Read(object? rule)
    {
        PSObject? wrapped = rule is null ? null : PSObject.AsPSObject(rule);
        return wrapped?.BaseObject switch
        {
            null => throw Errors.AccessBoundaryRuleInvalid("it is empty"),
            IDictionary table => FromTable(table),
            string or ValueType => throw Errors.AccessBoundaryRuleInvalid("it is a " + wrapped.BaseObject.GetType().Name),
            _ => Make(
                wrapped.Properties[Bucket]?.Value,
                wrapped.Properties[Role]?.Value,
                wrapped.Properties[Prefix] is { } prefix ? new Given(prefix.Value) : null),
        };
    }

    private static AccessBoundaryRule FromTable(IDictionary table)
    {
        object? bucket = null;
        object? role = null;
        Given? prefix = null;
        foreach (DictionaryEntry entry in table)
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;
            if (Is(name, Bucket))
            {
                bucket = entry.Value;
            }
            else if (Is(name, Role))
            {
                role = entry.Value;
            }
            else if (Is(name, Prefix))
            {
                prefix = new Given(entry.Value);
            }
            else
            {
                // A misspelt Prefix must not be left out.
                throw Errors.AccessBoundaryRuleInvalid("it has a '" + name + "'");
            }
        }

        return Make(bucket, role, prefix);
    }

    private static AccessBoundaryRule Make(object? bucket, object? role, Given? prefix)
    {
        string name = Text(bucket) ?? throw Errors.AccessBoundaryRuleInvalid("it has no Bucket");
        List<string> roles = new();
        object? given = Bare(role);
        foreach (object? one in given is IEnumerable many and not string ? many : new[] { given })
        {
            roles.Add(Text(one) ?? throw Errors.AccessBoundaryRuleInvalid("it has no Role"));
        }

        return new AccessBoundaryRule
        {
            Bucket = name,
            Roles = roles,
            Prefix = prefix is null ? null : Text(prefix.Value) ?? throw Errors.AccessBoundaryRuleInvalid("its Prefix is empty"),
        };
    }

    private static bool Is(string name, string wanted) => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase);

    private static string? Text(object? value) => Bare(value) switch
    {
        string { Length: > 0 } text => text,
        GcsBucket bucket => bucket.Name,
        _ => null,
    };

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private sealed class Given(object? value)
    {
        public object? Value { get; } = value;
    }
}
