using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("demo-project")]
    [InlineData("123456789012")]
    [InlineData("example.com:demo")]
    [InlineData("p")]
    public void A_project_id_is_accepted(string name) => Assert.Equal(name, Names.Project(name));

    [Theory]
    [InlineData("")]
    [InlineData("Demo")]
    [InlineData("demo project")]
    [InlineData("demo/zones")]
    [InlineData("demo%2Fzones")]
    [InlineData("demo?x")]
    [InlineData("demo#x")]
    [InlineData("demo\n")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("-demo")]
    [InlineData("démo")]
    [InlineData(null)]
    public void What_is_no_project_id_is_refused(string? name) => Fails.With("ProjectInvalid", () => Names.Project(name!));

    [Fact]
    public void A_project_id_has_a_longest_length()
    {
        Assert.Equal(80, Names.Project(new string('a', 80)).Length);
        Fails.With("ProjectInvalid", () => Names.Project(new string('a', 81)));
    }

    [Theory]
    [InlineData("europe-west1-b")]
    [InlineData("us-central1-ai1a")]
    public void A_zone_is_accepted(string name) => Assert.Equal(name, Names.Zone(name));

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1-west-b")]
    [InlineData("Europe-West1-b")]
    [InlineData("europe-west1/b")]
    [InlineData("europe.west1")]
    [InlineData("..")]
    [InlineData("a..")]
    [InlineData(null)]
    public void What_is_no_zone_is_refused(string? name) => Fails.With("ZoneInvalid", () => Names.Zone(name!));

    [Theory]
    [InlineData("a")]
    [InlineData("demo-vm")]
    [InlineData("vm-0123456789")]
    public void An_instance_name_is_accepted(string name) => Assert.Equal(name, Names.Instance(name));

    [Theory]
    [InlineData("")]
    [InlineData("1vm")]
    [InlineData("-vm")]
    [InlineData("Demo")]
    [InlineData("vm.1")]
    [InlineData("vm_1")]
    [InlineData("vm/1")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_no_instance_name_is_refused(string name) => Fails.With("InstanceNameInvalid", () => Names.Instance(name));

    [Theory]
    [InlineData("abc")]
    [InlineData("my_bucket.example.com")]
    [InlineData("1-bucket")]
    public void A_bucket_name_is_accepted(string name) => Assert.Equal(name, Names.Bucket(name));

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("...")]
    [InlineData(".bucket")]
    [InlineData("a..b")]
    [InlineData("My-Bucket")]
    [InlineData("gs://bucket")]
    [InlineData("bucket/object")]
    [InlineData("bucket?x")]
    [InlineData("büc")]
    public void What_is_no_bucket_name_is_refused(string name) => Fails.With("BucketNameInvalid", () => Names.Bucket(name));

    [Theory]
    [InlineData("https://www.googleapis.com/auth/cloud-platform")]
    [InlineData("openid")]
    public void A_scope_is_accepted(string scope) => Assert.Equal(scope, Names.Scope(scope));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("a\tb")]
    [InlineData("bé")]
    public void What_would_split_or_end_a_scope_is_refused(string scope) => Fails.With("ScopeInvalid", () => Names.Scope(scope));

    [Fact]
    public void The_refused_name_stands_in_the_message() =>
        Assert.Contains("'Bad Zone'", Fails.With("ZoneInvalid", () => Names.Zone("Bad Zone")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("name", "name")]
    [InlineData("https://h/projects/p/zones/z", "z")]
    [InlineData("projects/1/machineTypes/e2-small", "e2-small")]
    [InlineData("ends/", "")]
    public void The_last_segment_is_what_follows_the_last_slash(string? url, string? expected) =>
        Assert.Equal(expected, Names.LastSegment(url));

    [Theory]
    [InlineData(null, null)]
    [InlineData("https://h/compute/v1/zones/z", null)]
    [InlineData("https://h/compute/v1/projects/demo/zones/z/instances/i", "demo")]
    [InlineData("https://h/compute/v1/projects/demo", "demo")]
    [InlineData("https://h/compute/v1/projects/example.com:demo/zones/z", "example.com:demo")]
    public void The_project_is_taken_out_of_an_address(string? link, string? expected) => Assert.Equal(expected, Names.ProjectOf(link));
}
