using GcpWorkloadAuth.Engine.Settings;

namespace GcpWorkloadAuth.Engine.Tests.Settings;

/// <summary>The form of gcloud's files: Python's ConfigParser reads them there.</summary>
public sealed class GcloudParseTests
{
    [Fact]
    public void Sections_and_names_make_a_property() =>
        Assert.Equal(
            [("compute/region", "europe-west1"), ("compute/zone", "europe-west1-b"), ("core/project", "demo")],
            Parse("[core]\nproject = demo\n\n[compute]\nzone = europe-west1-b\nregion: europe-west1\n"));

    [Theory]
    [InlineData("project=demo")]
    [InlineData("project = demo")]
    [InlineData("project:demo")]
    [InlineData("project :  demo  ")]
    [InlineData("Project = demo")]
    [InlineData("PROJECT\t=\tdemo")]
    public void A_name_in_any_case_and_either_separator(string line) =>
        Assert.Equal([("core/project", "demo")], Parse("[core]\n" + line + "\n"));

    [Fact]
    public void The_first_separator_counts() =>
        Assert.Equal([("core/a", "b:c=d"), ("core/e", "f=g")], Parse("[core]\na = b:c=d\ne: f=g\n"));

    [Fact]
    public void Carriage_returns_are_no_part_of_a_value() =>
        Assert.Equal([("core/account", "a@b.example"), ("core/project", "demo")], Parse("[core]\r\nproject = demo\r\naccount = a@b.example\r\n"));

    [Theory]
    [InlineData("# comment")]
    [InlineData("; comment")]
    [InlineData("#project = other")]
    [InlineData("  # an indented comment")]
    [InlineData("\t; an indented comment")]
    public void A_comment_is_not_read(string comment) =>
        Assert.Equal([("core/project", "demo")], Parse("[core]\n" + comment + "\nproject = demo\n" + comment + "\n"));

    [Fact]
    public void What_follows_a_value_on_its_line_belongs_to_it() =>
        Assert.Equal([("core/project", "demo # not a comment")], Parse("[core]\nproject = demo # not a comment\n"));

    [Fact]
    public void An_indented_line_continues_the_value_before_it() =>
        Assert.Equal([("core/a", "one\ntwo\nthree"), ("core/b", "c")], Parse("[core]\na = one\n  two\n\tthree\nb = c\n"));

    [Fact]
    public void An_indented_line_behind_a_section_is_a_property() => Assert.Equal([("core/a", "one")], Parse("[core]\n  a = one\n"));

    [Fact]
    public void A_later_value_replaces_an_earlier_one() => Assert.Equal([("core/a", "2")], Parse("[core]\na = 1\n[x]\n[core]\na = 2\n"));

    [Fact]
    public void A_doubled_percent_sign_is_one() => Assert.Equal([("proxy/password", "a%b")], Parse("[proxy]\npassword = a%%b\n"));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("nonsense")]
    [InlineData("[core]")]
    [InlineData("[core\nnonsense\n= value\n")]
    [InlineData("   ")]
    public void What_holds_no_property_gives_none(string text) => Assert.Empty(GcloudConfiguration.Parse(text));

    private static IEnumerable<(string Name, string Value)> Parse(string text) =>
        GcloudConfiguration.Parse(text).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value));
}
