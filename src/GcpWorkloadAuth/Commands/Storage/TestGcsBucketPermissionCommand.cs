using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Says which permissions the session has on buckets.</summary>
[Cmdlet(VerbsDiagnostic.Test, "GcsBucketPermission", HelpUri = HelpLinks.Base + "Test-GcsBucketPermission.md")]
[OutputType(typeof(GcpPermissionResult), typeof(bool))]
public sealed class TestGcsBucketPermissionCommand : GcpCmdlet
{
    // The service takes no more in one request.
    private const int Together = 100;

    /// <summary>Names, gs:// addresses or buckets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "BucketName")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string[] Bucket { get; set; } = [];

    /// <summary>Permissions, "storage.objects.get"; no wildcards.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(StoragePermissionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Permission { get; set; } = [];

    /// <summary>One bool a bucket: True where the session has all of them.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task ProcessAsync()
    {
        foreach (string bucket in Bucket)
        {
            await ForItemAsync(bucket, () => TestAsync(GcsUri.BucketOf(bucket)));
        }
    }

    private async Task TestAsync(string bucket)
    {
        HashSet<string> granted = new(StringComparer.Ordinal);
        for (int at = 0; at < Permission.Length; at += Together)
        {
            string[] asked = new string[Math.Min(Together, Permission.Length - at)];
            Array.Copy(Permission, at, asked, 0, asked.Length);
            granted.UnionWith(await Engine.TestBucketPermissionsAsync(Session, bucket, asked, Call));
        }

        if (Quiet)
        {
            WriteObject(Array.TrueForAll(Permission, granted.Contains));
            return;
        }

        foreach (string permission in Permission)
        {
            WriteObject(new GcpPermissionResult(bucket, permission, granted.Contains(permission)));
        }
    }
}
