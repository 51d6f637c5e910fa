using System;
using System.Collections.Concurrent;
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
    private Task<GceServiceAccount?>? _known;

    private AttachedAccount(string name) => _name = name;

    public static AttachedAccount Of(MetadataCredential credential, string? account) =>
        s_all.GetOrAdd(
            credential.Recipe + "|" + account, static (_, name) => new AttachedAccount(name), account ?? credential.AccountName);

    /// <summary>What is known without asking.</summary>
    public GceServiceAccount? Known => _known?.Result;

    public Task<GceServiceAccount?> GetAsync(MetadataReader reader, bool again, EngineCall call) =>
        _known is { } known && !again ? known : Task.Run(() => Ask(reader, call));

    private GceServiceAccount? Ask(MetadataReader reader, EngineCall call)
    {
        try
        {
            GceServiceAccount? account = reader.TryGetServiceAccount(_name, call);
            if (account is not null)
            {
                _known = Task.FromResult<GceServiceAccount?>(account);
            }

            return account;
        }
        catch (GcpException)
        {
            return null;
        }
    }
}
