using GcpWorkloadAuth.Engine.Sync;

namespace GcpWorkloadAuth.Engine.Tests.Sync;

/// <summary>Names that a file system takes for one, or that need a folder and a file of one name.</summary>
public sealed class NameClashesTests
{
    [Theory]
    [InlineData("a", "A", false, 0)]
    [InlineData("a", "A", true, 1)]
    [InlineData("dir/x", "DIR/X", true, 1)]
    [InlineData("dir/x", "DIR/y", true, 0)]
    [InlineData("\u00e4", "a\u0308", false, 0)]
    [InlineData("\u00e4", "a\u0308", true, 1)]
    [InlineData("a", "a/b", false, 1)]
    [InlineData("a/b", "a", false, 1)]
    [InlineData("A/b", "a", true, 1)]
    [InlineData("a", "ab", true, 0)]
    public void Two_names(string one, string other, bool isFolded, int count) =>
        Assert.Equal(count, NameClashes.Find([one, other], isFolded, 10).Count);

    [Fact]
    public void Not_more_than_are_wanted() =>
        Assert.Equal(3, NameClashes.Find(Enumerable.Range(0, 50).SelectMany(i => new[] { "x" + i, "X" + i }), isFolded: true, 3).Count);
}
