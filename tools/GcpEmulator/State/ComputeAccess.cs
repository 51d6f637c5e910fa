using System.Collections.Concurrent;

namespace GcpEmulator;

/// <summary>What the caller may not do: everything is allowed that is not denied here. Safe for use from several threads.</summary>
public sealed class ComputeAccess
{
    private readonly ConcurrentDictionary<(string Permission, string Project), byte> _denied = new();
    private readonly ConcurrentDictionary<string, byte> _accounts = new(StringComparer.OrdinalIgnoreCase);

    internal ComputeAccess()
    {
    }

    /// <summary>Denies a permission (compute.instances.stop, compute.instances.*, *) in a project; * stands for anything.</summary>
    public void Deny(string permission, string project = "*") => _denied[(permission, project)] = 0;

    /// <summary>Takes a denial back.</summary>
    public void Allow(string permission, string project = "*") => _denied.TryRemove((permission, project), out _);

    /// <summary>Denies the use of a service account (iam.serviceAccounts.actAs).</summary>
    public void DenyActAs(string account) => _accounts[account] = 0;

    /// <summary>Takes that back.</summary>
    public void AllowActAs(string account) => _accounts.TryRemove(account, out _);

    /// <summary>True if nothing denies the permission.</summary>
    public bool May(string permission, string project) =>
        _denied.IsEmpty || !_denied.Keys.Any(d => Wildcard.IsMatch(d.Permission, permission) && Wildcard.IsMatch(d.Project, project));

    internal bool MayActAs(string account) => !_accounts.ContainsKey(account);

    internal void Clear()
    {
        _denied.Clear();
        _accounts.Clear();
    }
}
