using System;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Creates buckets.</summary>
[Cmdlet(VerbsCommon.New, "GcsBucket", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "New-GcsBucket.md")]
[OutputType(typeof(GcsBucket))]
public sealed class NewGcsBucketCommand : GcsBucketSettingsCmdlet
{
    private SideBySide? _work;

    /// <summary>The names, each unique in the world.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Bucket", "BucketName")]
    [ResourceName(typeof(GcsBucket), Leaves = typeof(GcpProject))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>A region, dual-region or multi-region. Without it the service takes US, or what -Placement lies in.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>The two regions of a dual-region of one's own choice.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateCount(2, 2)]
    [ValidateNotNullOrEmpty]
    public string[]? Placement { get; set; }

    /// <summary>Whether the bucket has real folders. Cannot be changed later; needs uniform access, and switches it on where nothing is said of that.</summary>
    [Parameter]
    public GcsToggle? HierarchicalNamespace { get; set; }

    /// <summary>The project; without it, the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? Project { get; set; }

    private protected override async Task ProcessAsync()
    {
        BucketSettings settings = Settings();
        if (HierarchicalNamespace == GcsToggle.On)
        {
            settings = settings with { UniformBucketLevelAccess = settings.UniformBucketLevelAccess ?? true };
        }

        string? location = Location ?? LocationOf(Placement);
        foreach (string text in Name)
        {
            string name = GcsUri.BucketOf(text);
            if (!ShouldProcess("gs://" + name, Strings.ActionNewBucket))
            {
                continue;
            }

            string project = Project ?? await Engine.GetProjectAsync(Session, Call);
            NewBucket bucket = new(project, name, settings)
            {
                Location = location,
                Placement = Placement is null ? null : Array.ConvertAll(Placement, static r => r.ToUpperInvariant()),
                HierarchicalNamespace = Is(HierarchicalNamespace),
            };
            _work ??= MakeSideBySide(ThrottleLimit);
            await _work.StartAsync(() => ForItemAsync(text, async () => WriteObject(await Engine.CreateBucketAsync(Session, bucket, Call))));
        }
    }

    private protected override Task EndAsync() => _work?.FinishAsync() ?? Task.CompletedTask;

    // The location of a custom dual-region is what both regions lie in. Source: https://cloud.google.com/storage/docs/locations#predefined.
    private static string? LocationOf(string[]? placement)
    {
        if (placement is null)
        {
            return null;
        }

        string? first = Continent(placement[0]);
        return first is not null && first == Continent(placement[1]) ? first : throw Errors.PlacementNeedsLocation(string.Join(" + ", placement));
    }

    private static string? Continent(string region) =>
        region.StartsWith("us-", StringComparison.OrdinalIgnoreCase) ? "US"
        : region.StartsWith("europe-", StringComparison.OrdinalIgnoreCase) ? "EU"
        : region.StartsWith("asia-", StringComparison.OrdinalIgnoreCase) ? "ASIA"
        : null;
}
