using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>instanceGroups and instanceGroupManagers, zonal and regional.</summary>
internal sealed class GroupsApi(CloudState state, Changes changes, ResourcesApi resources, ManagedGroups groups)
{
    private const string Managers = "instanceGroupManagers";

    public Reply Get(ComputeCall call, ComputeMethod method, string name)
    {
        EmulatedResource found = Find(call, method, name);
        JsonObject json = Show(found);
        return JsonAnswer.Create(call.Request, ComputeFields.Of(method.Collection), writer => json.WriteTo(writer));
    }

    /// <summary>A group with the numbers that follow from its members.</summary>
    public JsonObject Show(EmulatedResource found)
    {
        JsonObject json = (JsonObject)found.Json.DeepClone();
        int members = Members(found).Length;
        if (found.Collection == Managers)
        {
            int missing = Math.Max(0, (json.Number("targetSize") ?? 0) - members);
            json["currentActions"] = new JsonObject
            {
                ["none"] = members,
                ["creating"] = missing,
                ["deleting"] = 0,
                ["recreating"] = 0,
                ["restarting"] = 0,
                ["abandoning"] = 0,
                ["refreshing"] = 0,
                ["verifying"] = 0,
                ["creatingWithoutRetries"] = 0,
            };
            json["status"] = new JsonObject { ["isStable"] = missing == 0, ["versionTarget"] = new JsonObject { ["isReached"] = true } };
        }
        else
        {
            json["size"] = members;
        }

        return json;
    }

    public Reply? Read(ComputeCall call, ComputeMethod method)
    {
        EmulatedResource found = Find(call, method, method.Name!);
        return (method.Collection, method.Verb) switch
        {
            (Managers, "listManagedInstances") => Page(call, found, "managedInstances", "managedInstances", ComputeFields.ListOf("managedInstances", "managedInstances"), Managed(found)),
            (Managers, "listErrors") => Page(call, found, "items", "errors", null, Errors(found)),
            ("instanceGroups", "listInstances") => Page(call, found, "items", "instances", null, Listed(call, found)),
            _ => null,
        };
    }

    public Reply? Change(ComputeCall call, ComputeMethod method)
    {
        if (method.Verb == "insert")
        {
            return Insert(call, method);
        }

        EmulatedResource found = Find(call, method, method.Name!);
        return (method.Collection, method.Verb) switch
        {
            (Managers, "resize") => Resize(call, found),
            (Managers, "recreateInstances") => Members(call, found, method.Verb, i => groups.Recreate(found, i), 0),
            (Managers, "deleteInstances") => Members(call, found, method.Verb, groups.Delete, -1),
            (Managers, "abandonInstances") => Members(call, found, method.Verb, i => changes.Set(i, x => x with { Metadata = x.Metadata.Remove("created-by") }), -1),
            (Managers, "applyUpdatesToInstances") => Members(call, found, method.Verb, i => groups.Recreate(found, i), 0),
            (Managers, "delete") => changes.Begin(call, found, "delete", new OperationWork(End: () => Delete(found))),
            ("instanceGroups", "addInstances" or "removeInstances") => SetUnmanaged(call, found, method.Verb == "addInstances"),
            _ => resources.Change(call, method.Scope, method.Collection, method.Name!, method.Verb),
        };
    }

    private EmulatedResource Find(ComputeCall call, ComputeMethod method, string name) =>
        state.Compute.Resources.Find(method.Collection, method.Scope, name, call.Project.Id)
        ?? throw ComputeErrors.NotFound($"projects/{call.Project.Id}/{method.Scope}/{method.Collection}/{name}");

    private Reply? Insert(ComputeCall call, ComputeMethod method)
    {
        if (method.Collection != Managers)
        {
            return resources.Insert(call, method.Scope, method.Collection);
        }

        string name = InstanceNames.Check(call.Body.Text("name"));
        if (state.Compute.Resources.Find(Managers, method.Scope, name, call.Project.Id) is not null)
        {
            throw ComputeErrors.Exists($"projects/{call.Project.Id}/{method.Scope}/{Managers}/{name}");
        }

        EmulatedResource made = groups.Create(call.Project.Id, method.Scope, name, call.Body);
        return changes.Begin(call, made, "insert", new OperationWork(End: () => groups.Resize(made, call.User), Undo: () => Delete(made)));
    }

    // "The operation is marked as DONE when the resize actions are scheduled" (discovery document): here they are also done by then.
    private Reply Resize(ComputeCall call, EmulatedResource found)
    {
        string text = call.Required("size");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            throw ComputeErrors.InvalidValue("size", text, "Must be greater than or equal to 0"); // ASSUMED: the text
        }

