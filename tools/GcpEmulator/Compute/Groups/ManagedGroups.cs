using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Compute;

namespace GcpEmulator;

/// <summary>
/// Managed instance groups, zonal and regional, and their members. An instance belongs to the group that its metadata value created-by names
/// ("Working with managed instances"). Safe for use from several threads.
/// </summary>
public sealed class ManagedGroups
{
    private const string Collection = "instanceGroupManagers";
    private readonly ConcurrentDictionary<(string Group, string Member), OperationMessage> _errors = new();
    private readonly ConcurrentDictionary<string, JsonArray> _unmanaged = new(StringComparer.Ordinal);
    private readonly CloudState _state;
    private readonly InstanceCreation _creation;
    private int _made;

    internal ManagedGroups(CloudState state, InstanceCreation creation)
    {
        _state = state;
        _creation = creation;
    }

    /// <summary>Makes a group with its template (NAME-template, if none is named) and its members.</summary>
    /// <param name="scope">zones/ZONE or regions/REGION.</param>
    /// <param name="name">The group's name; its members are NAME-xxxx.</param>
    /// <param name="size">How many members.</param>
    /// <param name="template">The name of an instance template that is there.</param>
    /// <param name="project">The project; null for the first.</param>
    public EmulatedResource Add(string scope, string name, int size, string? template = null, string? project = null)
    {
        string owner = project ?? _state.Project.Id;
        if (template is null)
        {
            template = name + "-template";
            _state.Compute.Resources.Put("instanceTemplates", "global", template, new JsonObject { ["properties"] = Properties() }, owner);
        }

        lock (_state.Compute.Operations.Gate)
        {
            EmulatedResource group = Create(owner, scope, name, new JsonObject
            {
                ["instanceTemplate"] = ComputeUrls.Resource(owner, "global", "instanceTemplates", template),
                ["targetSize"] = size,
                ["baseInstanceName"] = name,
            });
            Resize(group, "unknown");
            return group;
        }
    }

    /// <summary>The members of a group.</summary>
    public IReadOnlyList<EmulatedInstance> MembersOf(EmulatedResource group)
    {
        ArgumentNullException.ThrowIfNull(group);
        string creator = CreatedBy(group);
        return [.. _state.Instances.All(group.Project).Where(i => i.Metadata.GetValueOrDefault("created-by") == creator)];
    }

