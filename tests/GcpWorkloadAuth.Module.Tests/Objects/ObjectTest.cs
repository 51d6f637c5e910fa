using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;

namespace GcpWorkloadAuth.Module.Tests.Objects;

/// <summary>A test with objects in an emulated bucket.</summary>
public abstract class ObjectTest : CloudTest
{
    /// <summary>The bucket that most tests work in; it neither keeps versions nor soft-deleted objects unless the test says so.</summary>
    protected const string Bucket = "demo-project-bucket-0001";

    /// <summary>Another bucket.</summary>
    protected const string Other = "demo-project-bucket-0002";

    /// <summary>Names that a URL, a wildcard or a path could take for something else.</summary>
    protected static readonly string[] OddNames =
    [
        "#1", "a#2", "what?.txt", "100%", "%2F", "%25", "a b", " lead", "trail ", "report[1].csv", "*", "?", "[x]", "back\\slash", "a/../b", "../up", "a/./b", "a/..", "./x",
        "//", "/lead", "trail/", "a//b", "...", "+plus&amp=1;semi:colon,@", "'quote'", "\"double\"", "`tick", "$dollar", "(paren)", "~tilde", "caf\u00E9", "cafe\u0301",
        "\uD83D\uDE00 emoji", "\u4E2D\u6587/\u5B57", "tab\there", "{brace}", "gs://x/y", "C:\\con", "..%2F..", "%2e%2e/x", "a|b<c>d", "\u200Bzero",
    ];

    private protected void SetBucket(Func<EmulatedBucket, EmulatedBucket> change, string bucket = Bucket) => Cloud.State.Buckets.Update(bucket, change);

    private protected EmulatedObject Put(string name, string content = "content", string bucket = Bucket) =>
        Cloud.State.Objects.Put(bucket, name, content);

    private protected List<string> Names(string bucket = Bucket, bool versions = false) => [.. Cloud.State.Objects.All(bucket, versions).Select(o => o.Name)];

    /// <summary>The requests to Storage's objects so far, as method and path.</summary>
    protected List<string> Asked() =>
        [.. Requests(EmulatedService.Storage).Select(r => r.Method + " " + r.Path.Replace("/storage/v1/b/" + Bucket, string.Empty, StringComparison.Ordinal))];

    private protected static List<PSObject> Copies(RunResult result) =>
        [.. result.Output.Select(o => (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(o)))];
}
