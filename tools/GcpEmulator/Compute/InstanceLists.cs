using System.Globalization;
using System.Text;
using System.Text.Json;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>instances.list, instances.aggregatedList and instances.get (discovery document of Compute v1).</summary>
internal sealed class InstanceLists(CloudState state)
{
    private const int MaxPage = 500; // discovery document: "Acceptable values are 0 to 500, inclusive. (Default: 500)"
    private const string Root = "https://www.googleapis.com/compute/v1/";
    private readonly PageCache _cache = new(() => state.Instances.Version);

    private sealed record Page(IReadOnlyList<EmulatedInstance> Instances, string? NextToken);

    public static Reply Get(EmulatedRequest request, CloudState state, string project, string zone, string name)
    {
        EmulatedInstance? instance = state.Instances.Find(zone, name, project)
            ?? state.Instances.All(project).FirstOrDefault(i => i.Zone == zone && i.Id.ToString(CultureInfo.InvariantCulture) == name);
        return instance is null
            ? GoogleErrors.NotFound($"The resource 'projects/{project}/zones/{zone}/instances/{name}' was not found")
            : JsonAnswer.Create(request, FieldSchemas.Instance, json => InstanceJson.Write(json, instance));
    }

    public Reply Zonal(EmulatedRequest request, string project, string zone) => _cache.Get(request, () =>
    {
        if (state.Instances.IsUnreachable(zone))
        {
            return Unreachable(zone);
        }

        Reply? wrong = Select(request, state.Instances.All(project).Where(i => i.Zone == zone), out Page page);
        return wrong ?? JsonAnswer.Create(request, FieldSchemas.Instances, json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", "compute#instanceList");
            json.WriteString("id", $"projects/{project}/zones/{zone}/instances");
            if (page.Instances.Count > 0)
            {
                json.WriteStartArray("items");
                foreach (EmulatedInstance instance in page.Instances)
                {
                    InstanceJson.Write(json, instance);
                }

                json.WriteEndArray();
            }

            WriteNext(json, page);
            json.WriteString("selfLink", $"{Root}projects/{project}/zones/{zone}/instances");
            json.WriteEndObject();
        });
    });

    public Reply Aggregated(EmulatedRequest request, string project) => _cache.Get(request, () =>
    {
        bool partial = request.Flag("returnPartialSuccess");
        string? unreachable = Places.Zones.FirstOrDefault(state.Instances.IsUnreachable);
        if (unreachable is not null && !partial)
        {
            return Unreachable(unreachable);
        }

        Reply? wrong = Select(request, state.Instances.All(project).Where(i => !state.Instances.IsUnreachable(i.Zone)), out Page page);
        return wrong ?? JsonAnswer.Create(request, FieldSchemas.AggregatedInstances, json => WriteAggregated(json, project, page));
    });

    private void WriteAggregated(Utf8JsonWriter json, string project, Page page)
    {
        ILookup<string, EmulatedInstance> byZone = page.Instances.ToLookup(i => i.Zone);
        json.WriteStartObject();
        json.WriteString("kind", "compute#instanceAggregatedList");
        json.WriteString("id", $"projects/{project}/aggregated/instances");
        json.WriteStartObject("items");
        foreach (string zone in Places.Zones)
        {
            json.WriteStartObject("zones/" + zone);
            if (state.Instances.IsUnreachable(zone))
            {
                WriteWarning(json, "UNREACHABLE", $"The scope 'zones/{zone}' is not reachable.", zone); // ASSUMED: the message
            }
            else if (!byZone.Contains(zone))
            {
                WriteWarning(json, "NO_RESULTS_ON_PAGE", $"There are no results for scope 'zones/{zone}' on this page.", zone);
            }
            else
            {
                json.WriteStartArray("instances");
                foreach (EmulatedInstance instance in byZone[zone])
                {
                    InstanceJson.Write(json, instance);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteNext(json, page);
        json.WriteString("selfLink", $"{Root}projects/{project}/aggregated/instances");
        string[] unreachables = [.. Places.Zones.Where(state.Instances.IsUnreachable)];
        if (unreachables.Length > 0)
        {
            // Discovery document: "unreachables[]: Unreachable resources." ASSUMED: written as scopes.
            json.WriteStartArray("unreachables");
            foreach (string zone in unreachables)
            {
                json.WriteStringValue("zones/" + zone);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Filter, page token and page size. Lists are in the order of zone and name; orderBy is accepted and ignored.</summary>
    private static Reply? Select(EmulatedRequest request, IEnumerable<EmulatedInstance> all, out Page page)
    {
        page = new([], null);
        int size = MaxPage;
        if (request.Parameter("maxResults") is string max && (!int.TryParse(max, out size) || size is < 0 or > MaxPage))
        {
            // ASSUMED: the text
            return GoogleErrors.Invalid($"Invalid value for field 'maxResults': '{max}'. Value must be less than or equal to {MaxPage}");
        }

        size = size == 0 ? MaxPage : size;
        if (request.Parameter("filter") is { Length: > 0 } text)
        {
            if (Filter.Parse(text) is not Func<JsonElement, bool> condition)
            {
                return GoogleErrors.Invalid($"Invalid value for field 'filter': '{text}'. Invalid list filter expression.");
            }

            all = all.Where(i => Matches(i, condition));
        }

        if (request.Parameter("pageToken") is { Length: > 0 } token)
        {
            if (!Base64Url.TryDecode(token, out byte[] bytes) || Encoding.UTF8.GetString(bytes).Split('/') is not [string zone, string name])
            {
                return GoogleErrors.Invalid($"Invalid value for field 'pageToken': '{token}'."); // ASSUMED: the text
            }

            all = all.SkipWhile(i => string.CompareOrdinal(i.Zone, zone) is int order
                && (order < 0 || (order == 0 && string.CompareOrdinal(i.Name, name) <= 0)));
        }

        List<EmulatedInstance> taken = [.. all.Take(size + 1)];
        string? next = null;
        if (taken.Count > size)
        {
            taken.RemoveAt(size);
            next = Base64Url.Encode(Encoding.UTF8.GetBytes(taken[^1].Zone + "/" + taken[^1].Name));
        }

        page = new(taken, next);
        return null;
    }

    private static bool Matches(EmulatedInstance instance, Func<JsonElement, bool> condition)
    {
        using JsonDocument document = JsonDocument.Parse(JsonAnswer.Render(json => InstanceJson.Write(json, instance)));
        return condition(document.RootElement);
    }

    private static void WriteNext(Utf8JsonWriter json, Page page)
    {
        if (page.NextToken is not null)
        {
            json.WriteString("nextPageToken", page.NextToken);
        }
    }

    private static void WriteWarning(Utf8JsonWriter json, string code, string message, string zone)
    {
        json.WriteStartObject("warning");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteStartArray("data");
        json.WriteStartObject();
        json.WriteString("key", "scope");
        json.WriteString("value", "zones/" + zone);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // ASSUMED: without returnPartialSuccess a list that cannot reach a zone fails as a whole, with a server error.
    private static Reply Unreachable(string zone) =>
        Reply.Json(GoogleErrors.Create(503, $"The zone '{zone}' is currently unavailable. Please try again later.", "backendError"), 503);
}
