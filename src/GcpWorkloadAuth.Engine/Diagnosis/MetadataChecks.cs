using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>The metadata server, and the account that the VM runs as.</summary>
internal sealed class MetadataChecks(DiagnosisFacts facts)
{
    private const string ServerName = "Metadata server";
    private const string AccountName = "Attached account";

    public IEnumerable<Check> All() => [new Check(ServerName, ServerAsync), new Check(AccountName, AccountAsync)];

    /// <summary>The attached account that the session's tokens are of; null where it is not attached.</summary>
    public static GceServiceAccount? AccountOf(IReadOnlyList<GceServiceAccount> accounts, string name)
    {
        foreach (GceServiceAccount account in accounts)
        {
            bool isMeant = string.Equals(account.Email, name, StringComparison.OrdinalIgnoreCase);
            foreach (string alias in account.Aliases)
            {
                isMeant |= string.Equals(alias, name, StringComparison.Ordinal);
            }

            if (isMeant)
            {
                return account;
            }
        }

        return null;
    }

    private async Task<GcpAuthenticationCheck> ServerAsync(CheckTimer timer)
    {
        timer.Begin();
        Fact<EngineSession> session = await facts.Session.ConfigureAwait(false);
        if (session.Value is not { } engine)
        {
            return Rows.Fail(ServerName, session.Failure!);
        }

        Fact<IReadOnlyList<GceServiceAccount>> accounts = await facts.Accounts.ConfigureAwait(false);
        if (accounts.Value is not null)
        {
            MetadataAddress address = engine.Metadata.Reader.Client.Address;
            string namedBy = address.Variable is { } variable ? Rows.Text(Strings.DiagNamedBy, variable) : string.Empty;
            return Rows.Pass(
                ServerName,
                Rows.Text(Strings.DiagMetadataAnswers, address.Host, accounts.Milliseconds, namedBy).TrimEnd(),
                accounts.Milliseconds);
        }

        if (accounts.Failure is not { } failure)
        {
            return Rows.Skipped(ServerName, "NO_GCE_CHECK is true");
        }

        return await IsNeededAsync().ConfigureAwait(false) || MetadataPlatform.LooksLikeGoogle
            ? Rows.Fail(ServerName, failure, accounts.Milliseconds)
            : Rows.Skipped(ServerName, Rows.Text(Strings.DiagMetadataNotNeeded, failure.Message));
    }

    private async Task<GcpAuthenticationCheck> AccountAsync(CheckTimer timer)
    {
        timer.Begin();
        Fact<IReadOnlyList<GceServiceAccount>> accounts = await facts.Accounts.ConfigureAwait(false);
        if (accounts.Value is not { } attached)
        {
            return Rows.Skipped(AccountName, Strings.DiagNoMetadata);
        }

        Credential? root = (await facts.Credential.ConfigureAwait(false)).Value?.Root;
        string wanted = root is MetadataCredential metadata ? metadata.AccountName : "default";
        if (AccountOf(attached, wanted) is { } account)
        {
            return Rows.Pass(AccountName, account.Email);
        }

        if (root is not MetadataCredential)
        {
            return Rows.Skipped(AccountName, Strings.DiagNoAccountNeeded);
        }

        return Rows.Fail(AccountName, wanted == "default" ? Errors.NoServiceAccount() : Errors.ServiceAccountNotAttached(wanted));
    }

    private async Task<bool> IsNeededAsync() =>
        (await facts.Credential.ConfigureAwait(false)).Value?.Root is MetadataCredential;
}
