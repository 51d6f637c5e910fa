using System.Globalization;
using System.Text;

namespace GcpWorkloadAuth.Engine.Downscoping;

/// <summary>Text as a literal of the Common Expression Language (CEL specification, "String and Bytes Values").</summary>
internal static class CelText
{
    /// <summary>The literal in single quotes: whatever the text is, it ends where the literal ends.</summary>
    public static string Quote(string text)
    {
        StringBuilder literal = new(text.Length + 2);
        literal.Append('\'');
        foreach (char c in text)
        {
            if (c is '\'' or '\\' or '"' or '`')
            {
                literal.Append('\\').Append(c);
            }
            else if (char.IsControl(c) || c is '\u2028' or '\u2029')
            {
                literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                literal.Append(c);
            }
        }

        return literal.Append('\'').ToString();
    }
}
