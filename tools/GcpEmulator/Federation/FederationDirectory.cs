using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GcpEmulator;

/// <summary>A person of a workforce pool who signed in: the refresh token, and the client it belongs to.</summary>
public sealed class FederatedUser
{
    internal FederatedUser(string principal, string clientId, string clientSecret, string refreshToken)
    {
        Principal = principal;
        ClientId = clientId;
        ClientSecret = clientSecret;
        RefreshToken = refreshToken;
    }

    /// <summary>The person, as IAM writes it.</summary>
    public string Principal { get; }

    /// <summary>The OAuth client.</summary>
    public string ClientId { get; }

    /// <summary>That client's secret.</summary>
    public string ClientSecret { get; }

    /// <summary>The refresh token that is good now.</summary>
    public string RefreshToken { get; internal set; }

    /// <summary>True gives out a new refresh token at every renewal; the old one is used up.</summary>
    public bool Rotates { get; set; }

    /// <summary>True where the sign-in has ended.</summary>
    public bool Ended { get; set; }
}

/// <summary>
/// What the Security Token Service believes: the identity pools, the subject tokens that other identity providers gave out, the keys
/// of an AWS account. Safe for use from several threads.
/// </summary>
public sealed class FederationDirectory
{
    /// <summary>The audience of the one workload identity provider.</summary>
    public const string WorkloadAudience =
        "//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/demo-pool/providers/demo-provider";

    /// <summary>The audience of the one workforce provider.</summary>
    public const string WorkforceAudience = "//iam.googleapis.com/locations/global/workforcePools/demo-workforce/providers/demo-provider";

    private readonly ConcurrentDictionary<string, string> _subjectTokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FederatedUser> _users = new(StringComparer.Ordinal);

    internal FederationDirectory()
    {
    }

    /// <summary>The audiences of providers that exist and are enabled.</summary>
    public ConcurrentDictionary<string, bool> Audiences { get; } = new(StringComparer.Ordinal);

    /// <summary>Service accounts that no federated principal may become.</summary>
    public ConcurrentDictionary<string, bool> DeniedAccounts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The AWS machine that asks.</summary>
    public AwsMachine Aws { get; } = new();

    /// <summary>The roots of certificates that prove an identity to the workload identity provider.</summary>
    public X509Certificate2Collection TrustAnchors { get; } = [];

    /// <summary>The OAuth client that must send its secret with an exchange; null where none must.</summary>
    public (string Id, string Secret)? Client { get; set; }

    /// <summary>Makes a subject token that is good for exchange until it is withdrawn. The text looks like a JSON Web Token.</summary>
    public string IssueSubjectToken(string subject = "workload-1", string type = "urn:ietf:params:oauth:token-type:jwt")
    {
        string token = "eyJhbGciOiJSUzI1NiJ9." + Base64Url.Encode(RandomNumberGenerator.GetBytes(60)) + "."
            + Base64Url.Encode(RandomNumberGenerator.GetBytes(64));
        AddSubjectToken(token, subject, type);
        return token;
    }

    /// <summary>Makes a text a subject token that is good for exchange.</summary>
    public void AddSubjectToken(string token, string subject = "workload-1", string type = "urn:ietf:params:oauth:token-type:jwt") =>
        _subjectTokens[type + " " + token] = subject;

    /// <summary>All subject tokens are stale from now on.</summary>
    public void WithdrawSubjectTokens() => _subjectTokens.Clear();

    /// <summary>Signs a person of the workforce pool in.</summary>
    public FederatedUser SignIn(string name = "person@example.com")
    {
        string random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        FederatedUser user = new(
            "principal://iam.googleapis.com/locations/global/workforcePools/demo-workforce/subject/" + name,
            "client-" + random, "secret-" + random + random, NewRefreshToken());
        _users[user.ClientId] = user;
        return user;
    }

    internal static string NewRefreshToken() => "Refresh-emu-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    internal string? FindSubject(string token, string type) => _subjectTokens.GetValueOrDefault(type + " " + token);

    internal FederatedUser? FindUser(string clientId) => _users.GetValueOrDefault(clientId);

    internal void Clear()
    {
        _subjectTokens.Clear();
        _users.Clear();
        DeniedAccounts.Clear();
        Client = null;
        TrustAnchors.Clear();
        Aws.Reset();
        Audiences.Clear();
        Audiences[WorkloadAudience] = true;
        Audiences[WorkforceAudience] = true;
    }
}