    /// <summary>Lets a member, there or not, show an error of its last attempt; null takes it back.</summary>
    public void SetError(EmulatedResource group, string member, OperationMessage? error)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (error is null)
        {
            _errors.TryRemove((group.SelfLink, member), out _);
        }
        else
        {
            _errors[(group.SelfLink, member)] = error;
        }
    }

    internal IEnumerable<(string Member, OperationMessage Error)> ErrorsOf(EmulatedResource group) =>
        _errors.Where(e => e.Key.Group == group.SelfLink).Select(e => (e.Key.Member, e.Value)).OrderBy(e => e.Member, StringComparer.Ordinal);

    /// <summary>The URLs of the members of a group that nobody manages.</summary>
    internal JsonArray Unmanaged(string group) => _unmanaged.GetOrAdd(group, static _ => []);

    internal EmulatedResource Create(string project, string scope, string name, JsonObject body)
    {
        JsonObject json = (JsonObject)body.DeepClone();
        json["baseInstanceName"] ??= name;
        json["instanceGroup"] = ComputeUrls.Resource(project, scope, "instanceGroups", name);
        json["versions"] ??= new JsonArray(new JsonObject { ["instanceTemplate"] = json.Text("instanceTemplate"), ["targetSize"] = new JsonObject { ["calculated"] = json.Number("targetSize") } });
        json["fingerprint"] = StableNumbers.Fingerprint(project + scope + name);
        json["updatePolicy"] ??= new JsonObject { ["type"] = "OPPORTUNISTIC", ["minimalAction"] = "REPLACE" };
        if (scope.StartsWith("regions/", StringComparison.Ordinal))
        {
            json["distributionPolicy"] ??= new JsonObject
            {
                ["zones"] = new JsonArray([.. Places.ZonesOf(scope[8..]).Select(z => (JsonNode)new JsonObject { ["zone"] = ComputeUrls.Scope(project, "zones/" + z) })]),
                ["targetShape"] = "EVEN",
            };
        }

        _state.Compute.Resources.Put("instanceGroups", scope, name, new JsonObject
        {
            ["description"] = $"This instance group is controlled by Instance Group Manager '{name}'. To modify instances in this group, use the Instance Group Manager API.",
            ["network"] = ComputeUrls.Resource(project, "global", "networks", "default"),
            ["fingerprint"] = StableNumbers.Fingerprint("group" + project + scope + name),
        }, project);
        return _state.Compute.Resources.Put(Collection, scope, name, json, project);
    }

    /// <summary>Makes or deletes members until there are as many as the group wants. The caller holds the gate of the operations.</summary>
    internal void Resize(EmulatedResource group, string user)
    {
        EmulatedResource? now = _state.Compute.Resources.Find(Collection, group.Scope, group.Name, group.Project);
        int size = now?.Json.Number("targetSize") ?? 0;
        List<EmulatedInstance> members = [.. MembersOf(group)];
        string[] zones = group.Scope.StartsWith("zones/", StringComparison.Ordinal) ? [group.Scope[6..]] : [.. Places.ZonesOf(group.Scope[8..])];
        for (int n = members.Count; n < size; n++)
        {
            Make(now!, zones[n % zones.Length], user);
        }

        foreach (EmulatedInstance extra in members.Skip(size))
        {
            Delete(extra);
        }
    }

    /// <summary>"RECREATE: the instance is deleted and created again" under its name.</summary>
    internal void Recreate(EmulatedResource group, EmulatedInstance member) => _state.Instances.Update(member.Zone, member.Name, x => x with
    {
        Id = StableNumbers.Id(InstanceJson.SelfLink(x) + (++_made).ToString(CultureInfo.InvariantCulture)),
        CreatedAt = _state.Clock.GetUtcNow(),
        Status = "RUNNING",
    }, group.Project);

    internal void Delete(EmulatedInstance member)
    {
        new InstanceDisks(_state).Release(member);
        _state.Instances.Remove(member.Zone, member.Name, member.Project);
    }

    internal void Clear()
    {
        _errors.Clear();
        _unmanaged.Clear();
    }

    private static JsonObject Properties() => new()
    {
        ["machineType"] = "e2-medium",
        ["disks"] = new JsonArray(new JsonObject
        {
            ["boot"] = true,
            ["autoDelete"] = true,
            ["initializeParams"] = new JsonObject { ["sourceImage"] = "projects/debian-cloud/global/images/family/debian-12" },
        }),
        ["networkInterfaces"] = new JsonArray(new JsonObject { ["network"] = "global/networks/default" }),
    };

    // The value as instances of real groups have it: with the project's number.
    private string CreatedBy(EmulatedResource group)
    {
        long number = _state.Projects.Find(group.Project)?.Number ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"projects/{number}/{group.Scope}/{Collection}/{group.Name}");
    }

    private void Make(EmulatedResource group, string zone, string user)
    {
        EmulatedProject project = _state.Projects.Find(group.Project)!;
        JsonObject properties = _creation.Merge([], group.Json.Text("instanceTemplate"), group.Project);
        string name;
        do
        {
            name = group.Json.Text("baseInstanceName") + "-" + (StableNumbers.Hash(group.SelfLink + ++_made) % 0xffff).ToString("x4", CultureInfo.InvariantCulture);
        }
        while (_state.Instances.Find(zone, name, group.Project) is not null);

        InstanceCreation.Draft draft = _creation.Create(new Owner(project, user), zone, properties, name);
        _creation.Place(draft with
        {
            Instance = draft.Instance with
            {
                Status = "RUNNING",
                Metadata = draft.Instance.Metadata.SetItem("created-by", CreatedBy(group)).SetItem("instance-template", ComputeUrls.Relative(group.Json.Text("instanceTemplate")!)),
            },
        });
    }
}
