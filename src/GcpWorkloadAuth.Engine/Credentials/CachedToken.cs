using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>A token with its end. It ends when either clock says so: the monotonic one misses a suspended VM, the wall clock a step back.</summary>
internal sealed class CachedToken
{
    private readonly long _fetched = Stopwatch.GetTimestamp();
    private readonly DateTime _fetchedUtc = DateTime.UtcNow;
    private readonly TimeSpan _lifetime;

    public CachedToken(string value, string type, TimeSpan lifetime)
    {
        Value = value;
        Type = type;
        _lifetime = lifetime;
        AsTask = Task.FromResult(this);
    }

    public string Value { get; }

    public string Type { get; }

    public DateTime ExpiresUtc => _lifetime == TimeSpan.MaxValue ? DateTime.MaxValue : _fetchedUtc + _lifetime;

    /// <summary>What is left of its life.</summary>
    public TimeSpan Left
    {
        get
        {
            if (_lifetime == TimeSpan.MaxValue)
            {
                return TimeSpan.MaxValue;
            }

            TimeSpan monotonic = TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - _fetched) / (double)Stopwatch.Frequency);
            TimeSpan wall = DateTime.UtcNow - _fetchedUtc;
            return _lifetime - (monotonic > wall ? monotonic : wall);
        }
    }

    /// <summary>A complete task of it, made once: a hit costs no allocation.</summary>
    public Task<CachedToken> AsTask { get; }

    /// <summary>True for text that can be a bearer token and nothing more: RFC 6750, section 2.1, b64token.</summary>
    public static bool IsToken(string? value)
    {
        if (value is null)
        {
            return false;
        }

        foreach (char c in value)
        {
            if (!(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~' or '+' or '/' or '='))
            {
                return false;
            }
        }

        return value.Length > 0;
    }
}
