using System;
using System.Collections.Generic;
using System.Globalization;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>The answers of token services: small JSON objects.</summary>
internal static class SmallAnswer
{
    private const long LongestLife = 366L * 86400;

    /// <summary>The object; null where the body is none.</summary>
    public static Dictionary<string, object?>? Read(HttpReply reply) =>
        JsonText.TryRead(reply.Body, static (ref JsonCursor json) => json.Value(), out object? value) ? value as Dictionary<string, object?> : null;

    /// <summary>An access token with its life in seconds (RFC 6749, section 5.1).</summary>
    /// <exception cref="GcpException">TokenResponseInvalid or ResponseNotJson.</exception>
    public static CachedToken ReadToken(HttpReply reply, Uri address, out string? refreshToken)
    {
        if (Read(reply) is not { } fields)
        {
            throw JsonText.LooksLikeJson(reply.Body)
                ? Errors.TokenResponseInvalid(address.Authority)
                : Errors.ResponseNotJson(address.Authority, reply.ContentType);
        }

        string? token = Text(fields, "access_token");
        TimeSpan? life = Life(fields);
        string type = Text(fields, "token_type") ?? "Bearer";
        refreshToken = Text(fields, "refresh_token");
        return IsHeaderText(token) && IsHeaderText(type) && life is not null
            ? new CachedToken(token!, type, life.Value)
            : throw Errors.TokenResponseInvalid(address.Authority);
    }

    /// <summary>The field expires_in; null where it is not there or no sensible number of seconds.</summary>
    public static TimeSpan? Life(Dictionary<string, object?> fields) =>
        fields.TryGetValue("expires_in", out object? value) && Seconds(value) is long seconds and > 0 and <= LongestLife
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>True for what may stand in a header: visible ASCII and nothing else.</summary>
    public static bool IsHeaderText(string? text)
    {
        foreach (char c in text ?? string.Empty)
        {
            if (c is <= ' ' or >= (char)0x7f)
            {
                return false;
            }
        }

        return !string.IsNullOrEmpty(text);
    }

    public static string? Text(Dictionary<string, object?> fields, string name) =>
        fields.TryGetValue(name, out object? value) && value is string { Length: > 0 } text ? text : null;

    // Some services write the number as a string.
    private static long? Seconds(object? value) => value switch
    {
        long number => number,
        string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) => number,
        _ => null,
    };
}
