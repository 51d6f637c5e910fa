using System;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Iam;

/// <summary>The answer of generateAccessToken.</summary>
internal readonly struct GeneratedToken(string? value, DateTime? expires)
{
    public static GeneratedToken Read(ref JsonCursor json)
    {
        string? value = null;
        DateTime? expires = null;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                switch (name)
                {
                    case "accessToken":
                        value = json.String();
                        break;
                    case "expireTime":
                        expires = json.Time();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
        }

        return new GeneratedToken(value, expires);
    }

    /// <summary>The token with its life; null where the answer held none.</summary>
    /// <param name="asked">
    /// The life asked for. The end is told by Google's clock: where the local one is so far off that nothing, or more than was
    /// asked for, would be left, it is the better measure.
    /// </param>
    public CachedToken? ToCachedToken(TimeSpan asked)
    {
        if (!CachedToken.IsToken(value) || expires is not { } end)
        {
            return null;
        }

        TimeSpan left = end.ToUniversalTime() - DateTime.UtcNow;
        return new CachedToken(value!, "Bearer", left > TimeSpan.Zero && left < asked ? left : asked);
    }
}
