using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Settings;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>
/// What the checks have in common, each asked for once and as early as it can be: nothing here waits for anything but what it is made
/// of.
/// </summary>
internal sealed class DiagnosisFacts
{
    // A request that fails for a moment is sent once more; lasting trouble is what the doctor is here to tell, soon.
    private const int Attempts = 2;

    public DiagnosisFacts(SessionRecord record, DiagnosisRequest request, EngineCall call)
    {
        Record = record;
        Request = request;
        Call = call;

        // Files and, for gcloud, folders are looked at: a share that does not answer must not hold up the rest.
        Session = Fact<EngineSession>.AskAsync(() => Worker.RunAsync(() => EngineSession.Of(record)));
        Credential = FindCredentialAsync();
        Token = FetchTokenAsync();
        Accounts = AskAccountsAsync();
        Project = FindProjectAsync();
        Universe = FindUniverseAsync();
        TokenInfo = AskTokenInfoAsync();
    }

    public SessionRecord Record { get; }

    public DiagnosisRequest Request { get; }

    /// <summary>Stops when the time is up.</summary>
    public EngineCall Call { get; }

    public Task<Fact<EngineSession>> Session { get; }

    public Task<Fact<Credential>> Credential { get; }

    /// <summary>A token fresh from its source: one in the cache would hide that no other can be had.</summary>
    public Task<Fact<CachedToken>> Token { get; }

    /// <summary>The accounts attached to the VM. Nobody is asked where NO_GCE_CHECK forbids it.</summary>
    public Task<Fact<IReadOnlyList<GceServiceAccount>>> Accounts { get; }

    public Task<Fact<SettingValue>> Project { get; }

    /// <summary>The universe whose hosts the session calls; googleapis.com where it cannot be known soon.</summary>
    public Task<string> Universe { get; }

    public Task<Fact<TokenInfo>> TokenInfo { get; }

    public static ApiClient ClientOf(EngineSession session) => new(session, null, Attempts);

    public static bool ForbidsMetadata(EngineSession session) =>
        string.Equals(session.Environment["NO_GCE_CHECK"], "true", StringComparison.OrdinalIgnoreCase)
        && session.Record.Kind != CredentialKind.MetadataServer;

    private async Task<Fact<Credential>> FindCredentialAsync()
    {
        Fact<EngineSession> session = await Session.ConfigureAwait(false);
        return session.Value is { } engine
            ? await Fact<Credential>.AskAsync(() => Worker.RunAsync(() => engine.Credential)).ConfigureAwait(false)
            : Fact<Credential>.Failed(session.Failure!);
    }

    private async Task<Fact<CachedToken>> FetchTokenAsync()
    {
        Fact<Credential> credential = await Credential.ConfigureAwait(false);
        if (credential.Value is null)
        {
            return Fact<CachedToken>.Failed(credential.Failure!);
        }

        EngineSession session = (await Session.ConfigureAwait(false)).Value!;
        session.Metadata.Reader.Client.ForgetNegative();
        return await Fact<CachedToken>.AskAsync(() => session.DefaultHandle.GetAsync(force: true, Call)).ConfigureAwait(false);
    }

    private async Task<Fact<IReadOnlyList<GceServiceAccount>>> AskAccountsAsync()
    {
        Fact<EngineSession> session = await Session.ConfigureAwait(false);
        if (session.Value is not { } engine)
        {
            return Fact<IReadOnlyList<GceServiceAccount>>.Failed(session.Failure!);
        }

        return ForbidsMetadata(engine)
            ? Fact<IReadOnlyList<GceServiceAccount>>.None
            : await Fact<IReadOnlyList<GceServiceAccount>>.AskAsync(
                () => Worker.RunAsync(() => engine.Metadata.Reader.GetServiceAccounts(Call))).ConfigureAwait(false);
    }

    private async Task<Fact<SettingValue>> FindProjectAsync()
    {
        // After the credential, which names a project too.
        await Credential.ConfigureAwait(false);
        Fact<EngineSession> session = await Session.ConfigureAwait(false);
        return session.Value is { } engine
            ? await Fact<SettingValue>.AskAsync(() => SettingsResolver.ProjectAsync(engine, Call)).ConfigureAwait(false)
            : Fact<SettingValue>.Failed(session.Failure!);
    }

    private async Task<string> FindUniverseAsync()
    {
        Fact<EngineSession> session = await Session.ConfigureAwait(false);
        if (session.Value is { } engine && (engine.Record.UniverseDomain ?? engine.Environment["GOOGLE_CLOUD_UNIVERSE_DOMAIN"]) is { } named)
        {
            return named;
        }

        // A metadata server that is silent says nothing of the hosts: they are tried all the same, and in time.
        Task<string> asking = AskUniverseAsync();
        Task patience = Task.Delay(TimeSpan.FromTicks(Request.Timeout.Ticks / 4), Call.Stopping);
        return await Task.WhenAny(asking, patience).ConfigureAwait(false) == asking
            ? await asking.ConfigureAwait(false)
            : Credentials.Universe.Default;
    }

    private async Task<string> AskUniverseAsync()
    {
        Fact<Credential> credential = await Credential.ConfigureAwait(false);
        if (credential.Value is not { } found)
        {
            return Credentials.Universe.Default;
        }

        try
        {
            Universe universe = await found.GetUniverseAsync(Call).ConfigureAwait(false);
            return universe.IsTrusted ? universe.Domain : Credentials.Universe.Default;
        }
        catch (GcpException)
        {
            // Why, the metadata server's own row tells.
            return Credentials.Universe.Default;
        }
    }

    private async Task<Fact<TokenInfo>> AskTokenInfoAsync()
    {
        Fact<CachedToken> token = await Token.ConfigureAwait(false);
        if (token.Value is null)
        {
            return Fact<TokenInfo>.None;
        }

        EngineSession session = (await Session.ConfigureAwait(false)).Value!;
        Credential credential = (await Credential.ConfigureAwait(false)).Value!;
        TokenInfoAddress address = TokenInfoAddress.Of(session, credential, token.Value, await Universe.ConfigureAwait(false));
        return address.Uri is { } uri
            ? await Fact<TokenInfo>.AskAsync(() => Diagnosis.TokenInfo.AskAsync(uri, token.Value, Call)).ConfigureAwait(false)
            : Fact<TokenInfo>.None;
    }
}
