using System.Collections.Concurrent;

namespace GcpEmulator;

/// <summary>The service accounts that exist, attached to the virtual machine or not. Safe for use from several threads.</summary>
public sealed class ServiceAccountDirectory
{
    private readonly ConcurrentDictionary<string, ServiceAccount> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _projectId;

    internal ServiceAccountDirectory(string projectId) => _projectId = projectId;

    /// <summary>All accounts.</summary>
    public IReadOnlyCollection<ServiceAccount> All => [.. _accounts.Values];

    /// <summary>The account with this address, created if it does not exist.</summary>
    public ServiceAccount GetOrAdd(string email) =>
        _accounts.GetOrAdd(email, static (address, project) => new ServiceAccount(address, project), _projectId);

    /// <summary>The account with this address, or null.</summary>
    public ServiceAccount? Find(string email) => _accounts.GetValueOrDefault(email);

    /// <summary>Deletes an account: the token endpoint does not know it any more. Tokens already issued stay good.</summary>
    public bool Delete(string email) => _accounts.TryRemove(email, out _);

    internal void Clear() => _accounts.Clear();
}
