using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>A credential with the scopes to ask for and the cell its tokens are kept in.</summary>
internal sealed class TokenHandle
{
    private readonly Func<EngineCall, Task<CachedToken>> _fetch;

    /// <param name="credential">Who.</param>
    /// <param name="account">Another account attached to the VM; null for the credential's own.</param>
    /// <param name="scopes">The scopes to ask for.</param>
    /// <param name="keyPrefix">What else of the session's recipe takes part in the key.</param>
    public TokenHandle(Credential credential, string? account, IReadOnlyList<string> scopes, string keyPrefix)
    {
        string[] sorted = [.. scopes];
        Array.Sort(sorted, StringComparer.Ordinal);
        Credential = credential;
        Account = account;
        Scopes = scopes;
        Cell = TokenCache.Cell(keyPrefix + credential.Recipe + "|" + account + "|" + string.Join(" ", sorted));
        _fetch = call => credential.FetchAsync(account, scopes, call);
    }

    public Credential Credential { get; }

    public string? Account { get; }

    public IReadOnlyList<string> Scopes { get; }

    public TokenCell Cell { get; }

    /// <summary>A usable token, from the cell where it is still good.</summary>
    public Task<CachedToken> GetAsync(bool force, EngineCall call) => Cell.GetAsync(force, _fetch, Credential.Source, call);

    /// <summary>Starts to fetch. Whether it could be had is told to whoever asks for it.</summary>
    public void Prefetch(EngineCall call) => GetAsync(force: false, call).ContinueWith(
        static task => _ = task.Exception, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously);
}
