using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Objects;

namespace GcpWorkloadAuth.Module.Tests.TransferJobs;

/// <summary>A test with three buckets; runs of transfer jobs take no time unless the test says so.</summary>
public abstract class TransferJobTest : ObjectTest
{
    /// <summary>A bucket that the tests do not write to.</summary>
    protected const string Third = "demo-project-bucket-0003";

    /// <inheritdoc/>
    protected override EmulatorOptions Options => new() { BucketCount = 3 };

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Cloud.State.Transfers.Duration = TimeSpan.Zero;
    }

    /// <summary>The requests to the Storage Transfer Service so far: method and path, names of jobs and operations left out.</summary>
    protected List<string> TransferRequests() =>
        [.. Requests(EmulatedService.StorageTransfer).Select(r => r.Method + " " + string.Join('/', r.Path.Split('/').Skip(2).Select(Anonymous)))];

    /// <summary>The bodies of the requests that made jobs.</summary>
    protected List<JsonNode> Created() =>
    [
        .. Requests(EmulatedService.StorageTransfer).Where(r => r is { Method: "POST", Path: "/v1/transferJobs" })
            .Select(r => JsonNode.Parse(r.Body)!)
    ];

    private static string Anonymous(string part, int index) => index == 0 ? part : part.EndsWith(":run", StringComparison.Ordinal) ? "*:run" : "*";
}
