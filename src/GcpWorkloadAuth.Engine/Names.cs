using System;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine;

/// <summary>Checks names before they become part of a URL, and takes them out of URLs.</summary>
internal static class Names
{
    /// <summary>The part behind the last slash; null stays null.</summary>
    public static string? LastSegment(string? url)
    {
        if (url is null)
        {
            return null;
        }

        int slash = url.LastIndexOf('/');
        return slash < 0 ? url : url.Substring(slash + 1);
    }

    /// <summary>The project of a resource's address, ".../projects/NAME/..."; null where there is none.</summary>
    public static string? ProjectOf(string? selfLink) => Behind(selfLink, "/projects/");

    /// <summary>The zone of a resource's address, ".../zones/NAME/..."; null where there is none.</summary>
    public static string? ZoneOf(string? selfLink) => Behind(selfLink, "/zones/");

    private static string? Behind(string? selfLink, string marker)
    {
        int start = selfLink?.IndexOf(marker, StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return null;
        }

        start += marker.Length;
        int end = selfLink!.IndexOf('/', start);
        return end < 0 ? selfLink.Substring(start) : selfLink.Substring(start, end - start);
    }

    /// <summary>A project id, a domain-scoped one ("example.com:name") or a number.</summary>
    public static string Project(string project) =>
        All(project, 1, 80, static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or ':')
        && project[0] is not ('-' or '.' or ':')
            ? project
            : throw Errors.ProjectInvalid(project);

    public static string Zone(string zone) =>
        All(zone, 3, 40, static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && zone[0] is >= 'a' and <= 'z'
            ? zone
            : throw Errors.ZoneInvalid(zone);

    public static string Region(string region) =>
        All(region, 3, 40, static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && region[0] is >= 'a' and <= 'z'
            ? region
            : throw Errors.ResourceNameInvalid("region", region);

    /// <summary>The name of any resource that people name. Source: RFC 1035, as the names of Compute Engine's resources follow it.</summary>
    public static string Resource(string kind, string name) =>
        All(name, 1, 63, static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && name[0] is >= 'a' and <= 'z'
            ? name
            : throw Errors.ResourceNameInvalid(kind, name);

    public static string Instance(string name) =>
        All(name, 1, 63, static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && name[0] is >= 'a' and <= 'z'
            ? name
            : throw Errors.InstanceNameInvalid(name);

    /// <summary>An operation's name, made by the server: "operation-1700000000000-...".</summary>
    public static string Operation(string name) =>
        All(name, 1, 200, static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_')
            ? name
            : throw Errors.OperationNameInvalid(name);

    /// <summary>Source: https://cloud.google.com/storage/docs/buckets#naming.</summary>
    public static string Bucket(string name) =>
        All(name, 3, 222, static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.')
        && !name.StartsWith(".", StringComparison.Ordinal) && name.IndexOf("..", StringComparison.Ordinal) < 0
            ? name
            : throw Errors.BucketNameInvalid(name);

    /// <summary>
    /// A bucket that is to be made: stricter than what may be looked for. Source: https://cloud.google.com/storage/docs/buckets#naming.
    /// </summary>
    public static string NewBucket(string name)
    {
        _ = Bucket(name);
        bool isLetterOrDigit = name[0] is not ('-' or '_') && name[name.Length - 1] is not ('-' or '_' or '.');
        bool isShort = true;
        foreach (string part in name.Split('.'))
        {
            isShort &= part.Length is > 0 and <= 63;
        }

        bool isAddress = System.Net.IPAddress.TryParse(name, out _) && name.Split('.').Length == 4;
        bool isGoogle = name.StartsWith("goog", StringComparison.Ordinal) || name.IndexOf("google", StringComparison.Ordinal) >= 0
            || name.IndexOf("g00gle", StringComparison.Ordinal) >= 0;
        return isLetterOrDigit && isShort && !isAddress && !isGoogle ? name : throw Errors.NewBucketNameInvalid(name);
    }

    /// <summary>An object's name. Source: https://cloud.google.com/storage/docs/objects#naming.</summary>
    public static string Object(string name)
    {
        if (name.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(name) > 1024)
        {
            throw Errors.ObjectNameInvalid(name, name.Length == 0 ? "it is empty" : "it is longer than 1,024 bytes of UTF-8");
        }

        // Up to here the address would be normalized: "b/x/o/.." is "b/x".
        if (name is "." or ".." || name.IndexOfAny(['\r', '\n']) >= 0)
        {
            throw Errors.ObjectNameInvalid(name, name[0] == '.' && name.Length < 3 ? "the service refuses it" : "it holds a line break");
        }

        if (!IsUnicode(name))
        {
            throw Errors.ObjectNameInvalid(name, "it holds half of a surrogate pair");
        }

        return name;
    }

    private static bool IsUnicode(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(name[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A domain name; it becomes the end of every host that a token goes to.</summary>
    public static string Universe(string domain) =>
        All(domain, 3, 253, static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.')
        && domain.IndexOf('.') > 0 && domain.IndexOf("..", StringComparison.Ordinal) < 0 && domain[domain.Length - 1] != '.'
            ? domain
            : throw Errors.UniverseInvalid(Http.DisplayUri.OfText(domain));

    /// <summary>A service account's e-mail address or numeric id.</summary>
    public static string ServiceAccount(string account)
    {
        bool isUsable = All(
            account, 1, 320, static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '+' or '@');
        int at = isUsable ? account.IndexOf('@') : -1;
        bool isAddress = at > 0 && at == account.LastIndexOf('@') && account.IndexOf('.', at) > at + 1 && account[account.Length - 1] != '.';
        bool isId = isUsable && All(account, 1, 30, static c => c is >= '0' and <= '9');
        return isAddress || isId ? account : throw Errors.ServiceAccountInvalid(account);
    }

    /// <summary>Whom an identity token is for: any printable text.</summary>
    public static string Audience(string audience) =>
        All(audience, 1, 2000, static c => !char.IsControl(c)) && audience.Trim().Length > 0 ? audience : throw Errors.AudienceInvalid();

    /// <summary>A scope token of RFC 6749, section 3.3; a comma would split it on the metadata server.</summary>
    public static string Scope(string scope) =>
        All(scope, 1, 500, static c => c is > ' ' and < (char)0x7f and not ('"' or '\\' or ','))
            ? scope
            : throw Errors.ScopeInvalid(scope);

    /// <summary>service.resource.verb, as IAM names permissions: "storage.objects.get".</summary>
    public static string Permission(string name) =>
        All(name, 5, 200, static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_' or '/')
        && name.Split('.') is { Length: >= 3 } parts && Array.TrueForAll(parts, static part => part.Length > 0)
            ? name
            : throw Errors.PermissionNameInvalid(name);

    private static bool All(string? text, int min, int max, Func<char, bool> isAllowed)
    {
        if (text is null || text.Length < min || text.Length > max)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!isAllowed(c))
            {
                return false;
            }
        }

        return true;
    }
}
