using GcpWorkloadAuth.Engine.Credentials;

namespace GcpWorkloadAuth.Engine.Tests.Diagnosis;

public sealed class ScopeCoverTests
{
    private const string Prefix = "https://www.googleapis.com/auth/";

    [Theory]
    [InlineData("cloud-platform", "pubsub", true)]
    [InlineData("pubsub", "pubsub", true)]
    [InlineData("pubsub", "cloud-platform", false)]
    [InlineData("compute", "compute.readonly", true)]
    [InlineData("compute.readonly", "compute", false)]
    [InlineData("devstorage.full_control", "devstorage.read_only", true)]
    [InlineData("devstorage.read_write", "devstorage.read_only", true)]
    [InlineData("devstorage.read_write", "devstorage.full_control", false)]
    [InlineData("devstorage.read_only", "devstorage.read_write", false)]
    public void A_wider_scope_covers_a_narrower_one(string has, string wanted, bool covers) =>
        Assert.Equal(covers, ScopeCover.Covers([Prefix + "logging.write", Prefix + has], Prefix + wanted));

    [Fact]
    public void Cloud_platform_leaves_nothing_out_and_logging_everything()
    {
        Assert.Empty(ScopeCover.LeftOut([Prefix + "cloud-platform"]));
        Assert.Equal(6, ScopeCover.LeftOut([Prefix + "logging.write"]).Count);
    }

    [Theory]
    [InlineData("storage.objects.get")]
    [InlineData("compute.instances.list")]
    [InlineData("iam.serviceAccounts.signBlob")]
    public void A_permission_s_name_is_taken_as_it_is(string name) => Assert.Equal(name, Names.Permission(name));

    [Theory]
    [InlineData("storage")]
    [InlineData("storage.get")]
    [InlineData("storage..get")]
    [InlineData("storage.objects.get ")]
    [InlineData("storage.objects.g*")]
    public void What_is_no_permission_s_name_is_refused(string name) =>
        Assert.Equal("PermissionNameInvalid", Assert.Throws<GcpException>(() => Names.Permission(name)).ErrorId);
}
