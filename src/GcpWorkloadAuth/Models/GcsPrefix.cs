namespace GcpWorkloadAuth;

/// <summary>What looks like a folder: the common beginning of several names in a bucket, up to and with a delimiter.</summary>
public sealed class GcsPrefix
{
    internal GcsPrefix(string bucket, string name)
    {
        Bucket = bucket;
        Name = name;
    }

    /// <summary>The bucket.</summary>
    public string Bucket { get; }

    /// <summary>The prefix, with the delimiter at its end.</summary>
    public string Name { get; }

    /// <summary>The gs:// address.</summary>
    public string Uri => "gs://" + Bucket + "/" + Name;

    /// <summary>The prefix.</summary>
    public override string ToString() => Name;
}
