using System.Text;
using System.Text.Json;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>
/// list and aggregatedList of any collection: filter, pages, warnings of scopes without results and of scopes that cannot be reached.
/// Items come in the order of scope and name; orderBy is accepted and ignored.
/// </summary>
internal sealed class Listing<T>(
    string collection, string kind, Func<T, string> scope, Func<T, string> name, Action<Utf8JsonWriter, T> write, InstanceStore reach)
{
    private const int MaxPage = 500; // discovery document: "Acceptable values are 0 to 500, inclusive. (Default: 500)"

    /// <summary>What fields= may name in a list; null for anything.</summary>
    public FieldSelection? FlatSchema { get; init; }

    /// <summary>What fields= may name in an aggregated list; null for anything.</summary>
    public FieldSelection? AggregatedSchema { get; init; }

    /// <summary>The member that holds the items; the managed instances of a group have their own.</summary>
    public string Member { get; init; } = "items";

    private sealed record Page(IReadOnlyList<T> Items, string? NextToken);

    /// <summary>Zones and regions: a list of the project itself.</summary>
    public Reply Project(EmulatedRequest request, string project, IEnumerable<T> all) => List(request, $"projects/{project}/{collection}", all);

    public Reply Flat(EmulatedRequest request, string project, string place, IEnumerable<T> all) => IsUnreachable(place)
        ? Unreachable(place)
        : List(request, $"projects/{project}/{place}/{collection}", all);

    private Reply List(EmulatedRequest request, string id, IEnumerable<T> all)
    {
        Reply? wrong = Select(request, all, out Page page);
        return wrong ?? JsonAnswer.Create(request, FlatSchema, json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", kind + "List");
            json.WriteString("id", id);
            if (page.Items.Count > 0)
            {
                WriteItems(json, Member, page.Items);
            }

            WriteNext(json, page);
            json.WriteString("selfLink", ComputeUrls.Root + id);
            json.WriteEndObject();
        });
    }

    public Reply Aggregated(EmulatedRequest request, string project, IReadOnlyList<string> scopes, IEnumerable<T> all)
    {
        string[] unreachable = [.. scopes.Where(IsUnreachable)];
        if (unreachable.Length > 0 && !request.Flag("returnPartialSuccess"))
        {
            return Unreachable(unreachable[0]);
        }

        Reply? wrong = Select(request, all.Where(i => unreachable.Length == 0 || !unreachable.Contains(scope(i))), out Page page);
        return wrong ?? JsonAnswer.Create(request, AggregatedSchema, json => WriteAggregated(json, project, scopes, unreachable, page));
    }

    private void WriteAggregated(Utf8JsonWriter json, string project, IReadOnlyList<string> scopes, string[] unreachable, Page page)
    {
        ILookup<string, T> byScope = page.Items.ToLookup(scope);
        json.WriteStartObject();
        json.WriteString("kind", kind + "AggregatedList");
        json.WriteString("id", $"projects/{project}/aggregated/{collection}");
        json.WriteStartObject("items");
        foreach (string place in scopes)
        {
            json.WriteStartObject(place);
            if (unreachable.Contains(place))
            {
                WriteWarning(json, "UNREACHABLE", $"The scope '{place}' is not reachable.", place); // ASSUMED: the message
            }
            else if (!byScope.Contains(place))
            {
                WriteWarning(json, "NO_RESULTS_ON_PAGE", $"There are no results for scope '{place}' on this page.", place);
            }
            else
            {
                WriteItems(json, collection, byScope[place]);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteNext(json, page);
        json.WriteString("selfLink", $"{ComputeUrls.Root}projects/{project}/aggregated/{collection}");

        // Discovery document: "unreachables[]: Unreachable resources." ASSUMED: written as scopes.
        InstanceJson.WriteStrings(json, "unreachables", unreachable);
        json.WriteEndObject();
    }

    private Reply? Select(EmulatedRequest request, IEnumerable<T> all, out Page page)
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
            if (!Base64Url.TryDecode(token, out byte[] bytes) || Encoding.UTF8.GetString(bytes).Split('|') is not [string afterScope, string afterName])
            {
                return GoogleErrors.Invalid($"Invalid value for field 'pageToken': '{token}'."); // ASSUMED: the text
            }

            all = all.SkipWhile(i => string.CompareOrdinal(scope(i), afterScope) is int order
                && (order < 0 || (order == 0 && string.CompareOrdinal(name(i), afterName) <= 0)));
        }

        List<T> taken = [.. all.Take(size + 1)];
        string? next = null;
        if (taken.Count > size)
        {
            taken.RemoveAt(size);
            next = Base64Url.Encode(Encoding.UTF8.GetBytes(scope(taken[^1]) + "|" + name(taken[^1])));
        }

        page = new(taken, next);
        return null;
    }

    private bool Matches(T item, Func<JsonElement, bool> condition)
    {
        using JsonDocument document = JsonDocument.Parse(JsonAnswer.Render(json => write(json, item)));
        return condition(document.RootElement);
    }

    private void WriteItems(Utf8JsonWriter json, string member, IEnumerable<T> items)
    {
        json.WriteStartArray(member);
        foreach (T item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    private static void WriteNext(Utf8JsonWriter json, Page page)
    {
        if (page.NextToken is not null)
        {
            json.WriteString("nextPageToken", page.NextToken);
        }
    }

    private static void WriteWarning(Utf8JsonWriter json, string code, string message, string place)
    {
        json.WriteStartObject("warning");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteStartArray("data");
        json.WriteStartObject();
        json.WriteString("key", "scope");
        json.WriteString("value", place);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private bool IsUnreachable(string place) => place.StartsWith("zones/", StringComparison.Ordinal) && reach.IsUnreachable(place[6..]);

    // ASSUMED: without returnPartialSuccess a list that cannot reach a zone fails as a whole, with a server error.
    private static Reply Unreachable(string place) => Reply.Json(
        GoogleErrors.Create(503, $"The zone '{ComputeUrls.LastPart(place)}' is currently unavailable. Please try again later.", "backendError"), 503);
}
