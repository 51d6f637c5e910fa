using System;
using GcpWorkloadAuth.Commands;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Where copies go: what -Destination and -DestinationName say, and the name that each object gets by it.</summary>
internal sealed class CopyDestination
{
    private readonly string? _bucket;
    private readonly string _prefix;
    private readonly string? _name;

    private CopyDestination(string? bucket, string prefix, string? name)
    {
        _bucket = bucket;
        _prefix = prefix;
        _name = name;
    }

    /// <param name="destination">A gs:// address or a bucket's name; null for the bucket of the source.</param>
    /// <param name="name">The name to be; null where the destination says it or the source's is kept.</param>
    /// <exception cref="GcpException">Neither is given, both name an object, or the destination is a path of this machine.</exception>
    public static CopyDestination Parse(string? destination, string? name)
    {
        if (destination is null)
        {
            return name is null ? throw Errors.DestinationMissing() : new CopyDestination(null, string.Empty, name);
        }

        GcsObjectCopyCmdlet.DemandRemote(destination);
        if (!GcsUri.IsUri(destination))
        {
            return new CopyDestination(destination, string.Empty, name);
        }

        (string bucket, string path) = GcsUri.Split(destination);
        if (path.Length == 0)
        {
            return new CopyDestination(bucket, string.Empty, name);
        }

        if (name is not null)
        {
            throw Errors.ObjectNameTwice(destination, name);
        }

        return path.EndsWith("/", StringComparison.Ordinal)
            ? new CopyDestination(bucket, path, null)
            : new CopyDestination(bucket, string.Empty, path);
    }

    /// <summary>
    /// Of one object: the name given; in a prefix, the part of its name behind the last slash; in a bucket, its whole name.
    /// </summary>
    public ObjectAddress For(GcsObject source)
    {
        string name = _name
            ?? (_prefix.Length == 0 ? source.Name : _prefix + source.Name.Substring(source.Name.TrimEnd('/').LastIndexOf('/') + 1));
        return new ObjectAddress(_bucket ?? source.Bucket, name);
    }

    /// <summary>Of many: what stands behind the source's prefix comes behind the destination's.</summary>
    public ObjectAddress Below(GcsObject source, string sourcePrefix)
    {
        string prefix = _name ?? _prefix;
        bool isFolder = sourcePrefix.Length == 0 || sourcePrefix.EndsWith("/", StringComparison.Ordinal);
        string slash = isFolder && prefix.Length > 0 && !prefix.EndsWith("/", StringComparison.Ordinal) ? "/" : string.Empty;
        return new ObjectAddress(_bucket ?? source.Bucket, prefix + slash + source.Name.Substring(sourcePrefix.Length));
    }
}
