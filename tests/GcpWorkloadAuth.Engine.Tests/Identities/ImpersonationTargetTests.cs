using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Identities;

public sealed class ImpersonationTargetTests
{
    [Theory]
    [InlineData("a@p.iam.gserviceaccount.com", ">a@p.iam.gserviceaccount.com")]
    [InlineData("a@b.c,d@b.c , e@b.c", "a@b.c,d@b.c>e@b.c")]
    [InlineData("123456789012345678901", ">123456789012345678901")]
    [InlineData("123-compute@developer.gserviceaccount.com", ">123-compute@developer.gserviceaccount.com")]
    public void The_last_of_a_chain_is_the_target(string chain, string expected) =>
        Assert.Equal(expected, ImpersonationTarget.FromChain([chain]).ToString());

    [Fact]
    public void A_chain_may_come_in_parts() =>
        Assert.Equal("a@b.c,d@b.c>e@b.c", ImpersonationTarget.FromChain(["a@b.c", "d@b.c,e@b.c"]).ToString());

    [Fact]
    public void Delegates_may_have_their_full_names() =>
        Assert.Equal("a@b.c>d@b.c", new ImpersonationTarget("d@b.c", ["projects/-/serviceAccounts/a@b.c"]).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("a@b.c,")]
    [InlineData("name")]
    [InlineData("a@b")]
    [InlineData("a@@b.c")]
    [InlineData("@b.c")]
    [InlineData("a@.c")]
    [InlineData("a@b.c.")]
    [InlineData("a b@c.d")]
    [InlineData("a/../x@b.c")]
    [InlineData("a@b.c:signBlob")]
    [InlineData("a@b.c?x=1")]
    [InlineData("a%40b.c")]
    [InlineData("ä@b.c")]
    [InlineData("projects/-/serviceAccounts/a@b.c")]
    public void What_is_no_account_is_refused(string chain) =>
        Fails.With("ServiceAccountInvalid", () => ImpersonationTarget.FromChain([chain]));
}
