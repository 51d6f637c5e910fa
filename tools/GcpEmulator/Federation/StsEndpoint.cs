using System.Text;
using System.Text.Json.Nodes;
using GcpEmulator.Auth;
using GcpEmulator.Http;
using Microsoft.Extensions.Primitives;

namespace GcpEmulator.Federation;

/// <summary>
/// https://sts.googleapis.com/v1/token and /v1/oauthtoken. Parameters: the Security Token Service's reference, "Method: token" (RFC
/// 8693). The error texts are those that public issues of google-github-actions/auth and of the auth libraries quote; others are
/// marked ASSUMED.
/// </summary>
internal sealed class StsEndpoint(CloudState state, TimeProvider clock)
{
    private const string AwsType = "urn:ietf:params:aws:token-type:aws4_request";
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    private const string CertificateType = "urn:ietf:params:oauth:token-type:mtls";

    private static readonly string[] s_types =
    [
        "urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:saml2",
        AccessTokenType, AwsType, CertificateType,
    ];

    public Reply? Handle(EmulatedRequest request) => (request.Path, request.Method) switch
    {
        ("/v1/token", "POST") => Exchange(request, request.Form()),
        ("/v1/oauthtoken", "POST") => Renew(request, request.Form()),
        _ => null,
    };

    private Reply Exchange(EmulatedRequest request, Dictionary<string, StringValues> form)
    {
        string? audience = Value(form, "audience");
        string? type = Value(form, "subject_token_type");
        string? token = Value(form, "subject_token");
        if (Value(form, "grant_type") is not "urn:ietf:params:oauth:grant-type:token-exchange")
        {
            return Error("invalid_request", "Invalid value for \"grant_type\"."); // ASSUMED
        }

        if (Value(form, "requested_token_type") is not AccessTokenType)
        {
            return Error("invalid_request", "Invalid value for \"requested_token_type\"."); // ASSUMED
        }

        if (type is AccessTokenType && audience is null)
        {
            return Restrict(token, Value(form, "options"));
        }

        if (audience is null || !audience.StartsWith("//iam.googleapis.com/", StringComparison.Ordinal))
        {
            return Error("invalid_request", "Invalid value for \"audience\". This value should be the full resource name of the Identity Provider. "
                + "See https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token for the list of possible formats.");
        }

        if (type is null || !s_types.Contains(type))
        {
            return Error("invalid_request", "Invalid value for \"subject_token_type\"."); // ASSUMED
        }

        if (!state.Federation.Audiences.ContainsKey(audience))
        {
            return Error("invalid_target", "The target service indicated by the \"audience\" parameters is invalid. This might either be because "
                + "the pool or provider is disabled or deleted or because it doesn't exist.");
        }

        if (state.Federation.Client is { } client && Basic(request) != (client.Id, client.Secret))
        {
            return Error("invalid_client", "The OAuth client was not found.", 401);
        }

        return token is null ? Error("invalid_request", "Missing required parameter: subject_token") : Exchange(request, form, audience, type, token);
    }

