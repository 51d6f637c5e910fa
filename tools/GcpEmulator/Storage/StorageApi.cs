using GcpEmulator.Auth;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>
/// Cloud Storage's JSON API: /storage/v1 for resources, /upload/storage/v1 for content, /download/storage/v1 for media links
/// (discovery document of Storage v1).
/// </summary>
internal sealed class StorageApi(CloudState state, BearerCheck bearer)
{
    private const string Service = "storage.googleapis.com";
    private readonly BucketsApi _buckets = new(state);
    private readonly ObjectsApi _objects = new(state);

    /// <param name="request">The request.</param>
    /// <param name="path">The path's parts behind /storage/v1.</param>
    /// <param name="upload">True under /upload.</param>
    public async ValueTask<Reply> HandleAsync(EmulatedRequest request, string[] path, bool upload)
    {
        (string permission, Func<ValueTask<Reply>> answer) = (request.Method, path) switch
        {
            ("GET", ["b"]) => ("storage.buckets.list", Now(() => _buckets.List(request))),
            ("GET", ["b", string bucket]) => ("storage.buckets.get", Now(() => _buckets.Get(request, bucket))),
            ("GET", ["b", string bucket, "iam", "testPermissions"]) =>
                ("storage.buckets.get", Now(() => _buckets.TestPermissions(request, bucket))),
            ("GET", ["b", string bucket, "o"]) => ("storage.objects.list", Now(() => _objects.List(request, bucket))),
            ("GET", ["b", string bucket, "o", .. string[] name]) =>
                ("storage.objects.get", Now(() => _objects.Get(request, bucket, string.Join('/', name)))),
            ("DELETE", ["b", string bucket, "o", .. string[] name]) =>
                ("storage.objects.delete", Now(() => _objects.Delete(bucket, string.Join('/', name)))),
            ("POST", ["b", string bucket, "o"]) when upload => ("storage.objects.create", Now(() => _objects.Insert(request, bucket))),
            _ => (string.Empty, Now(() => GoogleErrors.NotFound("The emulator does not serve " + request.Method + " " + request.Path))),
        };
        string[] scopes = request.Method == "GET" ? Scopes.StorageRead : Scopes.StorageWrite;
        return permission.Length > 0 && bearer.Check(request, Service, permission, scopes) is Reply refusal ? refusal : await answer();
    }

    private static Func<ValueTask<Reply>> Now(Func<Reply> answer) => () => ValueTask.FromResult(answer());
}
