using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>Drafts of objects that are made from other objects.</summary>
internal static class Drafts
{
    /// <summary>The same content and metadata under a name. Holds stay behind ("Object holds" documentation: copies have none).</summary>
    public static ObjectDraft From(StoredObject source, string name)
    {
        JsonObject resource = source.Resource.DeepClone().AsObject();
        resource.Remove("temporaryHold");
        resource.Remove("eventBasedHold");
        resource.Remove("retention");
        return new ObjectDraft(name, source.Content, source.Crc32C, source.Md5, resource)
        {
            ComponentCount = source.ComponentCount,
            StorageClass = source.StorageClass,
            KmsKeyName = source.KmsKeyName,
            CustomerKeySha256 = source.CustomerKeySha256,
        };
    }
}
