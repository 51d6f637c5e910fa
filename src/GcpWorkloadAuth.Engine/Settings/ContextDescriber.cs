using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;

namespace GcpWorkloadAuth.Engine.Settings;

/// <summary>Says who a session is and where each of its settings came from.</summary>
internal static class ContextDescriber
{
    public static async Task<ContextDescription> DescribeAsync(EngineSession session, bool offline, EngineCall call)
    {
        GcpException? failure = null;
        Credential? credential = null;
        try
        {
            credential = session.Credential;
        }
        catch (GcpException e) when (session.Record.Kind == CredentialKind.ApplicationDefault)
        {
            failure = e;
        }

        VmView vm = new(null, null, Universe.Default, null);
        if (credential?.Root is MetadataCredential metadata)
        {
            AttachedAccount attached = AttachedAccount.Of(metadata, null);
            vm = new VmView(attached.Known, null, Universe.Default, null);
            if (!offline)
            {
                (vm, failure) = await AskAsync(session, metadata, attached, call).ConfigureAwait(false);
                credential = failure is null ? credential : null;
            }
        }

        SettingValue? zone = SettingsResolver.LocalZone(session) ?? FromMetadata(vm.Zone);
        return new ContextDescription
        {
            Account = credential?.Account ?? vm.Account?.Email,
            CredentialType = credential?.Type,
            Source = credential?.Source,
            Project = SettingsResolver.LocalProject(session) ?? FromMetadata(vm.Project),
            Zone = zone,
            Region = SettingsResolver.LocalRegion(session) ?? RegionOf(zone),
            QuotaProject = SettingsResolver.QuotaProject(session),
            Scopes = session.Record.Scopes.Count > 0 ? session.Record.Scopes
                : (credential?.Inner is null ? vm.Account?.Scopes : null) ?? credential?.DefaultScopes ?? [],
            UniverseDomain = session.Record.UniverseDomain ?? vm.Universe,
            TokenExpiresAt = session.KnownHandle?.Cell.Current is { } token && token.ExpiresUtc != DateTime.MaxValue
                ? token.ExpiresUtc.ToLocalTime()
                : null,
            Endpoints = OverriddenEndpoints(session, ref failure),
            Failure = failure,
        };
    }

    // A refused endpoint is what somebody may be looking for here: shown as the reason, not thrown.
    private static IReadOnlyDictionary<string, string> OverriddenEndpoints(EngineSession session, ref GcpException? failure)
    {
        try
        {
            return session.Endpoints.Overridden();
        }
        catch (GcpException refused)
        {
            failure ??= refused;
            return new Dictionary<string, string>(0);
        }
    }

    private static async Task<(VmView Vm, GcpException? Failure)> AskAsync(
        EngineSession session, MetadataCredential credential, AttachedAccount attached, EngineCall call)
    {
        try
        {
            // The first answer tells whether there is a server at all; the rest need not wait for each other.
            string universe = (await credential.GetUniverseAsync(call).ConfigureAwait(false)).Domain;
            Task<string> project = session.Metadata.GetProjectAsync(call);
            Task<string> zone = session.Metadata.GetZoneAsync(call);
            Task<GceServiceAccount?> account = attached.GetAsync(session.Metadata.Reader, false, call);
            await Task.WhenAll(project, zone, account).ConfigureAwait(false);
            return (new VmView(account.Result, project.Result, universe, zone.Result), null);
        }
        catch (GcpException e)
        {
            return (new VmView(null, null, Universe.Default, null), credential.Explain(e));
        }
    }

    private static SettingValue? FromMetadata(string? value) => value is null ? null : SettingsResolver.FromMetadata(value);

    private static SettingValue? RegionOf(SettingValue? zone) =>
        zone is not null && GceInstance.RegionOf(zone.Value) is { Length: > 0 } region
            ? new SettingValue(region, "zone " + zone.Value)
            : null;

    private readonly record struct VmView(GceServiceAccount? Account, string? Project, string Universe, string? Zone);
}
