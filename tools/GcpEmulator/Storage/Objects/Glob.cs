using System.Text;
using System.Text.RegularExpressions;

namespace GcpEmulator.Storage;

/// <summary>
/// matchGlob ("List objects and prefixes using glob"): ? and * stop at /, ** does not, [a-z] and [!a] are sets, {a,b} alternatives.
/// </summary>
internal sealed class Glob
{
    private readonly Regex _regex;

    private Glob(string regex) => _regex = new Regex(regex, RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);

    public bool IsMatch(string name) => _regex.IsMatch(name);

    public static Glob Parse(string pattern)
    {
        StringBuilder regex = new("\\A(?:");
        int depth = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            switch (c)
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    bool wholeSegment = (i == 0 || pattern[i - 1] is '/' or '{' or ',') && i + 2 < pattern.Length && pattern[i + 2] == '/';
                    regex.Append(wholeSegment ? "(?:.*/)?" : ".*"); // "**/" stands for no folder, too
                    i += wholeSegment ? 2 : 1;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[':
                    i = AppendSet(pattern, i, regex);
                    break;
                case '{':
                    depth++;
                    regex.Append("(?:");
                    break;
                case '}' when depth > 0:
                    depth--;
                    regex.Append(')');
                    break;
                case ',' when depth > 0:
                    regex.Append('|');
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(c.ToString()));
                    break;
            }
        }

        return depth == 0 ? new Glob(regex.Append(")\\z").ToString()) : throw Broken(pattern);
    }

    private static int AppendSet(string pattern, int at, StringBuilder regex)
    {
        int end = at + 1 < pattern.Length ? pattern.IndexOf(']', Math.Min(at + 2, pattern.Length)) : -1;
        if (end < 0)
        {
            throw Broken(pattern);
        }

        string content = pattern[(at + 1)..end];
        bool isNegated = content[0] is '!' or '^';
        string members = (isNegated ? content[1..] : content).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal).Replace("^", "\\^", StringComparison.Ordinal);
        regex.Append('[').Append(isNegated ? "^/" : string.Empty).Append(members).Append(']');
        return end;
    }

    private static StorageException Broken(string pattern) => StorageException.Invalid($"Invalid glob pattern '{pattern}'."); // ASSUMED: the text
}
