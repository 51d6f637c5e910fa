using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>A request to Compute Engine: by whom, about which project.</summary>
internal sealed record ComputeCall(EmulatedRequest Request, EmulatedProject Project, string User)
{
    private JsonObject? _body;

    /// <summary>The JSON of the body; empty if there is none.</summary>
    public JsonObject Body => _body ??= Read();

    public Owner Owner => new(Project, User);

    public string? RequestId => Request.Parameter("requestId");

    /// <summary>The plan for the operation that this request starts, if any.</summary>
    public OperationPlan? Plan { get; init; }

    /// <summary>A parameter that the method cannot do without.</summary>
    public string Required(string parameter) => Request.Parameter(parameter) is { Length: > 0 } value
        ? value
        : throw new Refusal(GoogleErrors.Required(parameter));

    private JsonObject Read()
    {
        if (Request.Body.IsEmpty)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(Request.Body.Span) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            // The reason as the discovery document's error reference has it. ASSUMED: the text.
            throw new Refusal(Reply.Json(GoogleErrors.Create(400, "Parse Error", "parseError"), 400));
        }
    }
}

/// <summary>For whom something is made.</summary>
internal readonly record struct Owner(EmulatedProject Project, string User);

/// <summary>A request that is refused, with the answer.</summary>
internal sealed class Refusal(Reply reply) : Exception
{
    public Reply Reply { get; } = reply;
}

/// <summary>Reading members of JSON that a client sent.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value ? value.ToString() : null;

    public static bool Flag(this JsonObject json, string name) =>
        json[name] is JsonValue value && (value.GetValueKind() == JsonValueKind.True || value.ToString() == "true");

    public static int? Number(this JsonObject json, string name) =>
        int.TryParse(json.Text(name), System.Globalization.CultureInfo.InvariantCulture, out int number) ? number : null;

    public static IEnumerable<JsonObject> Objects(this JsonObject json, string name) =>
        (json[name] as JsonArray ?? []).OfType<JsonObject>();

    public static IEnumerable<string> Texts(this JsonObject json, string name) =>
        (json[name] as JsonArray ?? []).Where(i => i is not null).Select(i => i!.ToString());
}
