using System.Collections.Generic;

namespace GcpWorkloadAuth.Completers;

/// <summary>Where autoclass ends. Source: https://cloud.google.com/storage/docs/autoclass.</summary>
internal sealed class TerminalStorageClassCompleter : TableCompleter
{
    private static readonly KeyValuePair<string, string>[] s_classes =
    {
        new("NEARLINE", "Goes no colder than Nearline"),
        new("ARCHIVE", "Goes on to Coldline and Archive"),
    };

    private protected override IReadOnlyList<KeyValuePair<string, string>> Table => s_classes;
}

/// <summary>Public access prevention. Source: https://cloud.google.com/storage/docs/public-access-prevention.</summary>
internal sealed class PublicAccessPreventionCompleter : TableCompleter
{
    private static readonly KeyValuePair<string, string>[] s_values =
    {
        new("enforced", "Nobody can be let in without an account"),
        new("inherited", "What the organization policy says"),
    };

    private protected override IReadOnlyList<KeyValuePair<string, string>> Table => s_values;
}

/// <summary>Recovery point objectives. Source: https://cloud.google.com/storage/docs/turbo-replication.</summary>
internal sealed class RpoCompleter : TableCompleter
{
    private static readonly KeyValuePair<string, string>[] s_values =
    {
        new("DEFAULT", "Copied within twelve hours, mostly within one"),
        new("ASYNC_TURBO", "Copied within fifteen minutes; dual-regions only"),
    };

    private protected override IReadOnlyList<KeyValuePair<string, string>> Table => s_values;
}

/// <summary>Roles on buckets. Source: https://cloud.google.com/storage/docs/access-control/iam-roles.</summary>
internal sealed class StorageRoleCompleter : TableCompleter
{
    private static readonly KeyValuePair<string, string>[] s_roles =
    {
        new("roles/storage.objectViewer", "Reads and lists objects"),
        new("roles/storage.objectUser", "Reads, writes, lists and deletes objects"),
        new("roles/storage.objectCreator", "Writes new objects, and nothing else"),
        new("roles/storage.objectAdmin", "Everything with objects, their IAM policies too"),
        new("roles/storage.folderAdmin", "Everything with objects and folders"),
        new("roles/storage.bucketViewer", "Reads the bucket's settings, but for its IAM policy"),
        new("roles/storage.admin", "Everything with buckets and objects"),
        new("roles/storage.legacyBucketReader", "Reads the bucket's settings and lists objects"),
        new("roles/storage.legacyBucketWriter", "Lists, writes, overwrites and deletes objects"),
        new("roles/storage.legacyBucketOwner", "That, and the bucket's settings and IAM policy"),
        new("roles/storage.legacyObjectReader", "Reads objects without listing them"),
        new("roles/storage.legacyObjectOwner", "Reads and changes objects without listing them"),
    };

    private protected override IReadOnlyList<KeyValuePair<string, string>> Table => s_roles;
}

/// <summary>How members begin. Source: https://cloud.google.com/iam/docs/principal-identifiers.</summary>
internal sealed class IamMemberCompleter : TableCompleter
{
    private static readonly KeyValuePair<string, string>[] s_members =
    {
        new("user:", "A person, by e-mail address"),
        new("group:", "A group, by e-mail address"),
        new("serviceAccount:", "A service account, by e-mail address"),
        new("domain:", "Everybody of a Workspace domain"),
        new("principal:", "An identity of a pool, principal://..."),
        new("principalSet:", "Several identities of a pool, principalSet://..."),
        new("allAuthenticatedUsers", "Everybody who has signed in with any account"),
        new("allUsers", "Everybody on the internet"),
    };

    private protected override IReadOnlyList<KeyValuePair<string, string>> Table => s_members;
}

/// <summary>Permissions on buckets and objects. Source: https://cloud.google.com/storage/docs/access-control/iam-permissions.</summary>
internal sealed class StoragePermissionCompleter : TableCompleter
{
    private static readonly KeyValuePair<string, string>[] s_permissions =
    {
        new("storage.buckets.get", "Read the bucket's settings"),
        new("storage.buckets.update", "Change the bucket's settings"),
        new("storage.buckets.delete", "Delete the bucket"),
        new("storage.buckets.getIamPolicy", "Read who may do what"),
        new("storage.buckets.setIamPolicy", "Change who may do what"),
        new("storage.objects.list", "List objects"),
        new("storage.objects.get", "Read objects"),
        new("storage.objects.create", "Write new objects"),
        new("storage.objects.delete", "Delete and overwrite objects"),
        new("storage.objects.update", "Change the metadata of objects"),
        new("storage.objects.restore", "Restore soft-deleted objects"),
        new("storage.objects.move", "Move objects within the bucket"),
        new("storage.folders.create", "Make folders"),
        new("storage.folders.delete", "Delete folders"),
        new("storage.managedFolders.create", "Make managed folders"),
        new("storage.managedFolders.delete", "Delete managed folders"),
        new("storage.multipartUploads.list", "List unfinished uploads"),
        new("storage.multipartUploads.abort", "Abort unfinished uploads"),
    };

    private protected override IReadOnlyList<KeyValuePair<string, string>> Table => s_permissions;
}
