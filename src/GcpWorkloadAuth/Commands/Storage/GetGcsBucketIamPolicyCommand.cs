using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Gets who may do what with buckets.</summary>
[Cmdlet(VerbsCommon.Get, "GcsBucketIamPolicy", HelpUri = HelpLinks.Base + "Get-GcsBucketIamPolicy.md")]
[OutputType(typeof(GcpIamPolicy))]
public sealed class GetGcsBucketIamPolicyCommand : GcpCmdlet
{
    /// <summary>Names, gs:// addresses or buckets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "BucketName")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string[] Bucket { get; set; } = [];

    private protected override async Task ProcessAsync()
    {
        foreach (string bucket in Bucket)
        {
            await ForItemAsync(bucket, async () => WriteObject(await Engine.GetBucketPolicyAsync(Session, GcsUri.BucketOf(bucket), Call)));
        }
    }
}
