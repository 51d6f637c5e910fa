using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>The set methods of an instance. The caller holds the gate of the operations.</summary>
internal sealed class InstanceSetters(CloudState state, Changes changes)
{
    private const int MaxValue = 262144;

    public Reply Metadata(ComputeCall call, EmulatedInstance i)
    {
        if (call.Body.Text("fingerprint") != InstanceParts.MetadataFingerprint(i))
        {
            throw ComputeErrors.Conflict("Supplied fingerprint does not match current metadata fingerprint.");
        }

        ImmutableSortedDictionary<string, string> items = ReadMetadata(call.Body, "items");
        return changes.Begin(call, i, "setMetadata", new OperationWork(
            Begin: () => changes.Set(i, x => x with { Metadata = items }),
            End: () => state.Compute.Agent.Notice(i),
            Undo: () => changes.Set(i, x => x with { Metadata = i.Metadata })));
    }

    public Reply Labels(ComputeCall call, EmulatedInstance i)
    {
        if (call.Body.Text("labelFingerprint") != InstanceParts.LabelFingerprint(i))
        {
            throw ComputeErrors.Conflict("Labels fingerprint either invalid or resource labels have changed");
        }

        ImmutableSortedDictionary<string, string> labels = ReadLabels(call.Body, "labels");
        return changes.Begin(call, i, "setLabels", new OperationWork(
            Begin: () => changes.Set(i, x => x with { Labels = labels }),
            Undo: () => changes.Set(i, x => x with { Labels = i.Labels })));
    }

    public Reply Tags(ComputeCall call, EmulatedInstance i)
    {
        if (call.Body.Text("fingerprint") != InstanceParts.TagsFingerprint(i))
        {
            throw ComputeErrors.Conflict("Supplied fingerprint does not match current tags fingerprint."); // ASSUMED: the text
        }

        ImmutableArray<string> tags = [.. call.Body.Texts("items")];
        foreach (string tag in tags.Where(t => !InstanceNames.IsName(t)))
        {
            throw ComputeErrors.InvalidValue("tags.items[0]", tag, "Must be a match of regex '" + InstanceNames.Pattern + "'");
        }

        return changes.Begin(call, i, "setTags", new OperationWork(
            Begin: () => changes.Set(i, x => x with { Tags = tags }),
            Undo: () => changes.Set(i, x => x with { Tags = i.Tags })));
    }

    /// <summary>"Changes the machine type for a stopped instance" (discovery document).</summary>
    public Reply MachineType(ComputeCall call, EmulatedInstance i)
    {
        string type = MachineTypes.Check(call.Body.Text("machineType") ?? string.Empty, i.Zone);
        if (i.Status != "TERMINATED")
        {
            throw ComputeErrors.InvalidUsage("Instance should be in the STOPPED state."); // terraform-provider-google#7101; ASSUMED for this method
        }

        return changes.Begin(call, i, "setMachineType", new OperationWork(
            Begin: () => changes.Set(i, x => x with { MachineType = type }),
            Undo: () => changes.Set(i, x => x with { MachineType = i.MachineType })));
    }

    public Reply ServiceAccount(ComputeCall call, EmulatedInstance i)
    {
        if (i.Status != "TERMINATED")
        {
            // The text as the Cloud SDK's own tests have it. ASSUMED: the reason.
            throw ComputeErrors.Create(400, "The instance must be stopped before the service account can be changed.", "badRequest");
        }

        ImmutableArray<AttachedAccount> accounts = call.Body.Text("email") is { Length: > 0 } email
            ? [Attach(call.Owner, email, call.Body.Texts("scopes"))]
            : [];
        return changes.Begin(call, i, "setServiceAccount", new OperationWork(
            Begin: () => changes.Set(i, x => x with { ServiceAccounts = accounts }),
            Undo: () => changes.Set(i, x => x with { ServiceAccounts = i.ServiceAccounts })));
    }

