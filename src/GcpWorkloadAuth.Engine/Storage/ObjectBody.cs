using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>The bodies of requests that set an object's metadata.</summary>
internal static class ObjectBody
{
    /// <summary>The body of a patch: what changes alone; null takes away.</summary>
    /// <param name="changes">What changes, without the storage class: a patch cannot change it.</param>
    /// <param name="seen">What is there: the names that go where all of the user's metadata is replaced.</param>
    public static byte[] Patch(ObjectChanges changes, GcsObject seen)
    {
        Dictionary<string, object?> body = new(StringComparer.Ordinal);
        AddFields(body, changes);
        if (changes.TemporaryHold is { } temporary)
        {
            body["temporaryHold"] = temporary;
        }

        if (changes.EventBasedHold is { } eventBased)
        {
            body["eventBasedHold"] = eventBased;
        }

        if (changes.Metadata is not null || changes.AddMetadata is not null || changes.RemoveMetadata is not null)
        {
            IReadOnlyDictionary<string, string> wanted = MetadataAfter(changes, seen);
            Dictionary<string, object?> metadata = new(StringComparer.Ordinal);
            foreach (KeyValuePair<string, string> had in seen.Metadata)
            {
                if (!wanted.ContainsKey(had.Key))
                {
                    metadata[had.Key] = null;
                }
            }

            foreach (KeyValuePair<string, string> wants in wanted)
            {
                metadata[wants.Key] = wants.Value;
            }

            // What was named goes even where nobody has looked whether it is there.
            foreach (string name in changes.RemoveMetadata ?? [])
            {
                metadata[name] = null;
            }

            body["metadata"] = metadata;
        }

        return JsonBody.Write(body);
    }

    /// <summary>
    /// The metadata of a copy: with a body, the service takes nothing over from the source, so all that stays is in it. Null where
    /// nothing changes and the service copies by itself.
    /// </summary>
    public static byte[]? Copy(ObjectChanges changes, GcsObject source) =>
        changes.IsEmpty ? null : JsonBody.Write(Resource(changes, source));

    /// <summary>The metadata of an object that is made of others.</summary>
    public static Dictionary<string, object?> Resource(ObjectChanges changes, GcsObject source)
    {
        Dictionary<string, object?> body = new(StringComparer.Ordinal);
        AddFields(
            body,
            changes with
            {
                ContentType = changes.ContentType ?? source.ContentType,
                ContentEncoding = changes.ContentEncoding ?? source.ContentEncoding,
                ContentDisposition = changes.ContentDisposition ?? source.ContentDisposition,
                ContentLanguage = changes.ContentLanguage ?? source.ContentLanguage,
                CacheControl = changes.CacheControl ?? source.CacheControl,
                CustomTime = changes.CustomTime ?? source.CustomTime,
            });
        if (changes.StorageClass is { } storageClass)
        {
            body["storageClass"] = storageClass;
        }

        IReadOnlyDictionary<string, string> metadata = MetadataAfter(changes, source);
        if (metadata.Count > 0)
        {
            Dictionary<string, object?> copy = new(StringComparer.Ordinal);
            foreach (KeyValuePair<string, string> entry in metadata)
            {
                copy[entry.Key] = entry.Value;
            }

            body["metadata"] = copy;
        }

        return body;
    }

    /// <summary>True where an object is as the changes want it: what a lost try may have done.</summary>
    public static bool IsDone(ObjectChanges changes, GcsObject now)
    {
        bool isMetadata = true;
        IReadOnlyDictionary<string, string> wanted = MetadataAfter(changes, now);
        foreach (KeyValuePair<string, string> entry in wanted)
        {
            isMetadata &= now.Metadata.TryGetValue(entry.Key, out string? value) && value == entry.Value;
        }

        return isMetadata && wanted.Count == now.Metadata.Count
            && Is(changes.ContentType, now.ContentType) && Is(changes.ContentEncoding, now.ContentEncoding)
            && Is(changes.ContentDisposition, now.ContentDisposition) && Is(changes.ContentLanguage, now.ContentLanguage)
            && Is(changes.CacheControl, now.CacheControl) && Is(changes.StorageClass, now.StorageClass)
            && (changes.CustomTime is not { } time || now.CustomTime?.ToUniversalTime() == time.ToUniversalTime())
            && (changes.TemporaryHold ?? now.TemporaryHold) == now.TemporaryHold
            && (changes.EventBasedHold ?? now.EventBasedHold) == now.EventBasedHold;
    }

    private static bool Is(string? wanted, string? value) =>
        wanted is null || string.Equals(wanted, value ?? string.Empty, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyDictionary<string, string> MetadataAfter(ObjectChanges changes, GcsObject before)
    {
        if (changes.Metadata is null && changes.AddMetadata is null && changes.RemoveMetadata is null)
        {
            return before.Metadata;
        }

        Dictionary<string, string> result = new(StringComparer.Ordinal);
        Add(changes.Metadata ?? before.Metadata);
        foreach (string name in changes.RemoveMetadata ?? [])
        {
            result.Remove(name);
        }

        Add(changes.AddMetadata ?? NoLabels.Instance);
        return result;

        void Add(IReadOnlyDictionary<string, string> entries)
        {
            foreach (KeyValuePair<string, string> entry in entries)
            {
                result[entry.Key] = entry.Value;
            }
        }
    }

    private static void AddFields(Dictionary<string, object?> body, ObjectChanges changes)
    {
        Add("contentType", changes.ContentType);
        Add("contentEncoding", changes.ContentEncoding);
        Add("contentDisposition", changes.ContentDisposition);
        Add("contentLanguage", changes.ContentLanguage);
        Add("cacheControl", changes.CacheControl);
        if (changes.CustomTime is { } time)
        {
            body["customTime"] = JsonValues.TimeOf(time);
        }

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                body[name] = value.Length == 0 ? null : value;
            }
        }
    }
}
