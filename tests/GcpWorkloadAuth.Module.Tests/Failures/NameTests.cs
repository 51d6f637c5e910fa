using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>Names that can be none are refused before any request, one by one.</summary>
public sealed class NameTests : FailureTest
{
    [Theory]
    [InlineData("My Project")]
    [InlineData("project/../other")]
    [InlineData("UPPER-CASE")]
    [InlineData("project?x=1")]
    [InlineData("projects/demo-project")]
    [InlineData("pr\u00f6ject")]
    [InlineData("project\n")]
    public void A_bad_project(string project)
    {
        RunResult buckets = Run("Get-GcsBucket -Project $args[0]", project);
        RunResult instances = Run("Get-GceInstance -Project $args[0]", project);
        RunResult instance = Run("Get-GceInstance demo-vm -Zone europe-west1-b -Project $args[0]", project);

        Assert.Equal(project, buckets.SingleError("ProjectInvalid", ErrorCategory.InvalidArgument).TargetObject);
        Assert.Equal(project, instances.SingleError("ProjectInvalid", ErrorCategory.InvalidArgument).TargetObject);
        instance.SingleError("ProjectInvalid", ErrorCategory.InvalidArgument);
        Assert.Empty(Cloud.Requests.All);
        StillWorks();
    }

    [Theory]
    [InlineData("demo-project")]
    [InlineData("123456789012")]
    public void A_good_project(string project)
    {
        Run("Get-GcsBucket -Project $args[0]", project).MustSucceed();
    }

    [Theory]
    [InlineData("Europe-West1-b")]
    [InlineData("europe west1-b")]
    [InlineData("zones/europe-west1-b")]
    [InlineData("../europe-west1-b")]
    [InlineData("1-b")]
    [InlineData("z")]
    public void A_bad_zone(string zone)
    {
        RunResult list = Run("Get-GceInstance -Project demo-project -Zone $args[0]", zone);
        RunResult get = Run("Get-GceInstance demo-vm -Project demo-project -Zone $args[0]", zone);

        ErrorRecord error = list.SingleError("ZoneInvalid", ErrorCategory.InvalidArgument);
        Assert.Contains(zone, error.Exception.Message, StringComparison.Ordinal);
        get.SingleError("ZoneInvalid", ErrorCategory.InvalidArgument);
        Assert.Empty(Cloud.Requests.All);
        StillWorks();
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("My-Bucket")]
    [InlineData("bucket/object")]
    [InlineData("gs://bucket/object")]
    [InlineData("gs://")]
    [InlineData("..")]
    [InlineData(".bucket")]
    [InlineData("a..b")]
    [InlineData("bucket name")]
    [InlineData("bucket%2Fname")]
    public void A_bad_bucket(string bucket)
    {
        ErrorRecord error = Run("Get-GcsBucket $args[0]", bucket).SingleError("BucketNameInvalid", ErrorCategory.InvalidArgument);

        Assert.Equal(bucket, error.TargetObject);
        Assert.Empty(Cloud.Requests.All);
        StillWorks();
    }

    [Theory]
    [InlineData("Demo-VM")]
    [InlineData("demo vm")]
    [InlineData("demo-vm/x")]
    [InlineData("demo-vm)")]
    [InlineData("demo-vm OR name = x")]
    [InlineData("demo_vm")]
    public void A_bad_machine(string name)
    {
        RunResult everywhere = Run("Get-GceInstance $args[0] -Project demo-project", name);
        RunResult here = Run("Get-GceInstance $args[0] -Project demo-project -Zone europe-west1-b", name);

        Assert.Equal(name, everywhere.SingleError("InstanceNameInvalid", ErrorCategory.InvalidArgument).TargetObject);
        Assert.Equal(name, here.SingleError("InstanceNameInvalid", ErrorCategory.InvalidArgument).TargetObject);
        Assert.Empty(Cloud.Requests.All);
        StillWorks();
    }

    [Theory]
    [InlineData("@{ 'two words' = 'x' }")]
    [InlineData("@{ env = 'x OR name = y' }")]
    [InlineData("@{ env = 'a*b' }")]
    [InlineData("@{ '' = 'x' }")]
    [InlineData("@{ env = 'x)' }")]
    [InlineData("@{ 'a.b' = 'x' }")]
    public void A_bad_label(string label)
    {
        Run("Get-GceInstance -Project demo-project -Label " + label).SingleError("LabelInvalid", ErrorCategory.InvalidArgument);

        Assert.Empty(Cloud.Requests.All);
        StillWorks();
    }

    [Fact]
    public void A_bad_name_does_not_stop_the_good_ones()
    {
        RunResult result = Run("'Bad Bucket', 'demo-project-bucket-0001' | Get-GcsBucket; 'Bad VM', 'demo-vm' | Get-GceInstance");

        Assert.Equal(["BucketNameInvalid", "InstanceNameInvalid"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["demo-project-bucket-0001", "demo-vm"], result.Strings());
    }

    [Fact]
    public void A_bad_attached_account_does_not_leave_its_place_in_the_path()
    {
        Run("Get-GceAccessToken '../../attributes/greeting?x='").SingleError("ServiceAccountNotAttached", ErrorCategory.ObjectNotFound);

        Assert.All(Cloud.Requests.All, r => Assert.StartsWith("/computeMetadata/v1/instance/service-accounts/..%2F", r.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bad_project_of_the_session_is_an_error_of_the_cmdlet_that_uses_it()
    {
        Run("Set-GcpContext -Project 'Bad Project'; $null = Get-GcpContext").MustSucceed();

        ErrorRecord error = Run("Get-GcsBucket").SingleError("ProjectInvalid", ErrorCategory.InvalidArgument);

        Assert.Equal("Bad Project", error.TargetObject);
    }

    [Fact]
    public void No_project_anywhere()
    {
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", UserFile(), TokenEndpoint).MustSucceed();
        Environment.Set("GCE_METADATA_HOST", "127.0.0.1:" + Listener.ClosedPort());
        Environment.Set("GCE_METADATA_TIMEOUT", "0.3");

        RunResult result = Run("Get-GcsBucket");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.True(error.FullyQualifiedErrorId.Split(',')[0] is "NoProject" or "MetadataServerUnreachable", error.FullyQualifiedErrorId);
        Run("Get-GcsBucket -Project demo-project").MustSucceed();
    }
}
