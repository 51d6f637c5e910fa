using System.Collections.Immutable;
using System.Security.Cryptography;

namespace GcpEmulator;

/// <summary>Every access token that was given out, and how new ones are made. Safe for use from several threads.</summary>
public sealed class TokenStore
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, IssuedToken> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IssuedToken> _machineTokens = new(StringComparer.Ordinal);

    internal TokenStore(TimeProvider clock) => _clock = clock;

    /// <summary>How long new tokens live.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(3599);

    /// <summary>
    /// The metadata server hands the same token out again until it has this much life left. Five minutes, as the real one
    /// (Compute Engine documentation, "Authenticate workloads using service accounts"). Zero gives out the old token to its very end, as
    /// GKE's server does in the last minutes; more than <see cref="Lifetime"/> gives a new one to every request.
    /// </summary>
    public TimeSpan RenewalWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>All tokens, oldest first.</summary>
    public IReadOnlyList<IssuedToken> Issued
    {
        get
        {
            lock (_gate)
            {
                return [.. _tokens.Values];
            }
        }
    }

    /// <summary>Makes a token.</summary>
    public IssuedToken Issue(string account, IEnumerable<string> scopes, TokenSource source = TokenSource.Test, TimeSpan? lifetime = null)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        string value = "ya29.emu-" + Base64Url.Encode(RandomNumberGenerator.GetBytes(48));
        IssuedToken token = new(value, account, [.. scopes], source, now, now + (lifetime ?? Lifetime));
        lock (_gate)
        {
            _tokens[value] = token;
        }

        return token;
    }

    /// <summary>The token with this value, or null.</summary>
    public IssuedToken? Find(string value)
    {
        lock (_gate)
        {
            return _tokens.GetValueOrDefault(value);
        }
    }

    /// <summary>True for a token that is known, not expired and not revoked.</summary>
    public bool IsGood(string value) => Find(value) is IssuedToken token && IsGood(token);

    /// <summary>Revokes one token: the APIs answer 401 to it.</summary>
    public bool Revoke(string value)
    {
        lock (_gate)
        {
            return _tokens.TryGetValue(value, out IssuedToken? token) && (token.Revoked = true);
        }
    }

    /// <summary>Revokes all tokens: the APIs answer 401 to them, and the metadata server makes new ones.</summary>
    public void RevokeAll()
    {
        lock (_gate)
        {
            foreach (IssuedToken token in _tokens.Values)
            {
                token.Revoked = true;
            }
        }
    }

    /// <summary>Lets all tokens expire now.</summary>
    public void ExpireAll() => SetRemainingLife(TimeSpan.Zero);

    /// <summary>
    /// Sets how long every token given out so far still lives. The metadata server says so in the next <c>expires_in</c>, or makes a
    /// new token if that is less than <see cref="RenewalWindow"/>.
    /// </summary>
    public void SetRemainingLife(TimeSpan remaining)
    {
        DateTimeOffset end = _clock.GetUtcNow() + remaining;
        lock (_gate)
        {
            foreach (IssuedToken token in _tokens.Values)
            {
                token.ExpiresAt = end;
            }
        }
    }

    /// <summary>The token that the metadata server hands out for an account and scopes.</summary>
    internal (IssuedToken Token, int ExpiresIn) ForMachine(AttachedAccount account, ImmutableArray<string> scopes)
    {
        string key = account.Email + " " + string.Join(' ', scopes);
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();

            // ASSUMED: a revoked token is not handed out again (nothing is known of the real cache in that case).
            if (!_machineTokens.TryGetValue(key, out IssuedToken? token) || token.Revoked || token.ExpiresAt <= now
                || token.ExpiresAt - now < RenewalWindow)
            {
                token = Issue(account.Email, scopes, TokenSource.MetadataServer);
                _machineTokens[key] = token;
            }

            return (token, SecondsLeft(token));
        }
    }

    internal int SecondsLeft(IssuedToken token) => (int)Math.Max(0, Math.Ceiling((token.ExpiresAt - _clock.GetUtcNow()).TotalSeconds));

    internal bool IsGood(IssuedToken token) => !token.Revoked && token.ExpiresAt > _clock.GetUtcNow();

    internal void Clear()
    {
        lock (_gate)
        {
            _tokens.Clear();
            _machineTokens.Clear();
        }
    }
}
