using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>What must be true of an object for a request to go on ("Request preconditions" documentation).</summary>
internal readonly record struct Preconditions(long? Generation, long? NotGeneration, long? Metageneration, long? NotMetageneration)
{
    public bool IsEmpty => this == default;

    public static Preconditions Read(EmulatedRequest request, string prefix = "if") => new(
        Number(request, prefix + "GenerationMatch"), Number(request, prefix + "GenerationNotMatch"),
        Number(request, prefix + "MetagenerationMatch"), Number(request, prefix + "MetagenerationNotMatch"));

    /// <summary>The XML API's headers of the same meaning; ASSUMED: there is no header for "not".</summary>
    public static Preconditions ReadHeaders(EmulatedRequest request) => new(
        Header(request, "x-goog-if-generation-match"), null, Header(request, "x-goog-if-metageneration-match"), null);

    public static Preconditions Read(JsonObject? json) =>
        json?["ifGenerationMatch"] is JsonNode match && long.TryParse(match.ToString(), out long generation)
            ? new(generation, null, null, null)
            : default;

    /// <summary>Throws 412 unless all hold. No object has generation 0.</summary>
    public void Check(StoredObject? o)
    {
        if (!Match(o) || IsUnwanted(o))
        {
            throw StorageException.ConditionNotMet();
        }
    }

    /// <summary>For reading: 412 where a match fails, 304 where a not-match does.</summary>
    public void CheckRead(StoredObject o)
    {
        if (!Match(o))
        {
            throw StorageException.ConditionNotMet();
        }

        if (IsUnwanted(o))
        {
            throw new StorageException(Reply.Empty(304));
        }
    }

    public static long? Number(EmulatedRequest request, string name)
    {
        if (request.Parameter(name) is not { Length: > 0 } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new StorageException(GoogleErrors.InvalidParameter($"Invalid long value: '{text}'.", name)); // ASSUMED: the text
    }

    private static long? Header(EmulatedRequest request, string name) =>
        long.TryParse(request.Header(name), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private bool Match(StoredObject? o) =>
        (Generation is not long g || g == (o?.Generation ?? 0))
        && (Metageneration is not long m || m == (o?.Metageneration ?? 0));

    private bool IsUnwanted(StoredObject? o) =>
        (NotGeneration is long g && g == (o?.Generation ?? 0))
        || (NotMetageneration is long m && m == (o?.Metageneration ?? 0));
}
