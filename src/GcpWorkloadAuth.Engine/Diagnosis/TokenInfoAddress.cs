using System;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Credentials.External;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>
/// Where a token may be shown to be told about, by the one rule for where a token may go: to Google's own host in its own universe,
/// or beside the token endpoint that the user named. Everything else gets none, and the reason.
/// </summary>
internal sealed class TokenInfoAddress
{
    private const string Google = "https://oauth2.googleapis.com/tokeninfo";

    private TokenInfoAddress(Uri? uri, string why)
    {
        Uri = uri;
        Why = why;
    }

    /// <summary>Null where nobody may be asked.</summary>
    public Uri? Uri { get; }

    /// <summary>Why nobody may be asked.</summary>
    public string Why { get; }

    public static TokenInfoAddress Of(EngineSession session, Credential credential, CachedToken token, string universe)
    {
        // What the Security Token Service gives out it does not know, unless a service account's was got for it.
        if (credential is FederatedCredential && credential.Account is null)
        {
            return None(Strings.DiagTokenInfoFederated);
        }

        if (TokenKind.IsJwt(token.Value))
        {
            return None(Strings.DiagTokenInfoSelfSigned);
        }

        if (session.Endpoints.TokenEndpoint is { } named)
        {
            return new TokenInfoAddress(new Uri(named, "tokeninfo"), string.Empty);
        }

        if (!string.Equals(universe, Universe.Default, StringComparison.OrdinalIgnoreCase))
        {
            return None(Rows.Text(Strings.DiagTokenInfoUniverse, universe));
        }

        // A token that somebody handed over for an emulator is nothing for Google either.
        bool isEmulated = credential.IsLoopback || IsLoopback(session);
        return isEmulated ? None(Strings.DiagTokenInfoEmulator) : new TokenInfoAddress(new Uri(Google), string.Empty);
    }

    private static bool IsLoopback(EngineSession session)
    {
        try
        {
            foreach (string address in session.Endpoints.Overridden().Values)
            {
                if (new Uri(address).IsLoopback)
                {
                    return true;
                }
            }

            return false;
        }
        catch (GcpException)
        {
            // A foreign endpoint: its own row says so, and until it is mended no token goes anywhere.
            return true;
        }
    }

    private static TokenInfoAddress None(string why) => new(null, why);
}
