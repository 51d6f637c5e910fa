using System.Text.Json;
using System.Text.Json.Nodes;

namespace GcpEmulator.Control;

/// <summary>A fault from JSON: the members of <see cref="Fault"/> in camelCase, <c>delayMs</c> for the delay; body is text or JSON.</summary>
internal static class FaultJson
{
    public static Fault Read(JsonObject json)
    {
        foreach ((string name, _) in json)
        {
            if (Array.IndexOf(Names, name) < 0)
            {
                throw new FormatException($"'{name}' is not a member of a fault. Members: {string.Join(", ", Names)}.");
            }
        }

        return new Fault
        {
            PathPattern = Text(json, "pathPattern") ?? "*",
            QueryPattern = Text(json, "queryPattern"),
            Method = Text(json, "method"),
            Skip = Number(json, "skip") ?? 0,
            Times = Number(json, "times") ?? 0,
            Status = Number(json, "status"),
            Body = json["body"] is JsonObject or JsonArray ? json["body"]!.ToJsonString() : Text(json, "body"),
            ContentType = Text(json, "contentType"),
            Headers = json["headers"] is JsonObject headers ? headers.ToDictionary(h => h.Key, h => h.Value?.ToString() ?? string.Empty) : null,
            OmitFlavor = Flag(json, "omitFlavor"),
            Flavor = Text(json, "flavor"),
            Delay = Number(json, "delayMs") is int delay ? TimeSpan.FromMilliseconds(delay) : null,
            Hang = Flag(json, "hang"),
            Drop = Flag(json, "drop"),
            TruncateAfter = Long(json, "truncateAfter"),
            ResetAfter = Long(json, "resetAfter"),
            CorruptAt = Long(json, "corruptAt"),
            BytesPerSecond = Number(json, "bytesPerSecond"),
            ResetRequestAfter = Long(json, "resetRequestAfter"),
            CorruptRequestAt = Long(json, "corruptRequestAt"),
            LoseAnswer = Flag(json, "loseAnswer"),
            ForgetBytes = Long(json, "forgetBytes"),
            LoseSession = Flag(json, "loseSession"),
            Service = Text(json, "service") is not string service ? null
                : Enum.TryParse(service, ignoreCase: true, out EmulatedService known) ? known
                : throw new FormatException($"'{service}' is no service."),
        };
    }

    /// <summary>{"seed": 1, "rate": 0.01, "kinds": ["reset"], "pathPattern": "*", "limit": 1000}; kinds, pathPattern and limit may be missing.</summary>
    public static RandomFaults ReadRandom(JsonObject json) => new(
        Number(json, "seed") ?? 0, json["rate"]?.GetValue<double>() ?? throw new FormatException("'rate' is missing."))
    {
        Kinds = json["kinds"] is JsonArray kinds
            ? [.. kinds.Select(k => Enum.TryParse(k?.ToString(), ignoreCase: true, out RandomFaultKind kind) ? kind : throw new FormatException($"'{k}' is no kind."))]
            : Enum.GetValues<RandomFaultKind>(),
        PathPattern = Text(json, "pathPattern") ?? "*",
        Limit = Number(json, "limit") ?? int.MaxValue,
    };

    public static JsonObject Write(Fault fault) => new()
    {
        ["pathPattern"] = fault.PathPattern,
        ["queryPattern"] = fault.QueryPattern,
        ["method"] = fault.Method,
        ["skip"] = fault.Skip,
        ["times"] = fault.Times,
        ["status"] = fault.Status,
        ["hits"] = fault.Hits,
    };

    private static readonly string[] Names =
    [
        "pathPattern", "queryPattern", "method", "skip", "times", "status", "body", "contentType", "headers", "omitFlavor", "flavor",
        "delayMs", "hang", "drop", "truncateAfter", "resetAfter", "corruptAt", "bytesPerSecond", "resetRequestAfter", "corruptRequestAt",
        "loseAnswer", "forgetBytes", "loseSession", "service",
    ];

    private static string? Text(JsonObject json, string name) => json[name]?.ToString();

    private static int? Number(JsonObject json, string name) => json[name] is null ? null
        : json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number) ? number
        : throw new FormatException($"'{name}' must be a whole number.");

    private static long? Long(JsonObject json, string name) => json[name] is null ? null
        : json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long number) ? number
        : throw new FormatException($"'{name}' must be a whole number.");

    private static bool Flag(JsonObject json, string name) => json[name] is null ? false
        : json[name]!.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new FormatException($"'{name}' must be true or false."),
        };
}
