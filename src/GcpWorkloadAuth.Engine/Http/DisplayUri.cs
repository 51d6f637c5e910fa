using System;
using System.Text;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>How a URI may be shown: query values only of names known to hold no secret, no user name, no fragment.</summary>
internal static class DisplayUri
{
    // Upload ids and signatures are secrets too, so what is not listed is hidden.
    private static readonly string[] s_shown =
    [
        "alt", "audience", "delimiter", "fields", "filter", "format", "last_etag", "maxResults", "orderBy", "pageToken", "prefix",
        "prettyPrint", "project", "projection", "recursive", "returnPartialSuccess", "scopes", "timeout_sec", "wait_for_change",
    ];

    public static string Of(Uri uri)
    {
        string start = uri.GetLeftPart(UriPartial.Path);
        int at = uri.UserInfo.Length > 0 ? start.IndexOf('@') : -1;
        if (at >= 0)
        {
            start = uri.Scheme + "://" + start.Substring(at + 1);
        }

        if (uri.Query.Length < 2)
        {
            return start;
        }

        StringBuilder text = new(start);
        char separator = '?';
        foreach (string pair in uri.Query.Substring(1).Split('&'))
        {
            int equals = pair.IndexOf('=');
            string name = equals < 0 ? pair : pair.Substring(0, equals);
            bool isListed = Array.BinarySearch(s_shown, name, StringComparer.Ordinal) >= 0;

            // What stands without a value may be one itself (a padded Base64 text ends with '=').
            bool isName = isListed || (equals >= 0 && pair.TrimEnd('=').Length > equals);
            text.Append(separator).Append(isName ? name : "***");
            if (equals >= 0 && isName)
            {
                text.Append('=').Append(isListed ? pair.Substring(equals + 1) : "***");
            }

            separator = '&';
        }

        return text.ToString();
    }

    /// <summary>How a text that should have been an address may be shown: a password, a key or a signature in it is not repeated.</summary>
    public static string OfText(string text)
    {
        int end = text.IndexOfAny(['?', '#']);
        int at = text.LastIndexOf('@');
        if (end >= 0 && at > end)
        {
            return "***";
        }

        string shown = end < 0 ? text : text.Substring(0, end + 1) + "***";
        shown = at < 0 ? shown : "***" + shown.Substring(at);
        return shown.Length > 100 ? shown.Substring(0, 100) + "..." : shown;
    }
}
