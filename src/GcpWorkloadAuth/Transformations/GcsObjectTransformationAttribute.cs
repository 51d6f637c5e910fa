using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>
/// Takes objects as Get-GcsObject emits them, live or deserialized, and gs:// addresses; of the latter only bucket, name and
/// generation are known. A prefix or a bucket becomes what stands for all objects below it: whether many may be meant is the cmdlet's to say.
/// </summary>
internal sealed class GcsObjectTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>True where text that is no gs:// address is a bucket's name.</summary>
    public bool PlainTextIsBucket { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or GcsObject[])
        {
            return value;
        }

        if (value is string || value is not IEnumerable many || value is IDictionary)
        {
            return new[] { Read(inputData) };
        }

        List<GcsObject> objects = new();
        foreach (object item in many)
        {
            objects.Add(Read(item));
        }

        return objects.ToArray();
    }

    private GcsObject Read(object item)
    {
        switch (item is PSObject wrapped ? wrapped.BaseObject : item)
        {
            case GcsObject known:
                return known;
            case GcsPrefix prefix:
                return new GcsObject { Bucket = prefix.Bucket, Name = prefix.Name, IsPrefix = true };
            case GcsBucket bucket:
                return new GcsObject { Bucket = bucket.Name, IsPrefix = true };
            case string text when PlainTextIsBucket && !GcsUri.IsUri(text):
                return new GcsObject { Bucket = text, IsPrefix = true };
            case string text:
                return FromUri(text, PlainTextIsBucket);
        }

        PSObject value = PSObject.AsPSObject(item);
        string type = ResourceNames.TypeNameOf(value);
        string? named = Text(value, nameof(GcsObject.Name));
        if (type == nameof(GcsBucket) && named is not null)
        {
            return new GcsObject { Bucket = named, IsPrefix = true };
        }

        if (type == nameof(GcsPrefix) && named is not null && Text(value, nameof(GcsPrefix.Bucket)) is { } parent)
        {
            return new GcsObject { Bucket = parent, Name = named, IsPrefix = true };
        }

        if (type == nameof(GcsObject) && Text(value, nameof(GcsObject.Bucket)) is { } bucketName && named is { } name)
        {
            return new GcsObject
            {
                Bucket = bucketName,
                Name = name,
                Generation = Number(value, nameof(GcsObject.Generation)),
                Metageneration = Number(value, nameof(GcsObject.Metageneration)),
                Size = Number(value, nameof(GcsObject.Size)),
                Crc32C = Text(value, nameof(GcsObject.Crc32C)),
                Md5Hash = Text(value, nameof(GcsObject.Md5Hash)),
                ContentType = Text(value, nameof(GcsObject.ContentType)),
                ContentEncoding = Text(value, nameof(GcsObject.ContentEncoding)),
                StorageClass = Text(value, nameof(GcsObject.StorageClass)),
                EncryptionKeySha256 = Text(value, nameof(GcsObject.EncryptionKeySha256)),
                CreationTime = Time(value, nameof(GcsObject.CreationTime)),
                UpdateTime = Time(value, nameof(GcsObject.UpdateTime)),
                DeletionTime = Time(value, nameof(GcsObject.DeletionTime)),
                SoftDeletionTime = Time(value, nameof(GcsObject.SoftDeletionTime)),
            };
        }

        if (type is not (nameof(GcsObject) or nameof(GcsPrefix) or nameof(GcsBucket)) && FromProperties(value) is { } assembled)
        {
            return assembled;
        }

        // An invalid cast lets the binder go on to binding by property name.
        string message = string.Format(CultureInfo.CurrentCulture, Strings.WrongInputType, nameof(GcsObject), "Uri", type);
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }

    // A line of a table, say: what has a bucket and a name.
    private static GcsObject? FromProperties(PSObject value)
    {
        string? bucket = Text(value, nameof(GcsObject.Bucket)) ?? Text(value, "BucketName");
        string? name = Text(value, nameof(GcsObject.Name)) ?? Text(value, "ObjectName");
        return bucket is { Length: > 0 } && name is { Length: > 0 }
            ? new GcsObject { Bucket = bucket, Name = name, Generation = Number(value, nameof(GcsObject.Generation)) }
            : null;
    }

    // Where buckets can be listed, what ends in a slash is.
    private static GcsObject FromUri(string text, bool lists)
    {
        try
        {
            (string bucket, string name, long? generation) = GcsUri.Parse(text);
            bool isPrefix = name.Length == 0 || (lists && generation is null && name.EndsWith("/", StringComparison.Ordinal));
            return new GcsObject { Bucket = bucket, Name = name, Generation = generation, IsPrefix = isPrefix };
        }
        catch (GcpException failure)
        {
            throw new ArgumentTransformationMetadataException(failure.Message + " " + failure.Advice, failure);
        }
    }

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value as string;

    private static long? Number(PSObject value, string property) =>
        value.Properties[property]?.Value is { } number && LanguagePrimitives.TryConvertTo(number, out long result) ? result : null;

    private static DateTime? Time(PSObject value, string property) => value.Properties[property]?.Value as DateTime?;
}
