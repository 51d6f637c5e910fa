using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GcpEmulator.Http;

namespace GcpEmulator.Json;

/// <summary>
/// Turns an object into an answer: <c>fields</c> applied, indented unless <c>prettyPrint=false</c> (Google's system parameters:
/// prettyPrint is true by default).
/// </summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonWriterOptions Pretty = Compact with { Indented = true };

    public static Reply Create(EmulatedRequest request, FieldSelection? schema, Action<Utf8JsonWriter> write, int status = 200)
    {
        bool pretty = !string.Equals(request.Parameter("prettyPrint"), "false", StringComparison.OrdinalIgnoreCase);
        string? fields = request.Parameter("fields");
        if (string.IsNullOrEmpty(fields) || fields == "*")
        {
            return Reply.Json(Render(write, pretty ? Pretty : Compact), status);
        }

        FieldSelection? selection = FieldSelection.Parse(fields);
        string? unknown = selection is null ? fields : schema is null ? null : selection.FindUnknown(schema);
        if (selection is null || unknown is not null)
        {
            return GoogleErrors.InvalidParameter("Invalid field selection " + unknown, "fields");
        }

        using JsonDocument whole = JsonDocument.Parse(Render(write, Compact));
        return Reply.Json(Render(json => selection.Copy(whole.RootElement, json), pretty ? Pretty : Compact), status);
    }

    public static ReadOnlyMemory<byte> Render(Action<Utf8JsonWriter> write) => Render(write, Compact);

    private static ReadOnlyMemory<byte> Render(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        using Utf8JsonWriter json = new(buffer, options);
        write(json);
        json.Flush();
        return buffer.WrittenMemory;
    }
}
