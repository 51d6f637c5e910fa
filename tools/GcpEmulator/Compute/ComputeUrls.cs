namespace GcpEmulator.Compute;

/// <summary>URLs of resources, and what they say. Google's always name www.googleapis.com, whichever host was asked.</summary>
internal static class ComputeUrls
{
    public const string Root = "https://www.googleapis.com/compute/v1/";

    public static string Scope(string project, string scope) => $"{Root}projects/{project}/{scope}";

    public static string Resource(string project, string scope, string collection, string name) =>
        $"{Root}projects/{project}/{scope}/{collection}/{name}";

    public static string LastPart(string url) => url[(url.LastIndexOf('/') + 1)..];

    /// <summary>projects/... without the host.</summary>
    public static string Relative(string url) =>
        url.IndexOf("projects/", StringComparison.Ordinal) is >= 0 and int at ? url[at..] : url;

    /// <summary>
    /// A reference in a request: a URL of any host, or its end ("projects/p/zones/z/disks/d", "zones/z/disks/d", "global/networks/n").
    /// </summary>
    public static ResourceRef? Parse(string text, string project)
    {
        int at = text.IndexOf("projects/", StringComparison.Ordinal);
        string[] parts = (at >= 0 ? text[at..] : text).Split('/');
        if (parts is ["projects", string own, ..])
        {
            project = own;
            parts = parts[2..];
        }

        return parts switch
        {
            ["global", string collection, .. string[] name] when name.Length > 0 => new(project, "global", collection, string.Join('/', name)),
            ["zones" or "regions", string place, string collection, string name] => new(project, parts[0] + "/" + place, collection, name),
            _ => null,
        };
    }
}

/// <summary>Which resource a reference names.</summary>
internal readonly record struct ResourceRef(string Project, string Scope, string Collection, string Name);
