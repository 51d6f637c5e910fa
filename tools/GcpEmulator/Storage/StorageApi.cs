using GcpEmulator.Auth;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>Cloud Storage's JSON API: sends a call to its handler once the caller may make it (discovery document of Storage v1).</summary>
internal sealed class StorageApi
{
    private const string Service = "storage.googleapis.com";
    private readonly CloudState _state;
    private readonly BearerCheck _bearer;
    private readonly BucketsApi _buckets;
    private readonly BucketChanges _changes;
    private readonly BucketPolicies _policies;
    private readonly FoldersApi _folders;
    private readonly ObjectsApi _objects;
    private readonly CopiesApi _copies;
    private readonly UploadsApi _uploads;
    private readonly ResumableApi _resumable;
    private readonly BatchApi _batch;
    private readonly XmlApi _xml;

    public StorageApi(CloudState state, BearerCheck bearer, TimeProvider clock)
    {
        (_state, _bearer) = (state, bearer);
        _buckets = new BucketsApi(state);
        _changes = new BucketChanges(state, clock);
        _policies = new BucketPolicies(state);
        _folders = new FoldersApi(state);
        _objects = new ObjectsApi(state);
        _copies = new CopiesApi(state);
        _uploads = new UploadsApi(state);
        _resumable = new ResumableApi(state);
        _batch = new BatchApi(JsonAsync);
        _xml = new XmlApi(state, bearer, clock);
    }

    public async ValueTask<Reply> HandleAsync(EmulatedRequest request)
    {
        if (!StorageRoutes.IsJson(request.Segments) || StorageRoutes.HostBucket(request) is not null)
        {
            return await _xml.HandleAsync(request);
        }

        return request.Segments is ["batch", ..] ? await _batch.HandleAsync(request) : await JsonAsync(request);
    }

    private async ValueTask<Reply> JsonAsync(EmulatedRequest request)
    {
        try
        {
            string[] path = request.Segments;
            return path switch
            {
                ["b", ..] => await ResourceAsync(request, path),
                ["storage", ..] => await ResourceAsync(request, path[2..]),
                ["download", ..] => await ResourceAsync(request, path[3..]),
                ["upload", ..] => await UploadAsync(request, path[3..]),
                ["resumable", ..] => await UploadAsync(request, path[4..]),
                _ => NotServed(request),
            };
        }
        catch (StorageException refusal)
        {
            return refusal.Reply;
        }
    }

    private async ValueTask<Reply> UploadAsync(EmulatedRequest request, string[] path)
    {
        // "The session URI acts as an authentication token": no further check.
        if (request.Has("upload_id"))
        {
            return await _resumable.ContinueAsync(request);
        }

        if (path is not ["b", string bucket, "o", .. string[] rest] || request.Method is not ("POST" or "PUT"))
        {
            return NotServed(request);
        }

        Allow(request, "storage.objects.create", bucket);
        string? name = rest.Length == 0 ? null : string.Join('/', rest);
        return request.Parameter("uploadType") == "resumable"
            ? await _resumable.StartAsync(request, bucket, name)
            : await _uploads.InsertAsync(request, bucket, name);
    }

    private ValueTask<Reply> ResourceAsync(EmulatedRequest request, string[] path)
    {
        (string permission, Func<Reply> answer) = BucketCall(request, path) ?? ObjectCall(request, path) ?? FolderCall(request, path)
            ?? (string.Empty, () => NotServed(request));
        if (permission.Length > 0)
        {
            Allow(request, permission, path.ElementAtOrDefault(1));
        }

        return ValueTask.FromResult(answer());
    }

