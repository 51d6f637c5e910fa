using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;

namespace GcpWorkloadAuth.Engine.Json;

/// <summary>Whether a resource is what a patch makes of it: how a lost answer of a change is settled.</summary>
internal static class JsonHolds
{
    /// <summary>True where every member of the patch is in the resource, and what the patch takes away is not.</summary>
    /// <param name="patch">What was sent.</param>
    /// <param name="resource">What is there, as <see cref="JsonCursor.Value"/> reads it.</param>
    public static bool Of(object? patch, object? resource)
    {
        switch (patch)
        {
            case null:
                return resource is null or "" or IDictionary { Count: 0 };
            case IReadOnlyDictionary<string, object?> map:
                foreach (KeyValuePair<string, object?> member in map)
                {
                    object? there = null;
                    (resource as IReadOnlyDictionary<string, object?>)?.TryGetValue(member.Key, out there);
                    if (!Of(member.Value, there))
                    {
                        return false;
                    }
                }

                return true;
            case not string and IEnumerable list:
                return AreAll(list, resource as IEnumerable ?? Array.Empty<object>());
            default:
                // Numbers travel as text here and there, and names come back in capitals.
                return string.Equals(Text(patch), Text(resource), StringComparison.OrdinalIgnoreCase);
        }
    }

    private static bool AreAll(IEnumerable list, IEnumerable there)
    {
        IEnumerator other = there.GetEnumerator();
        foreach (object? item in list)
        {
            if (!other.MoveNext() || !Of(item, other.Current))
            {
                return false;
            }
        }

        return !other.MoveNext();
    }

    // What is false need not be said.
    private static string Text(object? value) => Convert.ToString(value ?? false, CultureInfo.InvariantCulture) ?? string.Empty;
}
