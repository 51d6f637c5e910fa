using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Metadata;

public sealed class MetadataAddressTests
{
    public static TheoryData<string> Variables => ["GCE_METADATA_HOST", "GCE_METADATA_IP", "GCE_METADATA_ROOT"];

    [Fact]
    public void Without_a_variable_it_is_the_link_local_address()
    {
        MetadataAddress address = MetadataAddress.From(Snapshots.Empty);

        Assert.Equal("http://169.254.169.254/computeMetadata/v1/", address.Base.AbsoluteUri);
        Assert.Null(address.Variable);
        Assert.True(address.IsLocal);
        Assert.False(address.IsLoopback);
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public void Each_variable_names_it(string variable)
    {
        MetadataAddress address = MetadataAddress.From(Snapshots.Of((variable, "127.0.0.1:9000")));

        Assert.Equal("127.0.0.1:9000", address.Host);
        Assert.Equal(variable, address.Variable);
        Assert.Equal("http://127.0.0.1:9000/computeMetadata/v1/", address.Base.AbsoluteUri);
    }

    [Fact]
    public void The_host_wins_over_the_ip_and_the_ip_over_the_root()
    {
        (string, string) host = ("GCE_METADATA_HOST", "host.example");
        (string, string) ip = ("GCE_METADATA_IP", "10.0.0.1");
        (string, string) root = ("GCE_METADATA_ROOT", "root.example");

        Assert.Equal("host.example", MetadataAddress.From(Snapshots.Of(root, ip, host)).Host);
        Assert.Equal("10.0.0.1", MetadataAddress.From(Snapshots.Of(root, ip)).Host);
        Assert.Equal("root.example", MetadataAddress.From(Snapshots.Of(root)).Host);
    }

    [Theory]
    [InlineData("metadata.google.internal", true, false)]
    [InlineData("METADATA.google.internal", true, false)]
    [InlineData("metadata.google.internal.", true, false)]
    [InlineData("metadata", true, false)]
    [InlineData("169.254.169.254", true, false)]
    [InlineData("169.254.1.2:80", true, false)]
    [InlineData("localhost:8080", true, true)]
    [InlineData("127.0.0.2", true, true)]
    [InlineData("[::1]:8080", true, true)]
    [InlineData("[fe80::1]", true, false)]
    [InlineData("[fd20:ce::254]", true, false)]
    [InlineData("[2001:db8::1]:80", false, false)]
    [InlineData("10.0.0.1", false, false)]
    [InlineData("metadata.example:8080", false, false)]
    [InlineData("metadata.google.internal.evil.example", false, false)]
    [InlineData("localhost.evil.example", false, false)]
    public void A_host_and_port_is_accepted_and_its_place_known(string value, bool isLocal, bool isLoopback)
    {
        MetadataAddress address = MetadataAddress.From(Snapshots.Of(("GCE_METADATA_HOST", value)));

        Assert.Equal(value, address.Host);
        Assert.Equal(isLocal, address.IsLocal);
        Assert.Equal(isLoopback, address.IsLoopback);
    }

    [Theory]
    [InlineData("http://127.0.0.1")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("127.0.0.1/")]
    [InlineData("127.0.0.1/computeMetadata")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("127.0.0.1:port")]
    [InlineData("127.0.0.1:80:80")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("::1]")]
    [InlineData("me@127.0.0.1")]
    [InlineData("a b")]
    [InlineData("127.0.0.1\r\nX: y")]
    [InlineData("127.0.0.1?x")]
    [InlineData("127.0.0.1#x")]
    [InlineData("127.0.0.1\\x")]
    [InlineData("127.0.0.1%2Fx")]
    [InlineData("metadåta")]
    [InlineData(":80")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("127.0.0.1:0")]
    public void Anything_else_is_refused_by_the_variables_name(string value)
    {
        foreach (string variable in Variables.Select(row => row.Data))
        {
            GcpException failure = Fails.With("MetadataAddressInvalid", () => MetadataAddress.From(Snapshots.Of((variable, value))));
            Assert.Contains(variable, failure.Message, StringComparison.Ordinal);
            Assert.Equal(GcpErrorKind.InvalidData, failure.Kind);
        }
    }

    [Fact]
    public void A_broken_variable_is_not_passed_over_for_the_next() =>
        Fails.With(
            "MetadataAddressInvalid",
            () => MetadataAddress.From(Snapshots.Of(("GCE_METADATA_HOST", "http://x/"), ("GCE_METADATA_IP", "127.0.0.1"))));

    [Theory]
    [InlineData("user:SECRET@127.0.0.1")]
    [InlineData("http://user:SECRET@127.0.0.1/")]
    [InlineData("user:SE?CRET@127.0.0.1")]
    [InlineData("127.0.0.1?token=SECRET")]
    [InlineData("127.0.0.1#SECRET")]
    [InlineData("127.0.0.1?a=b@SECRET")]
    public void No_secret_is_repeated(string value)
    {
        GcpException failure = Fails.With("MetadataAddressInvalid", () => MetadataAddress.From(Snapshots.Of(("GCE_METADATA_HOST", value))));

        Assert.DoesNotContain("SECRET", failure.ToString() + failure.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("SE?", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_value_is_cut()
    {
        GcpException failure = Fails.With(
            "MetadataAddressInvalid", () => MetadataAddress.From(Snapshots.Of(("GCE_METADATA_HOST", "http://" + new string('x', 5000)))));

        Assert.InRange(failure.Message.Length, 100, 300);
    }
}
