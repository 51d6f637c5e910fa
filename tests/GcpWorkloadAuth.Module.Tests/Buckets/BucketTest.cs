using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;

namespace GcpWorkloadAuth.Module.Tests.Buckets;

/// <summary>A test with emulated buckets that are changed.</summary>
public abstract class BucketTest : CloudTest
{
    /// <summary>The bucket that most tests work in.</summary>
    protected const string Bucket = "demo-project-bucket-0001";

    /// <summary>Another bucket.</summary>
    protected const string Other = "demo-project-bucket-0002";

    private protected EmulatedBucket? Find(string name = Bucket) => Cloud.State.Buckets.Find(name);

    private protected void SetBucket(Func<EmulatedBucket, EmulatedBucket> change, string bucket = Bucket) => Cloud.State.Buckets.Update(bucket, change);

    private protected void Put(string name, string content = "content", string bucket = Bucket) => Cloud.State.Objects.Put(bucket, name, content);

    /// <summary>The requests that change something.</summary>
    private protected List<LoggedRequest> Changes() => [.. Requests(EmulatedService.Storage).Where(r => r.Method != "GET")];

    /// <summary>The body of the only request that changes something.</summary>
    private protected JsonObject SentBody() => JsonNode.Parse(Changes().Single().Body!)!.AsObject();

    private protected static string Json(string text) => JsonNode.Parse(text)!.ToJsonString();

    private protected static List<PSObject> Copies(RunResult result) =>
        [.. result.Output.Select(o => (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(o)))];
}
