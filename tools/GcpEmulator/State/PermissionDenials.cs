using System.Collections.Concurrent;

namespace GcpEmulator;

/// <summary>
/// The IAM permissions that nobody has on a project or a bucket, as testIamPermissions tells them. The calls themselves are not
/// refused for them: that is what faults are for. Safe for use from several threads.
/// </summary>
public sealed class PermissionDenials
{
    private readonly ConcurrentDictionary<(string Resource, string Permission), byte> _denied = new();

    internal PermissionDenials()
    {
    }

    /// <summary>Takes a permission away.</summary>
    /// <param name="resource">A project's id or a bucket's name.</param>
    /// <param name="permission">Its name, "storage.objects.get".</param>
    public void Deny(string resource, string permission) => _denied[(resource, permission)] = 0;

    internal string[] Granted(string resource, IEnumerable<string> permissions) =>
        [.. permissions.Where(permission => !_denied.ContainsKey((resource, permission)))];

    internal void Clear() => _denied.Clear();
}
