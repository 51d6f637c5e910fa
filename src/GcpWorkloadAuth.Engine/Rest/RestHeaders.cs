using System;
using System.Collections.Generic;
using System.Security;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Rest;

/// <summary>The headers that the user gives.</summary>
internal static class RestHeaders
{
    // What decides where a request goes, who sends it and how long it is, is ours.
    private static readonly HashSet<string> s_ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Host", "Connection", "Content-Length", "Transfer-Encoding", "Upgrade", "Expect", "TE",
        "Trailer", "Accept-Encoding", "Cookie",
    };

    public static void Check(IReadOnlyList<KeyValuePair<string, object>> headers)
    {
        foreach (KeyValuePair<string, object> header in headers)
        {
            if (s_ours.Contains(header.Key))
            {
                throw Errors.RestHeaderRefused(header.Key);
            }

            if (!IsName(header.Key) || (header.Value is string text && !IsValue(text)))
            {
                throw Errors.RestHeaderInvalid(Printable(header.Key));
            }
        }
    }

    /// <summary>The value as it is sent.</summary>
    public static string ValueOf(KeyValuePair<string, object> header)
    {
        string value = header.Value is SecureString secret ? Secrets.Reveal(secret) : (string)header.Value;
        return IsValue(value) ? value : throw Errors.RestHeaderInvalid(header.Key);
    }

    /// <summary>RFC 9110, section 5.6.2: token.</summary>
    private static bool IsName(string name)
    {
        foreach (char c in name)
        {
            bool isLetterOrDigit = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
            if (!isLetterOrDigit && "!#$%&'*+-.^_`|~".IndexOf(c) < 0)
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    private static bool IsValue(string value)
    {
        foreach (char c in value)
        {
            if (c is (< ' ' or > '~') and not '\t')
            {
                return false;
            }
        }

        return true;
    }

    private static string Printable(string name)
    {
        char[] text = name.ToCharArray();
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = char.IsControl(text[i]) ? '?' : text[i];
        }

        return new string(text, 0, Math.Min(text.Length, 60));
    }
}
