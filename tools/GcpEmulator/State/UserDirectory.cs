using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace GcpEmulator;

/// <summary>What stops a user's refresh token from working.</summary>
public enum UserProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The refresh token was revoked or has expired.</summary>
    Revoked,

    /// <summary>The account was deleted.</summary>
    Deleted,

    /// <summary>The session length policy asks for a new sign-in (invalid_rapt).</summary>
    ReauthenticationNeeded,
}

/// <summary>A person who signed in: the refresh token, and the client it belongs to.</summary>
public sealed class EmulatedUser
{
    internal EmulatedUser(string email, string clientId, string clientSecret, string refreshToken)
    {
        Email = email;
        ClientId = clientId;
        ClientSecret = clientSecret;
        RefreshToken = refreshToken;
    }

    /// <summary>The person's address.</summary>
    public string Email { get; }

    /// <summary>The OAuth client that the refresh token belongs to.</summary>
    public string ClientId { get; }

    /// <summary>That client's secret.</summary>
    public string ClientSecret { get; }

    /// <summary>The refresh token.</summary>
    public string RefreshToken { get; }

    /// <summary>What stops the refresh token from working.</summary>
    public UserProblem Problem { get; set; }
}

/// <summary>The people who signed in. Safe for use from several threads.</summary>
public sealed class UserDirectory
{
    private readonly ConcurrentDictionary<string, EmulatedUser> _byToken = new(StringComparer.Ordinal);

    internal UserDirectory()
    {
    }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<EmulatedUser> All => [.. _byToken.Values];

    /// <summary>Signs a person in and returns the refresh token with its client.</summary>
    public EmulatedUser SignIn(string email = "person@example.com")
    {
        string random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        EmulatedUser user = new(email, $"123456789012-{random}.apps.googleusercontent.com", "GOCSPX-emu-" + random, "1//0emu-" + random + random);
        _byToken[user.RefreshToken] = user;
        return user;
    }

    internal EmulatedUser? Find(string refreshToken) => _byToken.GetValueOrDefault(refreshToken);

    internal bool KnowsClient(string clientId) => _byToken.Values.Any(u => u.ClientId == clientId);

    internal void Clear() => _byToken.Clear();
}
