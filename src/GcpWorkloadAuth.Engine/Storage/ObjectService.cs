using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>The objects of Cloud Storage: typed calls over the table.</summary>
internal sealed partial class ObjectService(ApiClient client)
{
    private const string ListFields = "nextPageToken,prefixes,items(" + ObjectReader.Fields + ")";

    /// <summary>The metadata of one object.</summary>
    public Task<GcsObject> GetAsync(ObjectAddress address, EngineCall call) => GetAsync(address, null, call);

    /// <summary>The metadata of one object; with its customer-supplied key the hashes of its content too.</summary>
    public Task<GcsObject> GetAsync(ObjectAddress address, CustomerKey? key, EngineCall call)
    {
        string path = StorageObjectsApi.Get.Format(
            PathOf(address),
            ("generation", Text(address.Generation)),
            ("softDeleted", address.IsSoftDeleted ? "true" : null),
            ("projection", "noAcl"),
            ("prettyPrint", "false"),
            ("fields", ObjectReader.Fields));
        ApiRequest request = new(StorageObjectsApi.Get, path) { NotFound = _ => NotFound(address), Headers = [.. key?.Headers() ?? []] };
        return client.SendAsync(request, ObjectReader.Read, call);
    }

    /// <summary>A page of a bucket's objects.</summary>
    public Task<ObjectPage> ListAsync(ObjectQuery query, string? pageToken, EngineCall call)
    {
        string path = StorageObjectsApi.List.Format(
            [Names.Bucket(query.Bucket)],
            ("prefix", query.Prefix),
            ("delimiter", query.Delimiter),
            ("matchGlob", query.Glob),
            ("versions", query.IncludeVersions ? "true" : null),
            ("softDeleted", query.SoftDeleted ? "true" : null),
            ("startOffset", query.StartOffset),
            ("endOffset", query.EndOffset),
            ("projection", "noAcl"),
            ("maxResults", "1000"),
            ("pageToken", pageToken),
            ("prettyPrint", "false"),
            ("fields", ListFields));
        return client.SendAsync(
            new ApiRequest(StorageObjectsApi.List, path) { NotFound = _ => Errors.BucketNotFound(query.Bucket) }, ObjectReader.ReadPage, call);
    }

    private static string[] PathOf(ObjectAddress address) => [Names.Bucket(address.Bucket), Names.Object(address.Name)];

    // Storage words a missing bucket and a missing object alike; the object is what was asked for.
    private static GcpException NotFound(ObjectAddress address) => Errors.ObjectNotFound(address.ToString());

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
