using System;
using System.Text;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Takes what looks like a secret out of text that somebody else wrote: a server may repeat in its error what it was sent.
/// </summary>
internal static class Redaction
{
    // Access tokens, signed assertions and identity tokens, refresh tokens, client secrets.
    private static readonly string[] s_beginnings = { "ya29.", "eyJ", "1//", "GOCSPX-" };

    private const string PemBegins = "-----BEGIN";

    /// <summary>The text with its secrets replaced by their first characters and "***".</summary>
    public static string Of(string text)
    {
        foreach (string beginning in s_beginnings)
        {
            text = Without(text, beginning, IsTokenCharacter);
        }

        return Without(text, PemBegins, static _ => true);
    }

    private static string Without(string text, string beginning, Func<char, bool> belongs)
    {
        int at = text.IndexOf(beginning, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        StringBuilder kept = new(text.Length);
        int from = 0;
        for (; at >= 0; at = text.IndexOf(beginning, from, StringComparison.Ordinal))
        {
            int end = at + beginning.Length;
            bool isInside = at > from && IsTokenCharacter(text[at - 1]) && text[at - 1] != '=';
            kept.Append(text, from, end - from);
            while (!isInside && end < text.Length && belongs(text[end]))
            {
                end++;
            }

            if (end > at + beginning.Length)
            {
                kept.Append("***");
            }

            from = end;
        }

        return kept.Append(text, from, text.Length - from).ToString();
    }

    // RFC 6750, section 2.1, and what URLs escape of it.
    private static bool IsTokenCharacter(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~' or '+' or '/' or '=' or '%';
}
