using System.Collections.Generic;
using System.Text;

namespace GcpWorkloadAuth.Engine.Storage.Signing;

/// <summary>
/// Percent-encoding as V4 signatures demand it: every byte but RFC 3986's unreserved characters. Uri.EscapeDataString does not do so
/// on every runtime, and a signature bears no difference.
/// </summary>
internal static class UrlText
{
    private const string Hex = "0123456789ABCDEF";

    /// <summary>A value of a query.</summary>
    public static string Encode(string text) => Encode(text, keepSlash: false);

    /// <summary>A path, its slashes kept.</summary>
    public static string EncodePath(string text) => Encode(text, keepSlash: true);

    /// <summary>A canonical query: encoded, and in the order of the encoded names' code points.</summary>
    public static string Query(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        List<KeyValuePair<string, string>> encoded = [];
        foreach (KeyValuePair<string, string> parameter in parameters)
        {
            encoded.Add(new KeyValuePair<string, string>(Encode(parameter.Key), Encode(parameter.Value)));
        }

        encoded.Sort(static (a, b) =>
            string.CompareOrdinal(a.Key, b.Key) is not 0 and int order ? order : string.CompareOrdinal(a.Value, b.Value));
        StringBuilder text = new();
        foreach (KeyValuePair<string, string> parameter in encoded)
        {
            text.Append(text.Length == 0 ? string.Empty : "&").Append(parameter.Key).Append('=').Append(parameter.Value);
        }

        return text.ToString();
    }

    private static string Encode(string text, bool keepSlash)
    {
        StringBuilder encoded = new(text.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            bool isPlain = b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
                or (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~' || (keepSlash && b == (byte)'/');
            if (isPlain)
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append('%').Append(Hex[b >> 4]).Append(Hex[b & 15]);
            }
        }

        return encoded.ToString();
    }
}
