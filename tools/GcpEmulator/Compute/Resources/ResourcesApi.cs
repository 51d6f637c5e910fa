using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>list, aggregatedList, get, insert, delete and setLabels of what lies in the <see cref="ResourceStore"/>.</summary>
internal sealed class ResourcesApi
{
    private readonly CloudState _state;
    private readonly Changes _changes;
    private readonly Images _images;
    private readonly InstanceDisks _disks;
    private readonly DisksApi _disksApi;
    private readonly ConcurrentDictionary<string, Listing<EmulatedResource>> _listings = new(StringComparer.Ordinal);

    public ResourcesApi(CloudState state, Changes changes, Images images, InstanceDisks disks)
    {
        _state = state;
        _changes = changes;
        _images = images;
        _disks = disks;
        _disksApi = new DisksApi(state, changes, images, disks);
    }

    public Reply List(ComputeCall call, string scope, string collection) =>
        Listing(collection).Flat(call.Request, call.Project.Id, scope, All(call, collection).Where(r => r.Scope == scope));

    public Reply? Aggregated(ComputeCall call, string collection) => Collections.Aggregated(collection) is string[] scopes
        ? Listing(collection).Aggregated(call.Request, call.Project.Id, scopes, All(call, collection))
        : null;

    public Reply Get(ComputeCall call, string scope, string collection, string name)
    {
        EmulatedResource found = Find(call, scope, collection, name);
        return JsonAnswer.Create(call.Request, ComputeFields.Of(collection), json => found.Json.WriteTo(json));
    }

    public Reply? Change(ComputeCall call, string scope, string collection, string name, string verb)
    {
        EmulatedResource found = Find(call, scope, collection, name);
        return (collection, verb) switch
        {
            ("disks", _) when _disksApi.Change(call, found, verb) is Reply reply => reply,
            (_, "delete") => Delete(call, found),
            (_, "setLabels") when ResourceJson.HasLabels(collection) => SetLabels(call, found),
            _ => null,
        };
    }

    public Reply? Insert(ComputeCall call, string scope, string collection)
    {
        string name = InstanceNames.Check(call.Body.Text("name"));
        if (All(call, collection).Any(r => r.Scope == scope && r.Name == name))
        {
            throw ComputeErrors.Exists($"projects/{call.Project.Id}/{scope}/{collection}/{name}");
        }

        JsonObject json = collection switch
        {
            "disks" => _disksApi.Create(call, scope),
            "snapshots" => _disksApi.Snapshot(call, FindSource(call)),
            "addresses" => Address(call, scope, name),
            "images" => Image(call),
            _ => (JsonObject)call.Body.DeepClone(),
        };
        return Put(call, scope, collection, name, json, "insert");
    }

    /// <summary>images.insert: of a disk, an image or a snapshot.</summary>
    private JsonObject Image(ComputeCall call)
    {
        JsonObject json = (JsonObject)call.Body.DeepClone();
        EmulatedResource? disk = json.ContainsKey("sourceDisk") ? FindSource(call) : null;
        JsonObject source = disk?.Json ?? DiskJson.Create(
            _state, _images, call.Project.Id, "global", "resource.sourceImage", json.Text("sourceImage"), json.Text("sourceSnapshot"), json.Text("diskSizeGb"), null);
        json["diskSizeGb"] = source.Text("sizeGb");
        json["status"] = "READY";
        json["sourceType"] = "RAW";
        json["archiveSizeBytes"] = "123456789";
        if (disk is not null)
        {
            json["sourceDisk"] = disk.SelfLink;
            json["sourceDiskId"] = disk.Json.Text("id");
        }

        foreach (string member in new[] { "licenses", "guestOsFeatures", "architecture" })
        {
            if (!json.ContainsKey(member) && source[member] is JsonNode value)
            {
                json[member] = value.DeepClone();
            }
        }

        return json;
    }