    public Reply DeletionProtection(ComputeCall call, EmulatedInstance i)
    {
        // Discovery document: the parameter's default is true.
        bool on = !string.Equals(call.Request.Parameter("deletionProtection"), "false", StringComparison.OrdinalIgnoreCase);
        return changes.Begin(call, i, "setDeletionProtection", new OperationWork(
            Begin: () => changes.Set(i, x => x with { DeletionProtection = on }),
            Undo: () => changes.Set(i, x => x with { DeletionProtection = i.DeletionProtection })));
    }

    public Reply Scheduling(ComputeCall call, EmulatedInstance i) => Member(call, i, "setScheduling", "scheduling", call.Body);

    /// <summary>Sets a whole member of the instance's JSON.</summary>
    public Reply Member(ComputeCall call, EmulatedInstance i, string type, string member, JsonNode value) =>
        changes.Begin(call, i, type, new OperationWork(
            Begin: () => changes.Set(i, x => InstanceDisks.With(x, member, value.DeepClone())),
            Undo: () => changes.Set(i, x => InstanceDisks.With(x, member, i.Extra?[member]?.DeepClone()))));

    /// <summary>A service account for an instance, if the caller may act as it.</summary>
    public AttachedAccount Attach(Owner owner, string email, IEnumerable<string> scopes)
    {
        email = email == "default" ? owner.Project.DefaultServiceAccount : email;
        if (!state.Compute.Access.MayActAs(email))
        {
            throw new Refusal(Reply.Json(GoogleErrors.ServiceAccountAccessDenied(email, owner.User), 403));
        }

        state.ServiceAccounts.GetOrAdd(email);
        return new AttachedAccount(email, ["default"], [.. scopes]);
    }

    public static ImmutableSortedDictionary<string, string> ReadMetadata(JsonObject json, string member)
    {
        ImmutableSortedDictionary<string, string>.Builder items = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (JsonObject item in json.Objects(member))
        {
            string key = item.Text("key") ?? string.Empty;
            if (key.Length is 0 or > 128 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                // Discovery document: keys conform to [a-zA-Z0-9-_]+ and are less than 128 bytes.
                throw ComputeErrors.InvalidValue("metadata.items[0].key", key, "Must be a match of regex '[a-zA-Z0-9-_]{1,128}'");
            }

            if ((item.Text("value") ?? string.Empty).Length is > MaxValue and int length)
            {
                // "262144 bytes (256 KiB)" (discovery document); the text as public reports have it.
                throw ComputeErrors.Create(400, string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"Value for field 'metadata.items[{items.Count}].value' is too large: maximum size {MaxValue} character(s); actual size {length}."), "invalid");
            }

            if (!items.TryAdd(key, item.Text("value") ?? string.Empty))
            {
                throw ComputeErrors.InvalidValue("metadata", key, "Metadata has duplicate key: " + key); // ASSUMED: the text
            }
        }

        return items.ToImmutable();
    }

    public static ImmutableSortedDictionary<string, string> ReadLabels(JsonObject json, string member)
    {
        ImmutableSortedDictionary<string, string>.Builder labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach ((string key, JsonNode? value) in json[member] as JsonObject ?? [])
        {
            if (key.Any(char.IsAsciiLetterUpper) || key.Length is 0 or > 63)
            {
                // Text as public reports have it: "Label key 'X' violates format constraints. The key must start with a lowercase character ..."
                throw ComputeErrors.InvalidValue("labels", string.Empty, $"Label key '{key}' violates format constraints. The key must start with a lowercase "
                    + "character, can only contain lowercase letters, numeric characters, underscores and dashes.");
            }

            labels[key] = value?.ToString() ?? string.Empty;
        }

        return labels.ToImmutable();
    }
}

/// <summary>Names of resources: RFC 1035 labels (discovery document: the pattern of a name).</summary>
internal static partial class InstanceNames
{
    public const string Pattern = "(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)";

    public static bool IsName(string name) => Name().IsMatch(name);

    public static string Check(string? name)
    {
        string text = name ?? string.Empty;
        return IsName(text) ? text : throw ComputeErrors.InvalidValue("resource.name", text, "Must be a match of regex '" + Pattern + "'");
    }

    [System.Text.RegularExpressions.GeneratedRegex("^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial System.Text.RegularExpressions.Regex Name();
}
