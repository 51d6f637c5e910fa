using System.Text.Json;
using CsCheck;
using GcpEmulator.Federation;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Downscoping;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Downscoping;

/// <summary>The text of access boundaries: what a prefix is, it stays, whatever is in it.</summary>
public sealed class AccessBoundaryTests
{
    [Fact]
    public void A_prefix_makes_both_halves_of_the_condition() => Assert.Equal(
        "resource.name.startsWith('projects/_/buckets/b-1/objects/in/') || "
        + "api.getAttribute('storage.googleapis.com/objectListPrefix', '').startsWith('in/')",
        AccessBoundary.Condition("b-1", "in/"));

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", "'it\\'s'")]
    [InlineData("a\\", "'a\\\\'")]
    [InlineData("\\'", "'\\\\\\''")]
    [InlineData("a\"b`c", "'a\\\"b\\`c'")]
    [InlineData("a\r\nb\tc\0", "'a\\u000d\\u000ab\\u0009c\\u0000'")]
    [InlineData("\u0085\u2028", "'\\u0085\\u2028'")]
    [InlineData("Grüße/日本/🙂", "'Grüße/日本/🙂'")]
    public void Text_is_quoted_as_the_expression_language_has_it(string text, string literal) => Assert.Equal(literal, CelText.Quote(text));

    // The reader of the other side is the emulator's: it was written after CEL's specification and not after the writer here.
    [Fact]
    public void No_prefix_is_read_as_another_or_ends_its_literal() => Gen.OneOf(Gen.String, Gen.String["'\\\"`\n\r|()., ux0a"]).Sample(prefix =>
    {
        string condition = AccessBoundary.Condition("b-1", prefix)!;
        CelCondition? read = CelCondition.Parse(condition);

        Assert.NotNull(read);
        Assert.True(read.Allows("projects/_/buckets/b-1/objects/" + prefix + "x", ""));
        Assert.True(read.Allows("", prefix));
        Assert.False(read.Allows("projects/_/buckets/b-2/objects/" + prefix, "") && prefix.Length > 0);
        Assert.Equal(prefix.Length == 0, read.Allows("projects/_/buckets/b-1", ""));
    });

    [Theory]
    [InlineData("') || true || resource.name.startsWith('")]
    [InlineData("\\') || resource.name.startsWith('")]
    [InlineData("\\")]
    [InlineData("a\n') || ('")]
    public void What_tries_to_break_out_stays_inside(string prefix)
    {
        string options = AccessBoundary.ToOptions([new AccessBoundaryRule { Bucket = "b-1", Roles = ["objectViewer"], Prefix = prefix }]);
        string condition = JsonDocument.Parse(options).RootElement.GetProperty("accessBoundary").GetProperty("accessBoundaryRules")[0]
            .GetProperty("availabilityCondition").GetProperty("expression").GetString()!;

        CelCondition read = CelCondition.Parse(condition)!;
        Assert.False(read.Allows("projects/_/buckets/b-1/objects/other", ""));
        Assert.False(read.Allows("projects/_/buckets/b-1/objects/other", "other"));
        Assert.True(read.Allows("projects/_/buckets/b-1/objects/" + prefix, ""));
    }

    [Theory]
    [InlineData("%27) || (")]
    [InlineData("100%+1")]
    [InlineData("\\%27")]
    public void Escapes_are_not_taken_out_of_it_twice(string prefix)
    {
        string options = AccessBoundary.ToOptions([new AccessBoundaryRule { Bucket = "b-1", Roles = ["objectViewer"], Prefix = prefix }]);

        Assert.Equal(options, Uri.UnescapeDataString(options));
        Assert.DoesNotContain('+', options);
        string condition = JsonDocument.Parse(options).RootElement.GetProperty("accessBoundary").GetProperty("accessBoundaryRules")[0]
            .GetProperty("availabilityCondition").GetProperty("expression").GetString()!;
        Assert.Equal(AccessBoundary.Condition("b-1", prefix), condition);
    }

    [Theory]
    [InlineData("objectViewer", "roles/storage.objectViewer")]
    [InlineData("roles/storage.objectViewer", "roles/storage.objectViewer")]
    [InlineData("roles/viewer", "roles/viewer")]
    [InlineData("projects/my-project/roles/reader_1", "projects/my-project/roles/reader_1")]
    [InlineData("organizations/123/roles/reader", "organizations/123/roles/reader")]
    public void Roles_have_their_full_names(string role, string full) => Assert.Equal(full, AccessBoundary.Role(role));

    [Theory]
    [InlineData("")]
    [InlineData(" objectViewer")]
    [InlineData("objectViewer\n")]
    [InlineData("storage.objectViewer")]
    [InlineData("inRole:roles/storage.objectViewer")]
    [InlineData("roles/")]
    [InlineData("roles/a/b")]
    [InlineData("projects//roles/a")]
    [InlineData("roles/storage.objectViewer\n")]
    public void Other_forms_of_roles_are_errors(string role) => Fails.With("AccessBoundaryRoleInvalid", () => AccessBoundary.Role(role));

    [Fact]
    public void The_count_of_rules_and_the_prefix_have_limits()
    {
        AccessBoundaryRule rule = new() { Bucket = "b-1", Roles = ["objectViewer"] };
        Fails.With("AccessBoundaryRuleCount", () => AccessBoundary.ToOptions([]));
        Fails.With("AccessBoundaryRuleCount", () => AccessBoundary.ToOptions([.. Enumerable.Repeat(rule, 11)]));
        Assert.Equal(10, JsonDocument.Parse(AccessBoundary.ToOptions([.. Enumerable.Repeat(rule, 10)])).RootElement
            .GetProperty("accessBoundary").GetProperty("accessBoundaryRules").GetArrayLength());

        Fails.With("AccessBoundaryPrefixInvalid", () => With(""));
        Fails.With("AccessBoundaryPrefixInvalid", () => With(new string('x', 1025)));
        Fails.With("AccessBoundaryPrefixInvalid", () => With(new string('é', 513)));
        Fails.With("AccessBoundaryPrefixInvalid", () => With("\ud800x"));
        Assert.Contains(new string('x', 1024), With(new string('x', 1024)), StringComparison.Ordinal);
    }

    private static string With(string prefix) =>
        AccessBoundary.ToOptions([new AccessBoundaryRule { Bucket = "b-1", Roles = ["objectViewer"], Prefix = prefix }]);
}
