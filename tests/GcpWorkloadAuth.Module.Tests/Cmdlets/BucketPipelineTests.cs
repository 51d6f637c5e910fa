using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>What Get-GcsBucket takes from a pipeline.</summary>
public sealed class BucketPipelineTests : CloudTest
{
    [Fact]
    public void Names_come_by_value()
    {
        RunResult result = Run("'demo-project-bucket-0003', 'gs://demo-project-bucket-0001' | Get-GcsBucket").MustSucceed();

        Assert.Equal(["demo-project-bucket-0003", "demo-project-bucket-0001"], result.Strings());
    }

    [Fact]
    public void Names_and_projects_come_by_property_name()
    {
        Cloud.State.AddProject("other-project", 42, buckets: 2);

        RunResult result = Run(
            """
            [pscustomobject]@{ BucketName = 'demo-project-bucket-0001' } | Get-GcsBucket
            [pscustomobject]@{ Bucket = 'demo-project-bucket-0002' } | Get-GcsBucket
            [pscustomobject]@{ Name = '*1'; Project = 'other-project' } | Get-GcsBucket
            [pscustomobject]@{ ProjectId = 'other-project' } | Get-GcsBucket
            """).MustSucceed();

        Assert.Equal(
            [
                "demo-project-bucket-0001", "demo-project-bucket-0002", "other-project-bucket-0001", "other-project-bucket-0001",
                "other-project-bucket-0002",
            ],
            result.Strings());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Buckets_come_live_and_deserialized(bool isCopy)
    {
        RunResult buckets = Run("Get-GcsBucket").MustSucceed();

        RunResult result = Run("$args[0] | Get-GcsBucket", isCopy ? Copies(buckets) : buckets.Output).MustSucceed();

        Assert.Equal(buckets.Strings(), result.Strings());
        Assert.Equal(
            buckets.Strings().Select(n => "/storage/v1/b/" + n),
            Requests(EmulatedService.Storage).Skip(1).Select(r => r.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Buckets_come_as_an_argument_too(bool isCopy)
    {
        RunResult buckets = Run("Get-GcsBucket").MustSucceed();

        RunResult result = Run("Get-GcsBucket $args[0]", isCopy ? Copies(buckets) : buckets.Output).MustSucceed();

        Assert.Equal(buckets.Strings(), result.Strings());
    }

    [Fact]
    public void A_bucket_without_a_known_project_goes_through_the_pipeline_again()
    {
        RunResult result = Run("Get-GcsBucket demo-project-bucket-0001 | Get-GcsBucket").MustSucceed();

        Assert.Equal(["demo-project-bucket-0001"], result.Strings());
    }

    [Fact]
    public void A_deserialized_bucket_keeps_its_facts()
    {
        RunResult live = Run("Get-GcsBucket demo-project-bucket-0001").MustSucceed();
        PSObject copy = Copies(live).Single();

        Assert.Equal("Deserialized.GcpWorkloadAuth.GcsBucket", copy.TypeNames[0]);
        foreach (string name in new[] { "Name", "Location", "StorageClass", "CreationTime", "SoftDeleteRetention", "Metageneration", "ETag", "ProjectNumber" })
        {
            Assert.Equal(live.Property(name), copy.Properties[name].Value);
        }
    }

    [Theory]
    [InlineData("Get-GceInstance demo-vm | Get-GcsBucket")]
    [InlineData("$args[0] | Get-GcsBucket")]
    [InlineData("Get-GcsBucket $args[0]")]
    public void A_machine_is_no_bucket(string command)
    {
        RunResult machine = Run("Get-GceInstance demo-vm").MustSucceed();

        RunResult result = Run(command, Copies(machine)[0]);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Contains("GcsBucket", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("GceInstance", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Requests(EmulatedService.Storage));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Foo = 'demo-project-bucket-0001' } | Get-GcsBucket")]
    [InlineData("$null | Get-GcsBucket")]
    [InlineData("'' | Get-GcsBucket")]
    [InlineData("@{ Name = 'demo-project-bucket-0001' } | Get-GcsBucket")]
    [InlineData("[System.IO.FileInfo]'demo-project-bucket-0001' | Get-GcsBucket")]
    public void What_names_no_bucket_is_refused_and_never_means_all_of_them(string command)
    {
        Assert.Single(Run(command).Errors);
        Assert.Empty(Requests(EmulatedService.Storage));
    }

    [Fact]
    public void One_bad_item_of_a_pipeline_does_not_stop_the_others()
    {
        RunResult result = Run("'demo-project-bucket-0001', 'no-such-bucket', 'demo-project-bucket-0002' | Get-GcsBucket");

        Assert.Equal("no-such-bucket", result.SingleError("BucketNotFound", ErrorCategory.ObjectNotFound).TargetObject);
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void Error_action_stop_stops_there()
    {
        RunResult result = Run("'no-such-bucket', 'demo-project-bucket-0002' | Get-GcsBucket -ErrorAction Stop");

        Assert.NotNull(result.Terminating);
        Assert.Empty(result.Output);
        Assert.Single(Requests(EmulatedService.Storage));
    }

    private static List<PSObject> Copies(RunResult result) =>
        [.. result.Output.Select(o => (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(o)))];
}