        int before = found.Json.Number("targetSize") ?? 0;
        return changes.Begin(call, found, "compute.instanceGroupManagers.resize", new OperationWork(
            Begin: () => SetSize(found, size),
            End: () => groups.Resize(found, call.User),
            Undo: () => SetSize(found, before)));
    }

    private void SetSize(EmulatedResource found, int size) =>
        state.Compute.Resources.Update(Managers, found.Scope, found.Name, json => json["targetSize"] = size, found.Project);

    private Reply Members(ComputeCall call, EmulatedResource found, string verb, Action<EmulatedInstance> each, int change)
    {
        EmulatedInstance[] members = Members(found);
        List<EmulatedInstance> named = [];
        foreach (string url in call.Body.Texts("instances"))
        {
            ResourceRef? at = ComputeUrls.Parse(url, call.Project.Id);
            named.Add(members.FirstOrDefault(m => at is { } r && m.Name == r.Name && "zones/" + m.Zone == r.Scope)
                ?? throw ComputeErrors.InvalidValue("instances[0]", url, "Instance is not a member of the managed instance group.")); // ASSUMED: the text
        }

        return changes.Begin(call, found, "compute.instanceGroupManagers." + verb, new OperationWork(End: () =>
        {
            named.ForEach(each);
            SetSize(found, Math.Max(0, (found.Json.Number("targetSize") ?? 0) + (change * named.Count)));
        }));
    }

    private void Delete(EmulatedResource found)
    {
        foreach (EmulatedInstance member in groups.MembersOf(found))
        {
            groups.Delete(member);
        }

        state.Compute.Resources.Remove(Managers, found.Scope, found.Name, found.Project);
        state.Compute.Resources.Remove("instanceGroups", found.Scope, found.Name, found.Project);
    }

    private EmulatedInstance[] Members(EmulatedResource found)
    {
        EmulatedResource? manager = found.Collection == Managers ? found
            : state.Compute.Resources.Find(Managers, found.Scope, found.Name, found.Project);
        return manager is not null ? [.. groups.MembersOf(manager)]
            : [.. groups.Unmanaged(found.SelfLink).Select(u => ComputeUrls.Parse(u!.ToString(), found.Project)!.Value)
                .Select(r => state.Instances.Find(r.Scope[6..], r.Name, r.Project)).OfType<EmulatedInstance>()];
    }

    private Reply SetUnmanaged(ComputeCall call, EmulatedResource found, bool add)
    {
        string[] urls = [.. call.Body.Objects("instances").Select(i => ComputeUrls.Root + ComputeUrls.Relative(i.Text("instance") ?? string.Empty))];
        return changes.Begin(call, found, add ? "compute.instanceGroups.addInstances" : "compute.instanceGroups.removeInstances", new OperationWork(End: () =>
        {
            JsonArray members = groups.Unmanaged(found.SelfLink);
            foreach (JsonNode old in members.Where(m => urls.Contains(m!.ToString())).ToArray()!)
            {
                members.Remove(old);
            }

            Array.ForEach(add ? urls : [], u => members.Add(u));
        }));
    }

    private IEnumerable<JsonObject> Listed(ComputeCall call, EmulatedResource found) => Members(found)
        .Where(i => call.Body.Text("instanceState") != "RUNNING" || i.Status == "RUNNING")
        .Select(i => new JsonObject { ["instance"] = InstanceJson.SelfLink(i), ["status"] = i.Status });

    // Schema ManagedInstance; one that could not be made has no instanceStatus.
    private List<JsonObject> Managed(EmulatedResource found)
    {
        Dictionary<string, OperationMessage> errors = groups.ErrorsOf(found).ToDictionary(e => e.Member, e => e.Error);
        List<JsonObject> all = [];
        foreach (EmulatedInstance i in Members(found))
        {
            JsonObject shown = new()
            {
                ["instance"] = InstanceJson.SelfLink(i),
                ["id"] = i.Id.ToString(CultureInfo.InvariantCulture),
                ["instanceStatus"] = i.Status,
                ["currentAction"] = errors.ContainsKey(i.Name) ? "RECREATING" : "NONE",
                ["version"] = new JsonObject { ["instanceTemplate"] = found.Json.Text("instanceTemplate") },
                ["name"] = i.Name,
            };
            AddError(shown, errors.GetValueOrDefault(i.Name));
            errors.Remove(i.Name);
            all.Add(shown);
        }

        foreach ((string member, OperationMessage error) in errors)
        {
            string zone = found.Scope[0] == 'z' ? found.Scope[6..] : Places.ZonesOf(found.Scope[8..]).First();
            JsonObject shown = new()
            {
                ["instance"] = ComputeUrls.Resource(found.Project, "zones/" + zone, "instances", member),
                ["currentAction"] = "CREATING",
                ["name"] = member,
            };
            AddError(shown, error);
            all.Add(shown);
        }

        return all;
    }

    private static void AddError(JsonObject shown, OperationMessage? error)
    {
        if (error is not null)
        {
            JsonObject one = new() { ["code"] = error.Code, ["message"] = error.Message ?? error.Code };
            shown["lastAttempt"] = new JsonObject { ["errors"] = new JsonObject { ["errors"] = new JsonArray(one) } };
        }
    }

    private IEnumerable<JsonObject> Errors(EmulatedResource found) => groups.ErrorsOf(found).Select(e => new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = e.Error.Code, ["message"] = e.Error.Message ?? e.Error.Code },
        ["instanceActionDetails"] = new JsonObject { ["instance"] = e.Member, ["action"] = "CREATING" },
        ["timestamp"] = InstanceJson.Time(state.Clock.GetUtcNow()),
    });

    private Reply Page(ComputeCall call, EmulatedResource found, string member, string what, FieldSelection? schema, IEnumerable<JsonObject> items)
    {
        Listing<JsonObject> listing = new(what, "compute#" + what, static _ => string.Empty,
            static o => o.Text("name") ?? o.Text("instance") ?? string.Empty, static (json, o) => o.WriteTo(json), state.Instances)
        {
            Member = member,
            FlatSchema = schema,
        };
        return listing.Flat(call.Request, found.Project, $"{found.Scope}/{found.Collection}/{found.Name}", items);
    }
}