    private Reply Exchange(EmulatedRequest request, Dictionary<string, StringValues> form, string audience, string type, string token)
    {
        string? subject;
        if (type == AwsType)
        {
            if (AwsSignedRequest.Parse(token) is not { } signed)
            {
                return Error("invalid_request", "Invalid value for \"subject_token\"."); // ASSUMED
            }

            if (signed.Problem(state.Federation.Aws, audience, clock.GetUtcNow()) is { } problem)
            {
                return Error("invalid_grant", problem);
            }

            subject = "arn:aws:sts::123456789012:assumed-role/" + state.Federation.Aws.Role;
        }
        else if (type == CertificateType)
        {
            // ASSUMED: the texts
            if (request.ClientCertificate is not { } shown)
            {
                return Error("invalid_request", "The request must be made over a mutual TLS connection.");
            }

            subject = CertificateSubject.Of(token, shown, state.Federation.TrustAnchors);
            if (subject is null)
            {
                return Error("invalid_grant", "The certificate chain could not be verified.");
            }
        }
        else
        {
            subject = state.Federation.FindSubject(token, type);
        }

        if (subject is null)
        {
            return Error("invalid_grant", "ID Token issued at 1700000000 is stale to sign-in.");
        }

        string[] scopes = Value(form, "scope")?.Split(' ') ?? [];
        if (scopes.Length == 0)
        {
            return Error("invalid_scope", "Invalid or missing \"scope\"."); // ASSUMED
        }

        IssuedToken issued = state.Tokens.Issue("principal:" + audience + "/subject/" + subject, scopes, TokenSource.Federation);
        return Reply.Json(ErrorBody.Serialize(new JsonObject
        {
            ["access_token"] = issued.Value,
            ["issued_token_type"] = AccessTokenType,
            ["token_type"] = "Bearer",
            ["expires_in"] = state.Tokens.SecondsLeft(issued),
        }));
    }

    // "Create a downscoped short-lived credential". The answer to a person's token has no expires_in: the new token ends with it.
    private Reply Restrict(string? token, string? options)
    {
        if (token is null || state.Tokens.Find(token) is not { Boundary: null } source || !state.Tokens.IsGood(source))
        {
            return Error("invalid_grant", "Invalid access token."); // ASSUMED
        }

        if (options is null || TokenBoundary.Parse(options) is not { } boundary)
        {
            return Error("invalid_request", "Invalid value for \"options\"."); // ASSUMED
        }

        TimeSpan left = TimeSpan.FromSeconds(state.Tokens.SecondsLeft(source));
        IssuedToken issued = state.Tokens.Issue(source.Account, source.Scopes, TokenSource.Downscoping, left);
        issued.Boundary = boundary;
        JsonObject answer = new()
        {
            ["access_token"] = issued.Value,
            ["issued_token_type"] = AccessTokenType,
            ["token_type"] = "Bearer",
        };
        if (state.ServiceAccounts.Find(source.Account) is not null)
        {
            answer["expires_in"] = state.Tokens.SecondsLeft(issued);
        }

        return Reply.Json(ErrorBody.Serialize(answer));
    }

    private Reply Renew(EmulatedRequest request, Dictionary<string, StringValues> form)
    {
        if (Value(form, "grant_type") is not "refresh_token" || Value(form, "refresh_token") is not string refresh)
        {
            return Error("invalid_request", "Invalid value for \"grant_type\"."); // ASSUMED
        }

        if (Basic(request) is not (string id, string secret) || state.Federation.FindUser(id) is not { } user || user.ClientSecret != secret)
        {
            return Error("invalid_client", "The OAuth client was not found.", 401);
        }

        if (user.Ended || user.RefreshToken != refresh)
        {
            return Error("invalid_grant", "The refresh token is expired or revoked."); // ASSUMED
        }

        IssuedToken issued = state.Tokens.Issue(user.Principal, [Scopes.CloudPlatform], TokenSource.Federation);
        JsonObject answer = new()
        {
            ["access_token"] = issued.Value,
            ["token_type"] = "Bearer",
            ["expires_in"] = state.Tokens.SecondsLeft(issued),
        };
        if (user.Rotates)
        {
            answer["refresh_token"] = user.RefreshToken = FederationDirectory.NewRefreshToken();
        }

        return Reply.Json(ErrorBody.Serialize(answer));
    }

    private static Reply Error(string error, string description, int status = 400) => TokenEndpoint.Error(error, description, status);

    private static string? Value(Dictionary<string, StringValues> form, string name) =>
        form.TryGetValue(name, out StringValues value) && value.ToString() is { Length: > 0 } text ? text : null;

    private static (string Id, string Secret)? Basic(EmulatedRequest request)
    {
        if (request.Header("Authorization") is not { } header || !header.StartsWith("Basic ", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            string pair = Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..]));
            return pair.Split(':', 2) is [string id, string secret] ? (id, secret) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
