using System;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>
/// What a token endpoint means when it refuses. The body is OAuth's own (RFC 6749, section 5.2) with Google's error_subtype; the
/// descriptions are those Google sends.
/// </summary>
internal static class TokenRefusals
{
    public static GcpException Explain(HttpReply reply, string source, string endpoint)
    {
        if (!JsonText.TryRead(reply.Body, Read, out Refusal refusal) || refusal.Error is null)
        {
            return JsonText.LooksLikeJson(reply.Body)
                ? WithStatus(Errors.RequestFailed(endpoint, reply.Status, "no reason given"), reply.Status, null)
                : WithStatus(Errors.ResponseNotJson(endpoint, reply.ContentType), reply.Status, null);
        }

        return WithStatus(Explain(refusal, source), reply.Status, refusal.Subtype ?? refusal.Error);
    }

    private static GcpException Explain(Refusal refusal, string source)
    {
        string description = refusal.Description ?? string.Empty;
        if (refusal.Error == "invalid_grant")
        {
            if (refusal.Subtype is "invalid_rapt" or "rapt_required" || Says("reauth related error"))
            {
                return Errors.ReauthenticationRequired(source);
            }

            if (Says("short-lived token") || Says("reasonable timeframe") || Says("iat and exp"))
            {
                return Errors.ClockSkew(source, description);
            }

            if (Says("account not found") || Says("disabled") || Says("deleted") || Says("not a valid email"))
            {
                return Errors.AccountNotUsable(source, description);
            }

            return Errors.CredentialRevoked(source, description);
        }

        if (refusal.Error is "disabled_client" or "deleted_client")
        {
            return Errors.AccountNotUsable(source, description);
        }

        return Errors.TokenRefused(source, refusal.Error!, description);

        bool Says(string words) => description.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static GcpException WithStatus(GcpException failure, int status, string? reason)
    {
        failure.StatusCode = status;
        failure.Reason = reason;
        return failure;
    }

    private static Refusal Read(ref JsonCursor json)
    {
        Refusal refusal = default;
        if (!json.BeginObject())
        {
            return refusal;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "error":
                    refusal.Error = json.String();
                    break;
                case "error_description":
                    refusal.Description = json.String();
                    break;
                case "error_subtype":
                    refusal.Subtype = json.String();
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return refusal;
    }

    private struct Refusal
    {
        public string? Error;
        public string? Description;
        public string? Subtype;
    }
}
