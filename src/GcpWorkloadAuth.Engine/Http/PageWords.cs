using System;
using System.Text;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>What a page says to people, where an answer is not the JSON that was expected.</summary>
internal static class PageWords
{
    private const int Most = 200;

    /// <summary>Its first words without tags and line ends; null where it has none.</summary>
    public static string? Of(HttpReply reply)
    {
        StringBuilder text = new();
        bool inTag = false;
        foreach (char c in reply.Text())
        {
            inTag = c == '<' || (inTag && c != '>');
            text.Append(inTag || c == '>' || char.IsControl(c) ? ' ' : c);
            if (text.Length >= 16 * Most)
            {
                break;
            }
        }

        string words = string.Join(" ", text.ToString().Split([' '], StringSplitOptions.RemoveEmptyEntries));
        if (words.Length > Most)
        {
            words = words.Substring(0, Most) + "...";
        }

        return words.Length == 0 ? null : words;
    }
}
