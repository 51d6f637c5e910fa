using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Buckets;

/// <summary>Test-GcsBucket, Test-GcsBucketPermission. The predecessor said True to every failure but 404.</summary>
public sealed class TestBucketTests : BucketTest
{
    [Theory]
    [InlineData("Test-GcsBucket demo-project-bucket-0001", true)]
    [InlineData("Test-GcsBucket gs://demo-project-bucket-0001/", true)]
    [InlineData("Test-GcsBucket no-such-bucket", false)]
    [InlineData("Get-GcsBucket demo-project-bucket-0001 | Test-GcsBucket", true)]
    [InlineData("[pscustomobject]@{ Name = 'no-such-bucket' } | Test-GcsBucket", false)]
    public void It_is_there_or_not(string script, bool expected) => Assert.Equal(expected, Run(script).MustSucceed().Single<bool>());

    [Fact]
    public void Several_have_an_answer_each() =>
        Assert.Equal([true, false, true], Run("Test-GcsBucket demo-project-bucket-0001, no-such-bucket, demo-project-bucket-0002").MustSucceed().Output.Select(o => (bool)o.BaseObject));

    [Theory]
    [InlineData(403, "PermissionDenied", ErrorCategory.PermissionDenied)]
    [InlineData(401, "Unauthenticated", ErrorCategory.AuthenticationError)]
    [InlineData(400, "RequestInvalid", ErrorCategory.InvalidArgument)]
    [InlineData(500, "ServiceUnavailable", ErrorCategory.ResourceUnavailable)]
    public void Any_other_failure_is_an_error_and_no_answer(int status, string id, ErrorCategory category)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/b/" + Bucket, Status = status, Body = $$$"""{"error":{"code":{{{status}}},"message":"No."}}""" });

        RunResult result = Run("Test-GcsBucket demo-project-bucket-0001");

        result.SingleError(id, category);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_page_that_says_404_is_no_answer()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/b/" + Bucket, Status = 404, Body = "<html>proxy</html>", ContentType = "text/html" });

        RunResult result = Run("Test-GcsBucket demo-project-bucket-0001");

        result.SingleError("ResponseNotJson", ErrorCategory.InvalidData);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_name_that_cannot_be_is_an_error() => Run("Test-GcsBucket Not_A_Bucket!").SingleError("BucketNameInvalid", ErrorCategory.InvalidArgument);

    [Fact]
    public void Permissions_are_rows()
    {
        Cloud.State.Objects.Deny("storage.objects.delete", Bucket);

        RunResult result = Run("Test-GcsBucketPermission demo-project-bucket-0001 storage.objects.get, storage.objects.delete").MustSucceed();

        Assert.Equal(["storage.objects.get", "storage.objects.delete"], result.Strings());
        Assert.Equal([true, false], result.Output.Select(o => (bool)o.Properties["Granted"].Value));
        Assert.All(result.Output, o => Assert.Equal(Bucket, o.Properties["Resource"].Value));
    }

    [Theory]
    [InlineData("storage.objects.get", true)]
    [InlineData("storage.objects.get, storage.objects.delete", false)]
    public void Quiet_is_one_bool(string permissions, bool expected)
    {
        Cloud.State.Objects.Deny("storage.objects.delete", Bucket);

        Assert.Equal(expected, Run("Test-GcsBucketPermission demo-project-bucket-0001 " + permissions + " -Quiet").MustSucceed().Single<bool>());
    }

    [Fact]
    public void Permissions_of_a_missing_bucket_are_an_error()
    {
        RunResult result = Run("'no-such-bucket', 'demo-project-bucket-0001' | Test-GcsBucketPermission -Permission storage.objects.get");

        Assert.Equal("no-such-bucket", result.SingleError("BucketNotFound", ErrorCategory.ObjectNotFound).TargetObject);
        Assert.Single(result.Output);
    }
}
