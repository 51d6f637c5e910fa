using System.Collections.Concurrent;
using System.Globalization;

namespace GcpEmulator;

/// <summary>A project.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
public sealed record EmulatedProject(string Id, long Number)
{
    /// <summary>The default compute service account's address.</summary>
    public string DefaultServiceAccount => Number.ToString(CultureInfo.InvariantCulture) + "-compute@developer.gserviceaccount.com";
}

/// <summary>The projects that exist. Safe for use from several threads.</summary>
public sealed class ProjectDirectory
{
    private readonly ConcurrentDictionary<string, EmulatedProject> _projects = new(StringComparer.Ordinal);

    internal ProjectDirectory()
    {
    }

    /// <summary>All projects.</summary>
    public IReadOnlyCollection<EmulatedProject> All => [.. _projects.Values];

    /// <summary>Projects that the caller may not name in X-Goog-User-Project.</summary>
    public ISet<string> DeniedAsQuotaProject { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Adds a project without buckets and instances.</summary>
    public EmulatedProject Add(string id, long number)
    {
        EmulatedProject project = new(id, number);
        _projects[id] = project;
        return project;
    }

    /// <summary>The project with this id or number, or null.</summary>
    public EmulatedProject? Find(string idOrNumber) =>
        _projects.TryGetValue(idOrNumber, out EmulatedProject? project) ? project
        : long.TryParse(idOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? _projects.Values.FirstOrDefault(p => p.Number == number)
        : null;

    internal void Clear()
    {
        _projects.Clear();
        DeniedAsQuotaProject.Clear();
    }
}
