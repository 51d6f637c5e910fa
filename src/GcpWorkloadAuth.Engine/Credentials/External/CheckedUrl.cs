using System;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// Where a credential file may send what proves the identity: Google's token services over https at port 443, in the forms that
/// Google's own libraries once demanded (google-auth-library-python 2.6, external_account.py). Nothing in the file widens the list;
/// another host is named with -Endpoint and nowhere else.
/// </summary>
internal static class CheckedUrl
{
    /// <summary>token_url and token_info_url.</summary>
    public const string Sts = "sts";

    /// <summary>service_account_impersonation_url.</summary>
    public const string IamCredentials = "iamcredentials";

    private const string PathStart = "/v1/projects/-/serviceAccounts/";
    private const string PathEnd = ":generateAccessToken";

    /// <summary>The address to send to: the field's, or its path at the address the user named.</summary>
    /// <param name="fields">The file's fields.</param>
    /// <param name="name">The field, which must be there.</param>
    /// <param name="service"><see cref="Sts"/> or <see cref="IamCredentials"/>.</param>
    /// <param name="universe">The trusted universe.</param>
    /// <param name="named">What -Endpoint says of the service; null where it says nothing.</param>
    public static Uri Of(FileFields fields, string name, string service, string universe, Uri? named)
    {
        string text = fields.Demand(name);
        Uri uri = Parse(text) ?? throw fields.Refused(name, "?");
        if (named is null && !(uri.Scheme == Uri.UriSchemeHttps && uri.Port == 443 && IsHostOf(uri.Host, service, universe)))
        {
            throw fields.Refused(name, uri.Authority);
        }

        return named is null ? uri : At(named, uri.PathAndQuery);
    }

    /// <summary>The address of a service account's generateAccessToken, and the account.</summary>
    public static (Uri Address, string Account) OfServiceAccount(FileFields fields, string name, string universe, Uri? named)
    {
        Uri uri = Of(fields, name, IamCredentials, universe, named);
        string path = (Parse(fields.Demand(name)) ?? uri).PathAndQuery;
        bool fits = path.StartsWith(PathStart, StringComparison.Ordinal) && path.EndsWith(PathEnd, StringComparison.Ordinal)
            && path.Length > PathStart.Length + PathEnd.Length;
        string account = fits ? path.Substring(PathStart.Length, path.Length - PathStart.Length - PathEnd.Length) : string.Empty;
        return IsAccount(account) ? (uri, account) : throw fields.Invalid(name, "its path is not that of a service account's generateAccessToken");
    }

    /// <summary>An absolute http or https address without user name, fragment, blanks and backslashes; null for anything else.</summary>
    public static Uri? Parse(string text)
    {
        // What a lenient parser would mend ("https:/host", tabs, backslashes) is not mended here.
        foreach (char c in text)
        {
            if (c is <= ' ' or >= (char)0x7f or '\\')
            {
                return null;
            }
        }

        bool hasScheme = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        return hasScheme && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
                ? uri
                : null;
    }

    /// <summary>True for the hosts of a token service in a universe.</summary>
    public static bool IsHostOf(string host, string service, string universe)
    {
        host = host.ToLowerInvariant();
        if (host == service + "." + universe.ToLowerInvariant())
        {
            return true;
        }

        if (!string.Equals(universe, Universe.Default, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // sts.REGION, REGION.sts, REGION-sts and the Private Service Connect form sts-ENDPOINT.p.
        return IsLabel(Between(host, service + ".", ".googleapis.com"))
            || IsLabel(Between(host, string.Empty, "." + service + ".googleapis.com"))
            || IsLabel(Between(host, string.Empty, "-" + service + ".googleapis.com"))
            || IsLabel(Between(host, service + "-", ".p.googleapis.com"));
    }

    private static Uri At(Uri named, string pathAndQuery)
    {
        string start = named.AbsoluteUri;
        return new Uri(start.TrimEnd('/') + pathAndQuery);
    }

    private static string Between(string host, string start, string end) =>
        host.Length > start.Length + end.Length && host.StartsWith(start, StringComparison.Ordinal) && host.EndsWith(end, StringComparison.Ordinal)
            ? host.Substring(start.Length, host.Length - start.Length - end.Length)
            : string.Empty;

    private static bool IsLabel(string text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= 63 && text[0] != '-';
    }

    // An e-mail address of IAM: letters, digits, and the few signs that projects of a domain bring along.
    private static bool IsAccount(string text)
    {
        int at = text.IndexOf('@');
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '_' or '@'))
            {
                return false;
            }
        }

        return at > 0 && at < text.Length - 1 && text.IndexOf('@', at + 1) < 0 && text.IndexOf("..", StringComparison.Ordinal) < 0;
    }
}
