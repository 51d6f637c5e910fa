using System.Collections;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Labels of resources, checked before anything is sent. Source: https://cloud.google.com/storage/docs/tags-and-labels#bucket-labels;
/// Compute Engine has the same rules.
/// </summary>
internal static class Labels
{
    private const int Longest = 63;

    /// <summary>Labels as text; null stays null.</summary>
    /// <exception cref="GcpException">A key or a value cannot be one.</exception>
    public static IReadOnlyDictionary<string, string>? Of(IDictionary? labels)
    {
        IReadOnlyDictionary<string, string>? map = StringMaps.From(labels);
        foreach (KeyValuePair<string, string> label in map ?? new Dictionary<string, string>(0))
        {
            bool isKey = label.Key.Length is > 0 and <= Longest && char.IsLetter(label.Key[0]) && IsText(label.Key);
            if (!isKey || label.Value.Length > Longest || !IsText(label.Value))
            {
                throw Errors.LabelInvalid(label.Key + "=" + label.Value);
            }
        }

        return map;
    }

    private static bool IsText(string text)
    {
        foreach (char c in text)
        {
            if (!(c is '-' or '_' || (char.IsLetterOrDigit(c) && !char.IsUpper(c))))
            {
                return false;
            }
        }

        return true;
    }
}
