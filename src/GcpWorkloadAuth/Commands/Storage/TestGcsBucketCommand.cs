using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Says whether buckets exist.</summary>
[Cmdlet(VerbsDiagnostic.Test, "GcsBucket", HelpUri = HelpLinks.Base + "Test-GcsBucket.md")]
[OutputType(typeof(bool))]
public sealed class TestGcsBucketCommand : GcpCmdlet
{
    /// <summary>Names, gs:// addresses or buckets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Bucket", "BucketName")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    private protected override async Task ProcessAsync()
    {
        foreach (string name in Name)
        {
            await ForItemAsync(name, async () => WriteObject(await Engine.TestBucketAsync(Session, GcsUri.BucketOf(name), Call)));
        }
    }
}
