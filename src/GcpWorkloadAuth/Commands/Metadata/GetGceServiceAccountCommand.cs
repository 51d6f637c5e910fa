using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Shows the service accounts attached to this VM, with their scopes.</summary>
[Cmdlet(VerbsCommon.Get, "GceServiceAccount", HelpUri = HelpLinks.Base + "Get-GceServiceAccount.md")]
[OutputType(typeof(GceServiceAccount))]
public sealed class GetGceServiceAccountCommand : GcpCmdlet
{
    /// <summary>Only the accounts whose e-mail address or alias is this; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [Alias("Email")]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private protected override async Task ProcessAsync()
    {
        IReadOnlyList<GceServiceAccount> accounts = await Engine.GetServiceAccountsAsync(Session, Call);
        if (Name is null)
        {
            WriteObject(accounts, enumerateCollection: true);
            return;
        }

        foreach (string name in Name)
        {
            WriteMatches(accounts, name);
        }
    }

    private void WriteMatches(IReadOnlyList<GceServiceAccount> accounts, string name)
    {
        WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        bool found = false;
        foreach (GceServiceAccount account in accounts)
        {
            if (pattern.IsMatch(account.Email) || HasAlias(account, pattern))
            {
                found = true;
                WriteObject(account);
            }
        }

        if (!found && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            WriteFailure(Errors.ServiceAccountNotAttached(name), name);
        }
    }

    private static bool HasAlias(GceServiceAccount account, WildcardPattern pattern)
    {
        foreach (string alias in account.Aliases)
        {
            if (pattern.IsMatch(alias))
            {
                return true;
            }
        }

        return false;
    }
}
