using System.Globalization;
using System.Text;

namespace GcpEmulator.Federation;

/// <summary>
/// The two conditions of a Credential Access Boundary that the documentation shows ("Restrict a credential's Cloud Storage
/// permissions"), joined by ||. It reads the literals as the Common Expression Language does, so that text which breaks out of its
/// literal is either another condition or none.
/// </summary>
public sealed class CelCondition
{
    private const string Resource = "resource.name.startsWith(";
    private const string ListPrefix = "api.getAttribute('storage.googleapis.com/objectListPrefix', '').startsWith(";

    private readonly List<(bool IsList, string Prefix)> _clauses = [];

    private CelCondition()
    {
    }

    /// <summary>The condition, or null where it is not of the known form.</summary>
    public static CelCondition? Parse(string expression)
    {
        CelCondition condition = new();
        int at = 0;
        while (true)
        {
            bool isList = Starts(expression, at, ListPrefix);
            if (!isList && !Starts(expression, at, Resource))
            {
                return null;
            }

            at += isList ? ListPrefix.Length : Resource.Length;
            if (Literal(expression, ref at) is not string prefix || !Starts(expression, at, ")"))
            {
                return null;
            }

            condition._clauses.Add((isList, prefix));
            at++;
            if (at == expression.Length)
            {
                return condition;
            }

            if (!Starts(expression, at, " || "))
            {
                return null;
            }

            at += 4;
        }
    }

    /// <summary>Whether a resource, or the prefix that a list asks for, fulfils it.</summary>
    public bool Allows(string resource, string listPrefix) =>
        _clauses.Exists(c => (c.IsList ? listPrefix : resource).StartsWith(c.Prefix, StringComparison.Ordinal));

    private static bool Starts(string text, int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    // CEL specification, "String and Bytes Values": a literal in single quotes has no newline, and these escapes.
    private static string? Literal(string text, ref int at)
    {
        if (!Starts(text, at, "'"))
        {
            return null;
        }

        StringBuilder value = new();
        for (at++; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '\'')
            {
                at++;
                return value.ToString();
            }

            if (c is '\n' or '\r')
            {
                return null;
            }

            if (c != '\\')
            {
                value.Append(c);
                continue;
            }

            at++;
            switch (at < text.Length ? text[at] : '\0')
            {
                case '\\' or '\'' or '"' or '`' or '?':
                    value.Append(text[at]);
                    break;
                case 'n':
                    value.Append('\n');
                    break;
                case 'r':
                    value.Append('\r');
                    break;
                case 't':
                    value.Append('\t');
                    break;
                case 'u' when at + 4 < text.Length && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.HexNumber, null, out ushort code):
                    value.Append((char)code);
                    at += 4;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
