namespace GcpWorkloadAuth;

/// <summary>Whether the caller has a permission on a resource.</summary>
public sealed class GcpPermissionResult
{
    internal GcpPermissionResult(string resource, string permission, bool granted)
    {
        Resource = resource;
        Permission = permission;
        Granted = granted;
    }

    /// <summary>The resource's name.</summary>
    public string Resource { get; }

    /// <summary>The permission: storage.objects.get.</summary>
    public string Permission { get; }

    /// <summary>True where the caller has it.</summary>
    public bool Granted { get; }

    /// <summary>The permission.</summary>
    public override string ToString() => Permission;
}
