using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Engine.Storage;

namespace GcpWorkloadAuth.Engine;

/// <summary>The engine as the cmdlets see it. Made by name when it is first needed.</summary>
public sealed partial class GoogleEngine : IEngine
{
    async Task<GceAccessToken> IEngine.GetAccessTokenAsync(SessionRecord session, TokenRequest request, EngineCall call)
    {
        EngineSession engine = EngineSession.Of(session);
        TokenHandle handle = engine.HandleOf(request);
        if (request.ForceRefresh)
        {
            engine.Metadata.Reader.Client.ForgetNegative();
        }

        Credential credential = handle.Credential;
        Task<CachedToken> fetching = handle.GetAsync(request.ForceRefresh, call);
        if (credential is not MetadataCredential metadata)
        {
            return Describe(await fetching.ConfigureAwait(false), handle.Scopes, credential.Account, credential.Source);
        }

        AttachedAccount attached = AttachedAccount.Of(metadata, request.ServiceAccount);
        Task<GceServiceAccount?> asking = attached.GetAsync(engine.Metadata.Reader, request.ForceRefresh, call);
        CachedToken token = await fetching.ConfigureAwait(false);
        GceServiceAccount? account = await asking.ConfigureAwait(false);
        IReadOnlyList<string> actual = account?.Scopes ?? handle.Scopes;
        if (handle.Scopes.Count > 0 && account is not null && !Covers(actual, handle.Scopes))
        {
            call.Events.Warning(nameof(Resources.Strings.WarnScopesDiffer), string.Join(" ", actual));
        }

        return Describe(token, actual, account?.Email ?? request.ServiceAccount, credential.Source);
    }

    async Task<ContextDescription> IEngine.DescribeAsync(SessionRecord session, bool offline, EngineCall call)
    {
        EngineSession engine = EngineSession.Of(session);
        return await ContextDescriber.DescribeAsync(engine, offline, call).ConfigureAwait(false);
    }

    async Task<string> IEngine.GetProjectAsync(SessionRecord session, EngineCall call) =>
        (await SettingsResolver.ProjectAsync(EngineSession.Of(session), call).ConfigureAwait(false)).Value;

    void IEngine.Forget(SessionRecord session)
    {
        (session.Slot.Value as EngineSession)?.Forget();
        session.Slot.Value = null;
    }

    Task<MetadataAnswer> IEngine.GetMetadataAsync(SessionRecord session, MetadataQuery query, EngineCall call) =>
        Worker.RunAsync(() => EngineSession.Of(session).Metadata.Reader.Get(query, call));

    Task<IReadOnlyList<GceServiceAccount>> IEngine.GetServiceAccountsAsync(SessionRecord session, EngineCall call) =>
        Worker.RunAsync(() => EngineSession.Of(session).Metadata.Reader.GetServiceAccounts(call));

    Task<GcsBucket> IEngine.GetBucketAsync(SessionRecord session, string name, EngineCall call) =>
        StorageOf(session).GetBucketAsync(name, call);

    IPager<GcsBucket> IEngine.ListBuckets(SessionRecord session, BucketQuery query) => new BucketPager(StorageOf(session), query);

    async Task<InstanceAddress> IEngine.GetCurrentInstanceAsync(SessionRecord session, EngineCall call)
    {
        MetadataFacts facts = EngineSession.Of(session).Metadata;
        Task<string> project = facts.GetProjectAsync(call);
        Task<string> zone = facts.GetZoneAsync(call);
        Task<string> name = facts.GetInstanceNameAsync(call);
        await Task.WhenAll(project, zone, name).ConfigureAwait(false);
        return new InstanceAddress(project.Result, zone.Result, name.Result);
    }

    private static StorageService StorageOf(SessionRecord session) => new(new ApiClient(EngineSession.Of(session)));

    private static GceAccessToken Describe(CachedToken token, IReadOnlyList<string> scopes, string? account, string source) =>
        new(token.Value, token.Type, token.ExpiresUtc.ToLocalTime(), scopes, account, source);

    private static bool Covers(IReadOnlyList<string> actual, IReadOnlyList<string> wanted)
    {
        foreach (string scope in wanted)
        {
            if (!ScopeCover.Covers(actual, scope))
            {
                return false;
            }
        }

        return true;
    }
}
