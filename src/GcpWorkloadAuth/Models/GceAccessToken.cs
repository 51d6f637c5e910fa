using System;
using System.Collections.Generic;
using System.Security;

namespace GcpWorkloadAuth;

/// <summary>An OAuth 2.0 access token with what is known of it. The token itself only comes out as a SecureString.</summary>
public sealed class GceAccessToken
{
    private readonly string _value;
    private SecureString? _token;

    internal GceAccessToken(
        string value, string tokenType, DateTime expiresAt, IReadOnlyList<string> scopes, string? account, string source)
    {
        _value = value;
        TokenType = tokenType;
        ExpiresAt = expiresAt;
        Scopes = scopes;
        Account = account;
        Source = source;
    }

    /// <summary>
    /// The token, for <c>Invoke-RestMethod -Authentication Bearer -Token</c>. Each object has its own copy: disposing it hurts
    /// neither the cache nor another object.
    /// </summary>
    public SecureString Token => _token ??= Protect(_value);

    /// <summary>The type of the token, "Bearer".</summary>
    public string TokenType { get; }

    /// <summary>When the token ends, local time.</summary>
    public DateTime ExpiresAt { get; }

    /// <summary>The scopes the token carries, as far as its source tells; empty where it does not.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>The e-mail address the token stands for; null where its source does not tell.</summary>
    public string? Account { get; }

    /// <summary>Where the token came from: the metadata server, a file, or the caller.</summary>
    public string Source { get; }

    /// <summary>Says what the object is, never the token.</summary>
    public override string ToString() => "Access token of " + (Account ?? Source);

    internal string Reveal() => _value;

    private static SecureString Protect(string value)
    {
        SecureString secret = new();
        foreach (char c in value)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
