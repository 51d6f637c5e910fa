using GcpEmulator.Http;

namespace GcpEmulator.Auth;

/// <summary>
/// Whether a request may reach an API: a good access token with a fitting scope, or a self-signed JWT of a service account
/// (AIP-4111). Also looks at X-Goog-User-Project.
/// </summary>
internal sealed class BearerCheck(CloudState state, TimeProvider clock)
{
    /// <summary>The refusal, or null if the request may go on.</summary>
    public Reply? Check(EmulatedRequest request, string service, string method, string[] accepted)
    {
        string? header = request.Header("Authorization");
        if (string.IsNullOrEmpty(header))
        {
            return service == "storage.googleapis.com" && state.AllowAnonymousStorage
                ? null
                : GoogleErrors.Unauthenticated(service, method, missing: true);
        }

        string[] parts = header.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [string scheme, string token] || !scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return GoogleErrors.Unauthenticated(service, method, missing: false);
        }

        IReadOnlyCollection<string>? scopes = state.Tokens.Find(token) is IssuedToken issued
            ? (state.Tokens.IsGood(issued) ? issued.Scopes : null)
            : SelfSigned(token, service, accepted);
        if (scopes is null)
        {
            return GoogleErrors.Unauthenticated(service, method, missing: false);
        }

        if (!scopes.Any(accepted.Contains))
        {
            return GoogleErrors.ScopesReply(service, method, accepted);
        }

        return CheckQuotaProject(request.Header("X-Goog-User-Project") ?? request.Parameter("userProject"), service);
    }

    /// <summary>Who makes a request that was found good.</summary>
    public string AccountOf(EmulatedRequest request)
    {
        string token = request.Header("Authorization")?.Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? string.Empty;
        return token.Length == 0 ? "Anonymous caller" : state.Tokens.Find(token)?.Account ?? Jwt.Parse(token)?.Claim("iss") ?? token;
    }

    /// <summary>The project that the caller wants to be billed must exist, and be one that the caller may use.</summary>
    private Reply? CheckQuotaProject(string? project, string service)
    {
        if (string.IsNullOrEmpty(project))
        {
            return null;
        }

        bool exists = state.Projects.Find(project) is not null;
        if (!exists && service == "storage.googleapis.com")
        {
            return GoogleErrors.Invalid("User project specified in the request is invalid."); // googleapis/java-storage#42
        }

        return exists && !state.Projects.DeniedAsQuotaProject.Contains(project)
            ? null
            : Reply.Json(GoogleErrors.UserProjectDenied(project, service), 403);
    }

    /// <summary>The scopes of a self-signed JWT; one with an audience instead of scopes may do all that its account may.</summary>
    private string[]? SelfSigned(string token, string service, string[] accepted)
    {
        if (Jwt.Parse(token) is not Jwt jwt || jwt.Claim("iss") is not string issuer || jwt.Claim("sub") != issuer
            || state.ServiceAccounts.Find(issuer) is not { Disabled: false } account
            || !account.Signed(jwt))
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (jwt.Time("exp") is not DateTimeOffset end || end <= now
            || jwt.Time("iat") is not DateTimeOffset start || end - start > TimeSpan.FromHours(1))
        {
            return null;
        }

        return jwt.Claim("scope") is string scope ? scope.Split(' ')
            : Uri.TryCreate(jwt.Claim("aud"), UriKind.Absolute, out Uri? audience) && audience.Host == service ? [accepted[0]]
            : null;
    }
}
