using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// What the Security Token Service and the IAM Credentials API mean when they refuse. The first answers in OAuth's form (RFC 6749,
/// section 5.2), or like the second in Google's (AIP-193).
/// </summary>
internal static class Refusals
{
    private const int LongestText = 500;

    /// <summary>The failure with the HTTP status, and Google's own reason.</summary>
    public static GcpException WithStatus(GcpException failure, int status, string? reason = null)
    {
        failure.StatusCode = status;
        failure.Reason = reason;
        return failure;
    }

    /// <summary>A refusal of the Security Token Service.</summary>
    /// <param name="reply">Not a success.</param>
    /// <param name="address">Where it came from.</param>
    /// <param name="source">The credential, for people.</param>
    /// <param name="secrets">What must not be repeated where the service quotes it.</param>
    public static GcpException OfSts(HttpReply reply, Uri address, string source, IReadOnlyList<string?> secrets)
    {
        if (Common(reply, address) is { } common)
        {
            return common;
        }

        (string? error, string? description) = Read(reply);
        string text = Clean(description, secrets);
        return error is null
            ? WithStatus(Errors.RequestFailed(address.Authority, reply.Status, text), reply.Status)
            : WithStatus(Errors.FederationRefused(source, Clean(error, secrets), text), reply.Status, Clean(error, secrets));
    }

    /// <summary>A refusal to renew a federated sign-in.</summary>
    public static GcpException OfRefresh(HttpReply reply, Uri address, string source, IReadOnlyList<string?> secrets)
    {
        if (Common(reply, address) is { } common)
        {
            return common;
        }

        (string? error, string? description) = Read(reply);
        string text = Clean(description, secrets);
        return error is "invalid_grant"
            ? WithStatus(Errors.FederatedSignInEnded(source, text), reply.Status, error)
            : OfSts(reply, address, source, secrets);
    }

    /// <summary>A refusal of generateAccessToken.</summary>
    public static GcpException OfServiceAccount(HttpReply reply, Uri address, string account, IReadOnlyList<string?> secrets)
    {
        if (Common(reply, address) is { } common)
        {
            return common;
        }

        (string? status, string? message) = Read(reply);
        string text = Clean(message, secrets);
        string? reason = status is null ? null : Clean(status, secrets);
        return reply.Status is 403 or 404
            ? WithStatus(Errors.FederatedImpersonationDenied(account, text), reply.Status, reason)
            : WithStatus(Errors.RequestFailed(address.Authority, reply.Status, text), reply.Status, reason);
    }

    /// <summary>Text of another party as it may be shown: without the secrets, in one line, not too long.</summary>
    public static string Clean(string? text, IReadOnlyList<string?> secrets)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "no reason given";
        }

        string clean = text!;
        foreach (string? secret in secrets)
        {
            if (secret is { Length: >= 4 })
            {
                // Escaped too, where that is not too long for .NET Framework (65519 characters).
                clean = clean.Replace(secret, "***");
                clean = secret.Length < 20000 ? clean.Replace(Uri.EscapeDataString(secret), "***") : clean;
            }
        }

        return OneLine(clean, LongestText);
    }

    /// <summary>Text as it may be shown: nothing that looks like a token, no control characters, not too long.</summary>
    public static string OneLine(string text, int longest)
    {
        string hidden = TokenShapes.Hide(text);
        char[] line = (hidden.Length > longest ? hidden.Substring(0, longest) + "..." : hidden).ToCharArray();
        for (int i = 0; i < line.Length; i++)
        {
            line[i] = char.IsControl(line[i]) ? ' ' : line[i];
        }

        return new string(line);
    }

    /// <summary>What a refusal says for people, as it may be shown.</summary>
    public static string Description(HttpReply reply, IReadOnlyList<string?> secrets) => Clean(Read(reply).Description, secrets);

    private static GcpException? Common(HttpReply reply, Uri address)
    {
        if (reply.IsRedirect)
        {
            return WithStatus(
                Errors.RedirectRefused(address.Authority, reply.LocationFrom(address)?.Authority ?? "?"), reply.Status);
        }

        return JsonText.LooksLikeJson(reply.Body) ? null : WithStatus(Errors.ResponseNotJson(address.Authority, reply.ContentType), reply.Status);
    }

    // {"error":"invalid_target","error_description":"..."} or {"error":{"code":403,"message":"...","status":"PERMISSION_DENIED"}}
    private static (string? Error, string? Description) Read(HttpReply reply)
    {
        if (SmallAnswer.Read(reply) is not { } fields)
        {
            return (null, null);
        }

        if (fields.TryGetValue("error", out object? error) && error is Dictionary<string, object?> google)
        {
            return (Text(google, "status"), Text(google, "message"));
        }

        return (error as string, Text(fields, "error_description"));
    }

    private static string? Text(Dictionary<string, object?> fields, string name) =>
        fields.TryGetValue(name, out object? value) ? value as string : null;
}