    private static JsonObject Address(ComputeCall call, string scope, string name)
    {
        JsonObject json = (JsonObject)call.Body.DeepClone();
        json["address"] ??= "192.0.2." + (StableNumbers.Hash(scope + name) % 250 + 2).ToString(System.Globalization.CultureInfo.InvariantCulture);
        json["addressType"] ??= "EXTERNAL";
        json["networkTier"] ??= "PREMIUM";
        json["status"] = "RESERVED";
        return json;
    }

    private Reply Put(ComputeCall call, string scope, string collection, string name, JsonObject json, string type)
    {
        EmulatedResource made = _state.Compute.Resources.Put(collection, scope, name, json, call.Project.Id);
        return _changes.Begin(call, made, type, _disksApi.Making(made));
    }

    private EmulatedResource FindSource(ComputeCall call)
    {
        string url = call.Body.Text("sourceDisk") ?? string.Empty;
        EmulatedResource? disk = ComputeUrls.Parse(url, call.Project.Id) is { Collection: "disks" } at ? _disks.Find(at.Project, at.Scope, at.Name) : null;
        return disk ?? throw ComputeErrors.InvalidValue("resource.sourceDisk", url, "The referenced disk resource cannot be found.");
    }

    private EmulatedResource Find(ComputeCall call, string scope, string collection, string name) =>
        (collection switch
        {
            "disks" => _disks.Find(call.Project.Id, scope, name),
            "images" => _images.All(call.Project.Id).FirstOrDefault(i => i.Name == name),
            _ => _state.Compute.Resources.Find(collection, scope, name, call.Project.Id),
        }) ?? throw ComputeErrors.NotFound($"projects/{call.Project.Id}/{scope}/{collection}/{name}");

    private Reply Delete(ComputeCall call, EmulatedResource found)
    {
        if (found.Json.Texts("users").FirstOrDefault() is string user)
        {
            throw ComputeErrors.InUse($"{ResourceJson.Kind(found.Collection)["compute#".Length..]} resource '{found.Relative}'", ComputeUrls.Relative(user));
        }

        return _changes.Begin(call, found, "delete", new OperationWork(
            End: () => _state.Compute.Resources.Remove(found.Collection, found.Scope, found.Name, found.Project)));
    }

    private Reply SetLabels(ComputeCall call, EmulatedResource found)
    {
        if (call.Body.Text("labelFingerprint") != ResourceJson.LabelFingerprint(found.Json))
        {
            throw ComputeErrors.Conflict("Labels fingerprint either invalid or resource labels have changed");
        }

        JsonObject labels = [];
        foreach ((string key, string value) in InstanceSetters.ReadLabels(call.Body, "labels"))
        {
            labels[key] = value;
        }

        void Change(JsonObject json)
        {
            json.Remove("labels");
            if (labels.Count > 0)
            {
                json["labels"] = labels.DeepClone();
            }
        }

        return _changes.Begin(call, found, "setLabels", new OperationWork(Begin: () =>
        {
            if (found.Collection == "disks")
            {
                _disks.Update(found, Change);
            }
            else
            {
                _state.Compute.Resources.Update(found.Collection, found.Scope, found.Name, Change, found.Project);
            }
        }));
    }

    private IEnumerable<EmulatedResource> All(ComputeCall call, string collection) => collection switch
    {
        "disks" => _disks.All(call.Project.Id),
        "images" => _images.All(call.Project.Id),
        _ => _state.Compute.Resources.All(collection, call.Project.Id),
    };

    private Listing<EmulatedResource> Listing(string collection) => _listings.GetOrAdd(collection, c => new Listing<EmulatedResource>(
        c, ResourceJson.Kind(c), static r => r.Scope, static r => r.Name, (json, r) => Shown(r).WriteTo(json), _state.Instances)
    {
        FlatSchema = ComputeFields.ListOf(c),
        AggregatedSchema = ComputeFields.AggregatedOf(c),
    });

    private JsonObject Shown(EmulatedResource r) =>
        r.Collection is "instanceGroups" or "instanceGroupManagers" ? _state.Compute.Services.Groups.Show(r) : r.Json;
}
