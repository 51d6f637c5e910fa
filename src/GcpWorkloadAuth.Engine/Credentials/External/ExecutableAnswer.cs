using System;
using System.Collections.Generic;
using System.Globalization;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>What an executable source writes, or its output file holds (AIP-4117, "Determining the subject token in executable-sourced").</summary>
internal sealed class ExecutableAnswer
{
    private const long LatestVersion = 1;
    private const string Saml = "urn:ietf:params:oauth:token-type:saml2";
    private static readonly string[] s_idTokens = ["urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token"];

    private readonly Dictionary<string, object?> _fields;

    private ExecutableAnswer(Dictionary<string, object?> fields) => _fields = fields;

    /// <summary>The answer; null where the text is no JSON object.</summary>
    public static ExecutableAnswer? Parse(ArraySegment<byte> text) =>
        JsonText.TryRead(text, static (ref JsonCursor json) => json.Value(), out object? value) && value is Dictionary<string, object?> fields
            ? new ExecutableAnswer(fields)
            : null;

    /// <summary>True where it says until when its token is good, and that lies ahead: such an answer may be used again.</summary>
    public bool IsKept => Expires is { } end && end > Now && _fields.TryGetValue("success", out object? success) && success is true;

    /// <summary>The token.</summary>
    /// <param name="program">For people: who answered.</param>
    /// <exception cref="GcpException">ExecutableAnswerInvalid, or ExecutableRefused where the program itself reports a failure.</exception>
    public SubjectToken Read(string program)
    {
        long version = _fields.TryGetValue("version", out object? number) && number is long given ? given
            : throw Errors.ExecutableAnswerInvalid(program, "it has no number 'version'.");
        if (version is > LatestVersion or < 0)
        {
            throw Errors.ExecutableAnswerInvalid(program, FormattableString.Invariant($"its version {version} is not known."));
        }

        bool success = _fields.TryGetValue("success", out object? flag) && flag is bool truth ? truth
            : throw Errors.ExecutableAnswerInvalid(program, "it has no 'success' that is true or false.");
        if (!success)
        {
            throw Failure(program);
        }

        if (_fields.TryGetValue("expiration_time", out object? time) && time is not null && Expires is not { } end)
        {
            throw Errors.ExecutableAnswerInvalid(program, "its 'expiration_time' is no number of seconds.");
        }
        else if (Expires <= Now)
        {
            throw Errors.ExecutableAnswerInvalid(program, "its token has expired.");
        }

        string type = SmallAnswer.Text(_fields, "token_type") ?? throw Errors.ExecutableAnswerInvalid(program, "it has no 'token_type'.");
        string? field = type == Saml ? "saml_response" : Array.IndexOf(s_idTokens, type) >= 0 ? "id_token" : null;
        if (field is null)
        {
            throw Errors.ExecutableAnswerInvalid(program, "its 'token_type' is not known.");
        }

        return SmallAnswer.Text(_fields, field) is { } token
            ? new SubjectToken(token)
            : throw Errors.ExecutableAnswerInvalid(program, "it has no '" + field + "'.");
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    // Seconds since 1970.
    private long? Expires => _fields.TryGetValue("expiration_time", out object? value)
        ? value switch
        {
            long seconds => seconds,
            double seconds when seconds is > 0 and < 1e12 => (long)seconds,
            _ => null,
        }
        : null;

    private GcpException Failure(string program)
    {
        string? code = Word("code");
        string? message = Word("message");
        return code is null || message is null
            ? Errors.ExecutableAnswerInvalid(program, "it reports a failure without 'code' and 'message'.")
            : Errors.ExecutableRefused(program, Refusals.OneLine(code, 60), Refusals.OneLine(message, 300));
    }

    private string? Word(string name) => _fields.TryGetValue(name, out object? value)
        ? value as string ?? (value as long?)?.ToString(CultureInfo.InvariantCulture)
        : null;
}
