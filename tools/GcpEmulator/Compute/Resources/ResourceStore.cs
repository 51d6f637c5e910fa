using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Compute;

namespace GcpEmulator;

/// <summary>A resource of Compute Engine that is no instance, as its JSON. It never changes; a change puts another in its place.</summary>
/// <param name="Project">The project's id.</param>
/// <param name="Collection">disks, snapshots, networks ... as in the URL.</param>
/// <param name="Scope">zones/ZONE, regions/REGION or global.</param>
/// <param name="Name">The name.</param>
/// <param name="Json">What get answers. Do not change it: clone it.</param>
public sealed record EmulatedResource(string Project, string Collection, string Scope, string Name, JsonObject Json)
{
    internal string SelfLink => ComputeUrls.Resource(Project, Scope, Collection, Name);

    internal string Relative => $"projects/{Project}/{Scope}/{Collection}/{Name}";

    internal ulong Id => ulong.Parse(Json.Text("id")!, CultureInfo.InvariantCulture);
}

/// <summary>All that has a name in Compute Engine, but the instances. Safe for use from several threads.</summary>
public sealed class ResourceStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Project, string Collection), SortedDictionary<string, EmulatedResource>> _all = [];
    private readonly CloudState _state;
    private long _created;

    internal ResourceStore(CloudState state) => _state = state;

    /// <summary>The resources of a collection, by scope and name. The project null is the first one.</summary>
    public IReadOnlyList<EmulatedResource> All(string collection, string? project = null)
    {
        lock (_gate)
        {
            return [.. Of(project ?? _state.Project.Id, collection).Values];
        }
    }

    /// <summary>One resource, or null.</summary>
    public EmulatedResource? Find(string collection, string scope, string name, string? project = null)
    {
        lock (_gate)
        {
            return Of(project ?? _state.Project.Id, collection).GetValueOrDefault(scope + "/" + name);
        }
    }

    /// <summary>
    /// Adds a resource, or replaces the one of its name. Members that every resource has (id, kind, selfLink, creationTimestamp, zone or
    /// region) are filled in where the JSON lacks them.
    /// </summary>
    public EmulatedResource Put(string collection, string scope, string name, JsonObject json, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        lock (_gate)
        {
            string owner = project ?? _state.Project.Id;
            JsonObject whole = ResourceJson.Complete(owner, collection, scope, name, json, _state.Clock.GetUtcNow(), ++_created);
            EmulatedResource resource = new(owner, collection, scope, name, whole);
            Of(owner, collection)[scope + "/" + name] = resource;
            return resource;
        }
    }

    /// <summary>Changes a clone of a resource's JSON and puts it in its place; does nothing if it is gone.</summary>
    public EmulatedResource? Update(string collection, string scope, string name, Action<JsonObject> change, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_gate)
        {
            if (Find(collection, scope, name, project) is not EmulatedResource current)
            {
                return null;
            }

            JsonObject json = (JsonObject)current.Json.DeepClone();
            change(json);
            return Put(collection, scope, name, json, project);
        }
    }

    /// <summary>Removes a resource.</summary>
    public bool Remove(string collection, string scope, string name, string? project = null)
    {
        lock (_gate)
        {
            return Of(project ?? _state.Project.Id, collection).Remove(scope + "/" + name);
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _all.Clear();
        }
    }

    private SortedDictionary<string, EmulatedResource> Of(string project, string collection)
    {
        if (!_all.TryGetValue((project, collection), out SortedDictionary<string, EmulatedResource>? found))
        {
            // The networks and such that every project begins with are made when somebody looks: two hundred projects cost nothing.
            _all[(project, collection)] = found = new(StringComparer.Ordinal);
            foreach ((string scope, string name, JsonObject json) in ResourceSeed.Of(project, collection))
            {
                JsonObject whole = ResourceJson.Complete(project, collection, scope, name, json, ResourceSeed.CreatedAt, 0);
                found[scope + "/" + name] = new(project, collection, scope, name, whole);
            }
        }

        return found;
    }
}
