using System;
using System.Collections.Generic;
using System.Text;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Rest;

/// <summary>The address that the user wrote, checked, with the query parameters merged in.</summary>
internal static class RestUri
{
    // Older forms of the Authorization header. Source: https://cloud.google.com/apis/docs/system-parameters.
    private static readonly string[] s_tokens = ["access_token", "oauth_token", "bearer_token", "$.access_token", "$.oauth_token"];

    /// <exception cref="GcpException">It is not absolute, is neither https nor on this machine, or holds what it must not.</exception>
    public static Uri Build(Uri uri, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        bool isUsable = uri.IsAbsoluteUri && uri.Host.Length > 0
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
        if (!isUsable)
        {
            throw Errors.RestUriNotAbsolute(DisplayUri.OfText(uri.OriginalString));
        }

        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Errors.RestUriUnfit(DisplayUri.Of(uri));
        }

        StringBuilder text = new(uri.GetLeftPart(UriPartial.Path));
        char separator = '?';
        foreach (string pair in uri.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            string name = Uri.UnescapeDataString(equals < 0 ? pair : pair.Substring(0, equals));
            RefuseToken(name);
            if (!Names(query, name))
            {
                text.Append(separator).Append(pair);
                separator = '&';
            }
        }

        foreach (KeyValuePair<string, string> pair in query)
        {
            RefuseToken(pair.Key);
            text.Append(separator).Append(Uri.EscapeDataString(pair.Key)).Append('=').Append(Uri.EscapeDataString(pair.Value));
            separator = '&';
        }

        return new Uri(text.ToString());
    }

    private static void RefuseToken(string name)
    {
        if (Array.IndexOf(s_tokens, name.ToLowerInvariant()) >= 0)
        {
            throw Errors.RestQueryRefused(name);
        }
    }

    private static bool Names(IReadOnlyList<KeyValuePair<string, string>> query, string name)
    {
        foreach (KeyValuePair<string, string> pair in query)
        {
            if (string.Equals(pair.Key, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
