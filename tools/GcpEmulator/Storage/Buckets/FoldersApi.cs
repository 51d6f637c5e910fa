using System.Globalization;
using System.Text.Json;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Storage;

/// <summary>managedFolders and folders: list, insert, get, delete (discovery document of Storage v1).</summary>
internal sealed class FoldersApi(CloudState state)
{
    public Reply List(EmulatedRequest request, string bucket, bool isManaged)
    {
        string prefix = request.Parameter("prefix") ?? string.Empty;
        string after = request.Parameter("pageToken") is { Length: > 0 } token ? ListPosition.Parse(token).Key : string.Empty;
        int size = (int)Math.Min(Preconditions.Number(request, "pageSize") ?? 1000, 1000);
        StoredFolder[] found =
        [
            .. Of(bucket).Folders.All(isManaged)
                .Where(f => f.Name.StartsWith(prefix, StringComparison.Ordinal) && Utf8Order.Instance.Compare(f.Name, after) > 0)
                .Take(size + 1),
        ];
        return JsonAnswer.Create(request, FieldSchemas.Unchecked, json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", isManaged ? "storage#managedFolders" : "storage#folders");
            if (found.Length > size)
            {
                json.WriteString("nextPageToken", new ListPosition(found[size - 1].Name, 0).ToString());
            }

            json.WriteStartArray("items");
            foreach (StoredFolder folder in found.Take(size))
            {
                Write(json, bucket, folder);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public Reply Insert(EmulatedRequest request, string bucket, bool isManaged)
    {
        BucketContents contents = Of(bucket);
        EmulatedBucket settings = state.Buckets.Find(bucket)!;
        string name = ObjectNames.Check(ObjectResource.Parse(request.Body)["name"]?.ToString());
        if (isManaged && !settings.UniformAccess)
        {
            return GoogleErrors.Invalid("Managed folders require uniform bucket-level access."); // documented as a must; ASSUMED: the text
        }

        if (!isManaged && !settings.IsHierarchical)
        {
            return GoogleErrors.Invalid("The bucket does not support hierarchical namespace."); // ASSUMED: the text
        }

        string folder = name.EndsWith('/') ? name : name + "/";
        return contents.Folders.Add(folder, isManaged) is StoredFolder added
            ? JsonAnswer.Create(request, FieldSchemas.Unchecked, json => Write(json, bucket, added))
            : Reply.Json(GoogleErrors.Create(409, "The folder you tried to create already exists.", "conflict"), 409); // ASSUMED: the text
    }

    public Reply Get(EmulatedRequest request, string bucket, string name, bool isManaged) =>
        Of(bucket).Folders.Find(WithSlash(name), isManaged) is StoredFolder folder
            ? JsonAnswer.Create(request, FieldSchemas.Unchecked, json => Write(json, bucket, folder))
            : GoogleErrors.NotFound("The folder does not exist."); // ASSUMED: the text

    public Reply Delete(EmulatedRequest request, string bucket, string name, bool isManaged)
    {
        BucketContents contents = Of(bucket);
        string folder = WithSlash(name);
        if (contents.Folders.Find(folder, isManaged) is null)
        {
            return GoogleErrors.NotFound("The folder does not exist.");
        }

        bool mayBeFull = isManaged && request.Flag("allowNonEmpty");
        if (!mayBeFull && contents.Objects.List(new ListQuery { Prefix = folder, MaxResults = 1 }).Items.Count > 0)
        {
            return Reply.Json(GoogleErrors.Create(409, "The folder you tried to delete is not empty.", "conflict"), 409); // ASSUMED: the text
        }

        contents.Folders.Remove(folder, isManaged);
        return Reply.Empty(204);
    }

    private BucketContents Of(string bucket) => state.Buckets.Contents(bucket) ?? throw StorageException.NoBucket();

    private static string WithSlash(string name) => name.EndsWith('/') ? name : name + "/";

    private static void Write(Utf8JsonWriter json, string bucket, StoredFolder folder)
    {
        string kind = folder.IsManaged ? "managedFolder" : "folder";
        json.WriteStartObject();
        json.WriteString("kind", "storage#" + kind);
        json.WriteString("id", bucket + "/" + folder.Name);
        json.WriteString("selfLink", $"https://www.googleapis.com/storage/v1/b/{bucket}/{kind}s/{Uri.EscapeDataString(folder.Name)}");
        json.WriteString("name", folder.Name);
        json.WriteString("bucket", bucket);
        json.WriteString("metageneration", folder.Metageneration.ToString(CultureInfo.InvariantCulture));
        json.WriteString("createTime", BucketJson.Time(folder.CreatedAt));
        json.WriteString("updateTime", BucketJson.Time(folder.CreatedAt));
        json.WriteEndObject();
    }
}
