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

    public async Task<GceServiceAccount?> GetAsync(MetadataReader reader, bool again, EngineCall call)
    {
        if (_known is { } known && !again)
        {
            return known.Result;
        }

        try
        {
            GceServiceAccount? account = await reader.TryGetServiceAccountAsync(_name, call).ConfigureAwait(false);
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
