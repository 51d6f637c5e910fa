using System.Collections.Concurrent;
using System.Globalization;

namespace GcpEmulator;

/// <summary>A project.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
public sealed record EmulatedProject(string Id, long Number)
{
    /// <summary>The name for people.</summary>
    public string DisplayName { get; init; } = Id;

    /// <summary>ACTIVE or DELETE_REQUESTED.</summary>
    public string State { get; init; } = "ACTIVE";

    /// <summary>The organisation or folder it is in.</summary>
    public string Parent { get; init; } = "organizations/100200300400";

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

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
        Put(project);
        return project;
    }

    /// <summary>Adds a project, or puts it in the place of the one with its id.</summary>
    public void Put(EmulatedProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        _projects[project.Id] = project;
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
