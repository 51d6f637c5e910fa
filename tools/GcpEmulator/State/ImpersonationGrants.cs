using System.Collections.Concurrent;

namespace GcpEmulator;

/// <summary>
/// Who may act for which service account: the role roles/iam.serviceAccountTokenCreator, and what goes with it. Safe for use from
/// several threads.
/// </summary>
public sealed class ImpersonationGrants
{
    private readonly ConcurrentDictionary<(string Caller, string Target), byte> _grants = new();
    private readonly ConcurrentDictionary<string, byte> _longLived = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(string Account, string User), byte> _subjects = new();

    internal ImpersonationGrants()
    {
    }

    /// <summary>Lets a caller (a service account or a person) get tokens and signatures of a service account.</summary>
    public void Allow(string caller, string target) => _grants[Pair(caller, target)] = 0;

    /// <summary>Takes that back.</summary>
    public void Revoke(string caller, string target) => _grants.TryRemove(Pair(caller, target), out _);

    /// <summary>
    /// Lets an account have tokens of up to twelve hours: the organisation policy
    /// constraints/iam.allowServiceAccountCredentialLifetimeExtension.
    /// </summary>
    public void AllowLongLifetime(string account) => _longLived[account] = 0;

    /// <summary>Lets an account stand in for a user of a Workspace domain (domain-wide delegation).</summary>
    public void AllowSubject(string account, string user) => _subjects[Pair(account, user)] = 0;

    internal bool May(string caller, string target) => _grants.ContainsKey(Pair(caller, target));

    internal bool MayLiveLong(string account) => _longLived.ContainsKey(account);

    internal bool MayStandInFor(string account, string user) => _subjects.ContainsKey(Pair(account, user));

    internal void Clear()
    {
        _grants.Clear();
        _longLived.Clear();
        _subjects.Clear();
    }

    private static (string First, string Second) Pair(string first, string second) => (first.ToUpperInvariant(), second.ToUpperInvariant());
}
