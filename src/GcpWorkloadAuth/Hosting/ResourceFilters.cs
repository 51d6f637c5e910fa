using System;
using System.Collections;
using System.Globalization;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Builds expressions of the list methods' filter language.
/// Source: https://cloud.google.com/compute/docs/reference/rest/v1/instances/aggregatedList (parameter filter).
/// </summary>
internal static class ResourceFilters
{
    /// <summary>The expression, and the name of an instance.</summary>
    public static string WithName(string? filter, string name) => WithName(filter, name, Errors.InstanceNameInvalid);

    /// <summary>The expression, and the name.</summary>
    public static string WithName(string? filter, string name, Func<string, GcpException> invalid)
    {
        foreach (char c in name)
        {
            if (!IsNameText(c))
            {
                throw invalid(name);
            }
        }

        return And(filter, "name = " + name);
    }

    /// <summary>The expression, and every label; null where there is neither.</summary>
    public static string? WithLabels(string? filter, Hashtable? labels)
    {
        if (labels is null)
        {
            return filter;
        }

        foreach (DictionaryEntry label in labels)
        {
            string key = Convert.ToString(label.Key, CultureInfo.InvariantCulture)!;
            string value = Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? string.Empty;
            if (!IsLabelText(key) || key.Length == 0 || (value != "*" && !IsLabelText(value)))
            {
                throw Errors.LabelInvalid(key + "=" + value);
            }

            filter = And(filter, value is "*" or "" ? "labels." + key + ":*" : "labels." + key + " = " + value);
        }

        return filter;
    }

    private static string And(string? left, string right) =>
        string.IsNullOrEmpty(left) ? right : "(" + left + ") AND (" + right + ")";

    private static bool IsNameText(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';

    private static bool IsLabelText(string text)
    {
        foreach (char c in text)
        {
            if (!(char.IsLetterOrDigit(c) || c is '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
