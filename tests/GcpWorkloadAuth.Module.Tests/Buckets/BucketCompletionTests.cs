using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Buckets;

/// <summary>What the Tab key offers for buckets. Nothing is asked of the service.</summary>
public sealed class BucketCompletionTests : BucketTest
{
    [Theory]
    [InlineData("New-GcsBucket x -Location europe-west1", "europe-west1 europe-west10 europe-west12")]
    [InlineData("New-GcsBucket x -Location eur", "EUR4 EUR5 EUR7 EUR8 europe-central2 europe-north1 europe-north2 europe-southwest1 europe-west1 europe-west2 europe-west3 europe-west4 europe-west6 europe-west8 europe-west9 europe-west10 europe-west12")]
    [InlineData("New-GcsBucket x -Placement me-c", "me-central1 me-central2")]
    [InlineData("New-GcsBucket x -Placement us-east1, us-so", "us-south1")]
    [InlineData("New-GcsBucket x -Location me-*2", "me-central2")]
    [InlineData("Set-GcsBucket x -StorageClass N", "NEARLINE")]
    [InlineData("Set-GcsBucket x -AutoclassTerminalStorageClass ", "NEARLINE ARCHIVE")]
    [InlineData("Set-GcsBucket x -PublicAccessPrevention ", "enforced inherited")]
    [InlineData("Set-GcsBucket x -Rpo A", "ASYNC_TURBO")]
    [InlineData("Set-GcsBucket x -Versioning ", "Off On")]
    [InlineData("Add-GcsBucketIamBinding x -Role *objectV", "roles/storage.objectViewer")]
    [InlineData("Add-GcsBucketIamBinding x y all", "allAuthenticatedUsers allUsers")]
    [InlineData("Test-GcsBucketPermission x storage.buckets.g", "storage.buckets.get storage.buckets.getIamPolicy")]
    [InlineData("New-GcsLifecycleRule -SetStorageClass A", "ARCHIVE")]
    public void Known_values_are_offered(string line, string expected)
    {
        Assert.Equal(expected.Split(' '), Complete(line).Select(c => c.ListItemText));
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_region_says_where_it_is() => Assert.Equal("Zurich", Complete("New-GcsBucket x -Location europe-west6").Single().ToolTip);

    private List<CompletionResult> Complete(string line)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = Shell.Runspace;
        return [.. CommandCompletion.CompleteInput(line, line.Length, [], shell).CompletionMatches];
    }
}
