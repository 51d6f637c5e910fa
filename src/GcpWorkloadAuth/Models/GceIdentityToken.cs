using System;
using System.Security;

namespace GcpWorkloadAuth;

/// <summary>
/// An OpenID Connect identity token with the claims in it. The token itself only comes out as a SecureString; its signature is
/// shown nowhere.
/// </summary>
public sealed class GceIdentityToken
{
    private readonly string _value;
    private SecureString? _token;

    internal GceIdentityToken(string value) => _value = value;

    /// <summary>
    /// The token, for <c>Invoke-RestMethod -Authentication Bearer -Token</c>. Each object has its own copy: disposing it hurts
    /// neither the cache nor another object.
    /// </summary>
    public SecureString Token => _token ??= Protect(_value);

    /// <summary>Whom it is for (claim aud).</summary>
    public string Audience { get; internal init; } = string.Empty;

    /// <summary>Who made it (claim iss), "https://accounts.google.com".</summary>
    public string Issuer { get; internal init; } = string.Empty;

    /// <summary>The account's numeric id (claim sub).</summary>
    public string Subject { get; internal init; } = string.Empty;

    /// <summary>The account's e-mail address as the token says it (claim email); null where it does not.</summary>
    public string? Email { get; internal init; }

    /// <summary>When the token ends (claim exp), local time.</summary>
    public DateTime ExpiresAt { get; internal init; }

    /// <summary>The VM, in a token of the full form (claim google.compute_engine); null in others.</summary>
    public GceIdentityInstance? ComputeEngine { get; internal init; }

    /// <summary>The e-mail address of the account, whether or not the token says it; null where its source does not tell.</summary>
    public string? Account { get; internal init; }

    /// <summary>Where the token came from.</summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>Says what the object is, never the token.</summary>
    public override string ToString() => "Identity token of " + (Account ?? Subject) + " for " + Audience;

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
