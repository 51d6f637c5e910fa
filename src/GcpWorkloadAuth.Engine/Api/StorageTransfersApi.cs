using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// What uploads use besides the JSON API's resources. Sources: the discovery document for insert (its mediaUpload paths); for sessions
/// https://cloud.google.com/storage/docs/performing-resumable-uploads; for parts https://cloud.google.com/storage/docs/multipart-uploads.
/// Sessions and parts are in no discovery document: their ids here are ours.
/// </summary>
internal static class StorageTransfersApi
{
    public static readonly ApiMethod Insert = new(
        ApiService.Storage, "storage.objects.insert", HttpMethod.Post, "b/{bucket}/o", RetryClass.Conditional,
        "uploadType", "name", "kmsKeyName", "projection",
        "ifGenerationMatch", "ifGenerationNotMatch", "ifMetagenerationMatch", "ifMetagenerationNotMatch")
    {
        Mount = "upload",
    };

    // The address of a session is the server's: it repeats what the session was begun with.
    public static readonly ApiMethod SessionUpdate = new(
        ApiService.Storage, "storage.objects.insert.update", HttpMethod.Put, "b/{bucket}/o", RetryClass.Conditional,
        "uploadType", "name", "kmsKeyName", "upload_id", "ifGenerationMatch", "ifMetagenerationMatch")
    {
        Mount = "upload",
    };

    public static readonly ApiMethod SessionDelete = new(
        ApiService.Storage, "storage.objects.insert.delete", HttpMethod.Delete, "b/{bucket}/o", RetryClass.Conditional,
        "uploadType", "name", "kmsKeyName", "upload_id", "ifGenerationMatch", "ifMetagenerationMatch")
    {
        Mount = "upload",
    };

    public static readonly ApiMethod PartsInsert = new(
        ApiService.Storage, "storage.xml.parts.insert", HttpMethod.Post, "{bucket}/{object}", RetryClass.Conditional, "uploads", "uploadId")
    {
        IsXml = true,
    };

    public static readonly ApiMethod PartsUpdate = new(
        ApiService.Storage, "storage.xml.parts.update", HttpMethod.Put, "{bucket}/{object}", RetryClass.Conditional, "partNumber", "uploadId")
    {
        IsXml = true,
    };

    public static readonly ApiMethod[] All = [Insert, SessionUpdate, SessionDelete, PartsInsert, PartsUpdate];
}
