using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Identities;

/// <summary>
/// The claims of an identity token. They are shown, not verified: the token came from Google over a channel that was, and whoever it
/// is for verifies it.
/// </summary>
internal sealed class IdentityJwt
{
    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly Dictionary<string, object?> _claims;

    private IdentityJwt(Dictionary<string, object?> claims) => _claims = claims;

    public string? Audience => Text(_claims, "aud") ?? FirstAudience();

    public string? Issuer => Text(_claims, "iss");

    public string? Subject => Text(_claims, "sub");

    public string? Email => Text(_claims, "email");

    public DateTime? ExpiresUtc => Time(_claims, "exp");

    public DateTime? IssuedUtc => Time(_claims, "iat");

    /// <summary>google.compute_engine; null where the token has none.</summary>
    public GceIdentityInstance? Instance
    {
        get
        {
            if (Map(_claims, "google") is not { } google || Map(google, "compute_engine") is not { } claims)
            {
                return null;
            }

            return new GceIdentityInstance
            {
                ProjectId = Text(claims, "project_id"),
                ProjectNumber = Number(claims, "project_number"),
                Zone = Text(claims, "zone"),
                InstanceId = Number(claims, "instance_id"),
                InstanceName = Text(claims, "instance_name"),
                InstanceCreatedAt = Time(claims, "instance_creation_timestamp")?.ToLocalTime(),
                LicenseIds = Texts(claims, "license_id"),
            };
        }
    }

    /// <summary>The claims of a token; null where it is not three parts of which the second is a JSON object.</summary>
    public static IdentityJwt? TryRead(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3 || parts[0].Length == 0 || parts[2].Length == 0 || Decode(parts[1]) is not { } json)
        {
            return null;
        }

        bool isJson = JsonText.TryRead(new ArraySegment<byte>(json), static (ref JsonCursor cursor) => cursor.Value(), out object? value);
        return isJson && value is Dictionary<string, object?> claims ? new IdentityJwt(claims) : null;
    }

    /// <summary>A token for the cache; null where it is none, or does not say when it ends.</summary>
    public static CachedToken? ToCachedToken(string? token)
    {
        if (!CachedToken.IsToken(token) || TryRead(token!) is not { } claims || claims.ExpiresUtc is not { } end)
        {
            return null;
        }

        // Its end is told by Google's clock. It cannot live longer than it was made for, however far the local clock is behind.
        TimeSpan left = end - DateTime.UtcNow;
        TimeSpan whole = claims.IssuedUtc is { } start && end > start ? end - start : left;
        return new CachedToken(token!, "Bearer", left < whole ? left : whole);
    }

    private static byte[]? Decode(string part)
    {
        string base64 = part.Replace('-', '+').Replace('_', '/');
        try
        {
            return Convert.FromBase64String(base64 + new string('=', (4 - base64.Length % 4) % 4));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private string? FirstAudience()
    {
        List<string> all = Texts(_claims, "aud");
        return all.Count > 0 ? all[0] : null;
    }

    private static string? Text(Dictionary<string, object?> claims, string name) =>
        claims.TryGetValue(name, out object? value) ? value as string : null;

    private static Dictionary<string, object?>? Map(Dictionary<string, object?> claims, string name) =>
        claims.TryGetValue(name, out object? value) ? value as Dictionary<string, object?> : null;

    private static DateTime? Time(Dictionary<string, object?> claims, string name) =>
        claims.TryGetValue(name, out object? value) && value is long and > 0 and < 253402300800L ? s_epoch.AddSeconds((long)value) : null;

    private static ulong? Number(Dictionary<string, object?> claims, string name)
    {
        claims.TryGetValue(name, out object? value);
        return value switch
        {
            long number and >= 0 => (ulong)number,
            ulong number => number,
            string text when ulong.TryParse(text, out ulong number) => number,
            _ => null,
        };
    }

    private static List<string> Texts(Dictionary<string, object?> claims, string name)
    {
        List<string> texts = [];
        if (claims.TryGetValue(name, out object? value) && value is List<object?> list)
        {
            foreach (object? item in list)
            {
                if (item is string text)
                {
                    texts.Add(text);
                }
            }
        }

        return texts;
    }
}
