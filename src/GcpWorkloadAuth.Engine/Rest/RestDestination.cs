using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Rest;

/// <summary>
/// Whether the session's token may go to an address that the user wrote out: a host of the session's universe over https, or where an
/// endpoint of the session's own is. Decided before a token leaves.
/// </summary>
internal static class RestDestination
{
    /// <summary>Where the request goes: what the session has in place of a service's own host stands in for it.</summary>
    public static Uri Resolve(EngineSession session, Uri uri) =>
        session.Endpoints.Resolve(uri, Names.Universe(NamedUniverse(session) ?? Universe.Default));

    /// <summary>True where the token goes with the request; false only at STORAGE_EMULATOR_HOST, to which none goes.</summary>
    /// <exception cref="GcpException">Neither: nothing may be sent there.</exception>
    public static async Task<bool> TakesTokenAsync(EngineSession session, Uri uri, EngineCall call)
    {
        string? named = NamedUniverse(session);
        string expected = Names.Universe(named ?? Universe.Default);
        if (session.Endpoints.At(uri, expected) is { } own)
        {
            if (own.Trust == EndpointTrust.Anonymous)
            {
                return false;
            }

            Endpoints.Demand(own, session.DefaultHandle.Credential);
            return true;
        }

        if (Endpoints.IsGoogle(uri, expected))
        {
            await DemandUniverseAsync(session, expected, call).ConfigureAwait(false);
            return true;
        }

        // A VM of another universe: its metadata server says which.
        bool isOwn = named is null
            && await TryGetUniverseAsync(session, call).ConfigureAwait(false) is { IsTrusted: true } universe
            && Endpoints.IsGoogle(uri, Names.Universe(universe.Domain));
        return isOwn ? true : throw Errors.RestHostRefused(uri.Authority);
    }

    private static string? NamedUniverse(EngineSession session) =>
        session.Record.UniverseDomain ?? session.Environment["GOOGLE_CLOUD_UNIVERSE_DOMAIN"];

    private static async Task DemandUniverseAsync(EngineSession session, string expected, EngineCall call)
    {
        // On a VM a round trip of its own, made while the token is on its way.
        session.DefaultHandle.Prefetch(call);
        Universe universe = await session.DefaultHandle.Credential.GetUniverseAsync(call).ConfigureAwait(false);
        if (!universe.IsTrusted || !string.Equals(universe.Domain, expected, StringComparison.OrdinalIgnoreCase))
        {
            throw Errors.UniverseMismatch(universe.Domain, expected);
        }
    }

    private static async Task<Universe?> TryGetUniverseAsync(EngineSession session, EngineCall call)
    {
        try
        {
            return await session.Credential.GetUniverseAsync(call).ConfigureAwait(false);
        }
        catch (GcpException)
        {
            // Whoever cannot be asked vouches for no host.
            return null;
        }
    }
}