    private (string Permission, Func<Reply> Answer)? BucketCall(EmulatedRequest request, string[] path) => (request.Method, path) switch
    {
        ("GET", ["b"]) => ("storage.buckets.list", () => _buckets.List(request)),
        ("POST", ["b"]) => ("storage.buckets.create", () => _changes.Insert(request)),
        ("GET", ["b", string bucket]) => ("storage.buckets.get", () => _buckets.Get(request, bucket)),
        ("PATCH", ["b", string bucket]) => ("storage.buckets.update", () => _changes.Change(request, bucket, isPatch: true)),
        ("PUT", ["b", string bucket]) => ("storage.buckets.update", () => _changes.Change(request, bucket, isPatch: false)),
        ("DELETE", ["b", string bucket]) => ("storage.buckets.delete", () => _changes.Delete(request, bucket)),
        ("POST", ["b", string bucket, "restore"]) => ("storage.buckets.restore", () => _changes.Restore(request, bucket)),
        ("POST", ["b", string bucket, "lockRetentionPolicy"]) => ("storage.buckets.update", () => _changes.LockRetention(request, bucket)),
        ("GET", ["b", string bucket, "iam"]) => ("storage.buckets.getIamPolicy", () => _policies.Get(request, bucket)),
        ("PUT", ["b", string bucket, "iam"]) => ("storage.buckets.setIamPolicy", () => _policies.Set(request, bucket)),
        ("GET", ["b", string bucket, "iam", "testPermissions"]) => ("", () => _policies.Test(request, bucket)),
        ("GET", ["b", string bucket, "storageLayout"]) => ("storage.objects.list", () => _buckets.Layout(request, bucket)),
        _ => null,
    };

    private (string Permission, Func<Reply> Answer)? ObjectCall(EmulatedRequest request, string[] path) => (request.Method, path) switch
    {
        ("GET", ["b", string bucket, "o"]) => ("storage.objects.list", () => _objects.List(request, bucket)),
        ("POST", ["b", string bucket, "o", string name, "copyTo", "b", string toBucket, "o", string toName]) =>
            ("storage.objects.get", () => _copies.Copy(request, bucket, name, toBucket, toName)),
        ("POST", ["b", string bucket, "o", string name, "rewriteTo", "b", string toBucket, "o", string toName]) =>
            ("storage.objects.get", () => _copies.Rewrite(request, bucket, name, toBucket, toName)),
        ("POST", ["b", string bucket, "o", string name, "moveTo", "o", string toName]) =>
            ("storage.objects.move", () => _copies.Move(request, bucket, name, toName)),
        ("POST", ["b", string bucket, "o", string name, "compose"]) => ("storage.objects.create", () => _copies.Compose(request, bucket, name)),
        ("POST", ["b", string bucket, "o", string name, "restore"]) => ("storage.objects.restore", () => _objects.Restore(request, bucket, name)),
        ("GET" or "HEAD", ["b", string bucket, "o", .. string[] name]) => ("storage.objects.get", () => _objects.Get(request, bucket, string.Join('/', name))),
        ("PATCH", ["b", string bucket, "o", .. string[] name]) =>
            ("storage.objects.update", () => _objects.Change(request, bucket, string.Join('/', name), isPatch: true)),
        ("PUT", ["b", string bucket, "o", .. string[] name]) =>
            ("storage.objects.update", () => _objects.Change(request, bucket, string.Join('/', name), isPatch: false)),
        ("DELETE", ["b", string bucket, "o", .. string[] name]) =>
            ("storage.objects.delete", () => _objects.Delete(request, bucket, string.Join('/', name))),
        _ => null,
    };

    private (string Permission, Func<Reply> Answer)? FolderCall(EmulatedRequest request, string[] path)
    {
        if (path is not ["b", string bucket, "managedFolders" or "folders", .. string[] name])
        {
            return null;
        }

        bool isManaged = path[2] == "managedFolders";
        string permission = "storage." + path[2] + ".";
        string folder = string.Join('/', name);
        return (request.Method, name.Length) switch
        {
            ("GET", 0) => (permission + "list", () => _folders.List(request, bucket, isManaged)),
            ("POST", 0) => (permission + "create", () => _folders.Insert(request, bucket, isManaged)),
            ("GET", > 0) => (permission + "get", () => _folders.Get(request, bucket, folder, isManaged)),
            ("DELETE", > 0) => (permission + "delete", () => _folders.Delete(request, bucket, folder, isManaged)),
            _ => null,
        };
    }

    private void Allow(EmulatedRequest request, string permission, string? bucket)
    {
        bool reads = request.Method is "GET" or "HEAD";
        if (_bearer.Check(request, Service, permission, reads ? Scopes.StorageRead : Scopes.StorageWrite) is Reply refusal)
        {
            throw new StorageException(refusal);
        }

        _state.Objects.CheckPermission(_bearer.AccountOf(request), permission, bucket);
    }

    private static Reply NotServed(EmulatedRequest request) =>
        GoogleErrors.NotFound("The emulator does not serve " + request.Method + " " + request.Path);
}
