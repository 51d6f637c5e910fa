using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Metadata;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>
/// E-mail address and scopes of an attached account, to describe its tokens with. Scopes change only while the VM is stopped, so
/// one answer serves the process; that it could not be had never fails a token.
/// </summary>
internal sealed class AttachedAccount
{
    private static readonly ConcurrentDictionary<string, AttachedAccount> s_all = new(StringComparer.Ordinal);
    private readonly string _name;
    private readonly object _gate = new();
    private Task<GceServiceAccount?>? _known;
    private Task<GceServiceAccount?>? _asking;

    private AttachedAccount(string name) => _name = name;

    public static AttachedAccount Of(MetadataCredential credential, string? account) =>
        s_all.GetOrAdd(
            credential.Recipe + "|" + account, static (_, name) => new AttachedAccount(name), account ?? credential.AccountName);

    /// <summary>What is known without asking.</summary>
    public GceServiceAccount? Known => _known?.Result;

    /// <summary>The account; null where it could not be had. One request serves all who ask at once.</summary>
    public Task<GceServiceAccount?> GetAsync(MetadataReader reader, bool again, EngineCall call)
    {
        Task<GceServiceAccount?> asking;
        lock (_gate)
        {
            if (_known is { } known && !again)
            {
                return known;
            }

            // Not stopped by one who stops waiting; the client's own deadline bounds it.
            _asking ??= Worker.RunAsync(() => Ask(reader, new EngineCall(call.Events, CancellationToken.None)));
            asking = _asking;
        }

        return Worker.JoinAsync(asking, call.Stopping);
    }

    private GceServiceAccount? Ask(MetadataReader reader, EngineCall call)
    {
        GceServiceAccount? account = null;
        try
        {
            account = reader.TryGetServiceAccount(_name, call);
        }
        catch (GcpException)
        {
            // The token is what matters; its description does without.
        }

        lock (_gate)
        {
            _known = account is null ? _known : Task.FromResult<GceServiceAccount?>(account);
            _asking = null;
        }

        return account;
    }
}
