using System;
using System.Collections.Generic;
using System.Text;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>credential_source.format: the subject token is the whole text, or one field of a JSON object (AIP-4117).</summary>
internal sealed class TokenFormat
{
    private readonly string? _field;

    private TokenFormat(string? field) => _field = field;

    public static TokenFormat From(FileFields source)
    {
        FileFields? format = source.Object("format");
        return format?.Text("type") switch
        {
            null or "text" => new TokenFormat(null),
            "json" => new TokenFormat(format.Demand("subject_token_field_name")),
            _ => throw format.Invalid("type", "it is neither 'text' nor 'json'"),
        };
    }

    /// <summary>Takes the token out of a file's content or an answer's body.</summary>
    /// <param name="content">What was read.</param>
    /// <param name="place">For people: where.</param>
    public SubjectToken Read(ArraySegment<byte> content, string place)
    {
        if (_field is null)
        {
            // Editors and echo end a file with a newline, which is no part of the token.
            string text = Encoding.UTF8.GetString(content.Array!, content.Offset, content.Count).TrimStart('\uFEFF').TrimEnd('\r', '\n');
            return text.Trim().Length > 0 ? new SubjectToken(text) : throw Errors.SubjectTokenUnreadable(place, "it is empty.");
        }

        if (!JsonText.TryRead(content, static (ref JsonCursor json) => json.Value(), out object? value)
            || value is not Dictionary<string, object?> fields)
        {
            throw Errors.SubjectTokenUnreadable(place, "it is not a JSON object.");
        }

        return fields.TryGetValue(_field, out object? token) && token is string { Length: > 0 } found
            ? new SubjectToken(found)
            : throw Errors.SubjectTokenUnreadable(place, "it has no text field '" + _field + "'.");
    }
}
