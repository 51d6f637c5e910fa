using System;
using System.Text;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Takes what looks like a secret out of text that somebody else wrote: a server may repeat in its error what it was sent.
/// </summary>
internal static class Redaction
{
    // Access tokens, client secrets.
    private static readonly string[] s_anywhere = { "ya29.", "GOCSPX-" };

    // Signed assertions and identity tokens, refresh tokens: short enough to stand inside a harmless word too.
    private static readonly string[] s_atWordStart = { "eyJ", "1//", "1%2F%2F" };

    private const string PemBegins = "-----BEGIN";

    /// <summary>The text with its secrets replaced by their first characters and "***".</summary>
    public static string Of(string text)
    {
        foreach (string beginning in s_anywhere)
        {
            text = Without(text, beginning, static (_, _) => false, IsTokenCharacter);
        }

        foreach (string beginning in s_atWordStart)
        {
            text = Without(text, beginning, IsInsideWord, IsTokenCharacter);
        }

        return Without(text, PemBegins, static (_, _) => false, static _ => true);
    }

    private static string Without(string text, string beginning, Func<string, int, bool> isHarmless, Func<char, bool> belongs)
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
            bool isInside = isHarmless(text, at);
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

    // A letter or digit stands before it, and not as the end of an escape ("%22").
    private static bool IsInsideWord(string text, int at) =>
        at > 0 && text[at - 1] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') && !(at > 2 && text[at - 3] == '%');

    // RFC 6750, section 2.1, and what URLs escape of it.
    private static bool IsTokenCharacter(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~' or '+' or '/' or '=' or '%';
}
