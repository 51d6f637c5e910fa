using System.Collections.Generic;

namespace GcpWorkloadAuth.Completers;

/// <summary>Roles on instances. Source: https://cloud.google.com/compute/docs/access/iam.</summary>
internal sealed class InstanceRoleCompleter : TableCompleter
{
    private static readonly KeyValuePair<string, string>[] s_roles =
    {
        new("roles/compute.viewer", "Reads the instance's settings"),
        new("roles/compute.instanceAdmin.v1", "Everything with the instance"),
        new("roles/compute.osLogin", "Signs in by OS Login"),
        new("roles/compute.osAdminLogin", "Signs in by OS Login as an administrator"),
        new("roles/iam.securityReviewer", "Reads who may do what"),
    };

    private protected override IReadOnlyList<KeyValuePair<string, string>> Table => s_roles;
}

/// <summary>How a disk is attached. Source: https://cloud.google.com/compute/docs/reference/rest/v1/instances/attachDisk.</summary>
internal sealed class DiskModeCompleter : TableCompleter
{
    private static readonly KeyValuePair<string, string>[] s_modes =
    {
        new("READ_WRITE", "The instance alone has it"),
        new("READ_ONLY", "Several instances can have it"),
    };

    private protected override IReadOnlyList<KeyValuePair<string, string>> Table => s_modes;
}
