using System.Collections.Immutable;
using GcpEmulator.Federation;

namespace GcpEmulator;

/// <summary>How a token was obtained.</summary>
public enum TokenSource
{
    /// <summary>From the metadata server.</summary>
    MetadataServer,

    /// <summary>With an assertion signed by a service account key.</summary>
    JwtBearer,

    /// <summary>With a refresh token.</summary>
    RefreshToken,

    /// <summary>From IAM, for another identity.</summary>
    Impersonation,

    /// <summary>From the Security Token Service, or for a token of it.</summary>
    Federation,

    /// <summary>From the Security Token Service, for a token that may do more.</summary>
    Downscoping,

    /// <summary>By a test, through <see cref="TokenStore.Issue"/>.</summary>
    Test,
}

/// <summary>An access token that the emulator gave out.</summary>
public sealed class IssuedToken
{
    internal IssuedToken(string value, string account, ImmutableArray<string> scopes, TokenSource source, DateTimeOffset issuedAt,
        DateTimeOffset expiresAt)
    {
        Value = value;
        Account = account;
        Scopes = scopes;
        Source = source;
        IssuedAt = issuedAt;
        ExpiresAt = expiresAt;
    }

    /// <summary>The token itself.</summary>
    public string Value { get; }

    /// <summary>The account it stands for.</summary>
    public string Account { get; }

    /// <summary>What it may be used for.</summary>
    public ImmutableArray<string> Scopes { get; }

    /// <summary>How it was obtained.</summary>
    public TokenSource Source { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>When it stops working.</summary>
    public DateTimeOffset ExpiresAt { get; internal set; }

    internal TokenBoundary? Boundary { get; set; }

    /// <summary>True once it was revoked.</summary>
    public bool Revoked { get; internal set; }
}
