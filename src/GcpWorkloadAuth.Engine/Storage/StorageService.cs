using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>Cloud Storage. One narrow class: a generated client could take its place.</summary>
internal sealed partial class StorageService(ApiClient client)
{
    private const string ListFields = "nextPageToken,unreachable,items(" + BucketReader.Fields + ")";

    public Task<GcsBucket> GetBucketAsync(string name, EngineCall call) => client.GetAsync(
        StorageApi.BucketsGet,
        StorageApi.BucketsGet.Format([Names.Bucket(name)], ("projection", "noAcl"), ("prettyPrint", "false"), ("fields", BucketReader.Fields)),
        BucketReader.Read,
        _ => Errors.BucketNotFound(name),
        call);

    public Task<BucketPage> ListBucketsAsync(BucketQuery query, string? pageToken, EngineCall call) => client.GetAsync(
        StorageApi.BucketsList,
        StorageApi.BucketsList.Format(
            [],
            ("project", Names.Project(query.Project)),
            ("prefix", query.Prefix),
            ("projection", "noAcl"),
            ("returnPartialSuccess", "true"),
            ("maxResults", "1000"),
            ("pageToken", pageToken),
            ("prettyPrint", "false"),
            ("fields", ListFields)),
        BucketReader.ReadPage,
        _ => Errors.ProjectNotFound(query.Project),
        call);
}
