using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>
/// What an HTML form needs to upload a file straight to a bucket: its address and its hidden fields, signed. The file's own field,
/// "file", comes last in the form.
/// </summary>
public sealed class GcsPostPolicy
{
    internal GcsPostPolicy(string url, string bucket, IReadOnlyDictionary<string, string> fields, DateTime expiresAt, string account)
    {
        Url = url;
        Bucket = bucket;
        Fields = fields;
        ExpiresAt = expiresAt;
        Account = account;
    }

    /// <summary>Where the form is sent: its "action".</summary>
    public string Url { get; }

    /// <summary>The bucket.</summary>
    public string Bucket { get; }

    /// <summary>Names and values of the form's fields, policy and signature among them.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; }

    /// <summary>When it ends, local time.</summary>
    public DateTime ExpiresAt { get; }

    /// <summary>The service account whose rights it lends.</summary>
    public string Account { get; }

    /// <summary>The form's address.</summary>
    public override string ToString() => Url;
}
