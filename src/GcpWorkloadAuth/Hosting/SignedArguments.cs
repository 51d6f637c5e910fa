using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Reads what New-GcsSignedUrl and New-GcsPostPolicy are given.</summary>
internal static class SignedArguments
{
    /// <summary>Names and values of headers or form fields.</summary>
    public static List<KeyValuePair<string, string>> Pairs(IDictionary? table)
    {
        List<KeyValuePair<string, string>> pairs = new();
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            object? value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            pairs.Add(new KeyValuePair<string, string>(
                Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty,
                Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty));
        }

        return pairs;
    }

    /// <summary>A host that stands for a bucket; null stays null.</summary>
    public static Uri? HostOf(string? name)
    {
        if (name is null)
        {
            return null;
        }

        string text = name.IndexOf("://", StringComparison.Ordinal) < 0 ? "https://" + name : name;
        bool isUsable = Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.AbsolutePath is "/";
        return isUsable ? uri : throw Errors.SignedHostInvalid(name);
    }
}
