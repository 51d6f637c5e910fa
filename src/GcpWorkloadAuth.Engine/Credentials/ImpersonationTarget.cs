using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>Whose token an impersonation is for, and through whom.</summary>
internal sealed class ImpersonationTarget
{
    private const string NamePrefix = "projects/-/serviceAccounts/";

    /// <param name="account">The target: e-mail address or numeric id.</param>
    /// <param name="delegates">Accounts between the caller and the target, the caller's own neighbour first.</param>
    public ImpersonationTarget(string account, IReadOnlyList<string> delegates)
    {
        Account = Names.ServiceAccount(account);
        List<string> names = [];
        foreach (string name in delegates)
        {
            // The API writes full names, gcloud's files both forms.
            names.Add(Names.ServiceAccount(
                name.StartsWith(NamePrefix, StringComparison.Ordinal) ? name.Substring(NamePrefix.Length) : name));
        }

        Delegates = names;
    }

    public string Account { get; }

    public IReadOnlyList<string> Delegates { get; }

    /// <summary>"a,b,c" or its parts, as gcloud writes it: the last is the target, those before it the delegates in order.</summary>
    public static ImpersonationTarget FromChain(IEnumerable<string> chain)
    {
        List<string> accounts = [];
        foreach (string text in chain)
        {
            foreach (string part in text.Split(','))
            {
                accounts.Add(part.Trim());
            }
        }

        string last = accounts.Count == 0 ? string.Empty : accounts[accounts.Count - 1];
        return new ImpersonationTarget(last, accounts.Count > 1 ? accounts.GetRange(0, accounts.Count - 1) : []);
    }

    /// <summary>For the recipe: what decides whose token it is.</summary>
    public override string ToString() => string.Join(",", Delegates) + ">" + Account;
}
