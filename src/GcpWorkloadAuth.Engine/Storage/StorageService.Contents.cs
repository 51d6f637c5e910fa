using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <content>What is in a bucket and is no object: folders and unfinished uploads.</content>
internal sealed partial class StorageService
{
    public async Task<IReadOnlyList<BucketFolder>> ListFoldersAsync(string bucket, bool isManaged, EngineCall call)
    {
        ApiMethod method = isManaged ? StorageBucketsApi.ManagedFoldersList : StorageBucketsApi.FoldersList;
        List<BucketFolder> folders = [];
        string? pageToken = null;
        do
        {
            string path = method.Format(
                [Names.Bucket(bucket)], ("pageSize", "1000"), ("pageToken", pageToken), ("prettyPrint", "false"), ("fields", "nextPageToken,items/name"));
            (List<string> names, pageToken) = await client.SendAsync(
                new ApiRequest(method, path) { NotFound = _ => Errors.BucketNotFound(bucket) }, FolderPageReader.Read, call).ConfigureAwait(false);
            foreach (string name in names)
            {
                folders.Add(new BucketFolder(bucket, name, isManaged));
            }
        }
        while (!string.IsNullOrEmpty(pageToken));

        // What is in a folder has a longer name: whoever deletes begins at the end.
        folders.Sort(static (a, b) => a.Name.Length.CompareTo(b.Name.Length));
        return folders;
    }

    public async Task DeleteFolderAsync(BucketFolder folder, EngineCall call)
    {
        ApiMethod method = folder.IsManaged ? StorageBucketsApi.ManagedFoldersDelete : StorageBucketsApi.FoldersDelete;
        string path = method.Format([Names.Bucket(folder.Bucket), folder.Name], ("prettyPrint", "false"));

        // Nothing is lost by a second try: a folder that is not empty is refused.
        await SettleAsync(new ApiRequest(method, path) { IsConditioned = true, NotFound = _ => Errors.FolderNotFound(folder.ToString()) }, call)
            .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<UnfinishedUpload>> ListUploadsAsync(string bucket, EngineCall call)
    {
        List<UnfinishedUpload> uploads = [];
        UploadPage page = new();
        do
        {
            string path = StorageBucketsApi.ListUploads.Format(
                [Names.Bucket(bucket)], ("uploads", string.Empty), ("key-marker", page.NextKey), ("upload-id-marker", page.NextUploadId));
            ApiRequest request = new(StorageBucketsApi.ListUploads, path) { NotFound = _ => Errors.BucketNotFound(bucket) };
            using HttpReply reply = await client.SendAsync(request, call).ConfigureAwait(false);
            page = UploadPage.Read(reply, bucket) ?? throw Errors.ResponseTruncated(ApiService.Storage.Title);
            uploads.AddRange(page.Uploads);
        }
        while (page.IsTruncated);

        return uploads;
    }

    public Task AbortUploadAsync(UnfinishedUpload upload, EngineCall call) => SettleAsync(
        new ApiRequest(
            StorageBucketsApi.AbortUpload,
            StorageBucketsApi.AbortUpload.Format([Names.Bucket(upload.Bucket), upload.Name], ("uploadId", upload.UploadId)))
        {
            IsConditioned = true,
            NotFound = _ => Errors.ObjectNotFound("gs://" + upload.Bucket + "/" + upload.Name),
        },
        call);

    // What is gone is gone, whoever did it.
    private async Task SettleAsync(ApiRequest request, EngineCall call)
    {
        try
        {
            (await client.SendAsync(request, call).ConfigureAwait(false)).Dispose();
        }
        catch (GcpException failure) when (failure.StatusCode == 404)
        {
            // Said above.
        }
    }
}

/// <summary>A page of folders.</summary>
internal static class FolderPageReader
{
    public static (List<string> Names, string? NextPageToken) Read(ref JsonCursor json)
    {
        List<string> names = [];
        string? token = null;
        if (!json.BeginObject())
        {
            return (names, token);
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "nextPageToken":
                    token = json.String();
                    break;
                case "items" when json.BeginArray():
                    while (json.NextElement())
                    {
                        if (ReadName(ref json) is { Length: > 0 } folder)
                        {
                            names.Add(folder);
                        }
                    }

                    break;
                case "items":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return (names, token);
    }

    private static string? ReadName(ref JsonCursor json)
    {
        string? found = null;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                if (name == "name")
                {
                    found = json.String();
                }
                else
                {
                    json.Skip();
                }
            }
        }

        return found;
    }
}
