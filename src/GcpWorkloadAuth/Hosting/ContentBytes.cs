using System;
using System.Collections;
using System.IO;
using System.Management.Automation;
using System.Text;

namespace GcpWorkloadAuth.Hosting;

/// <summary>What users give as a content: text, bytes, or lists of these.</summary>
internal static class ContentBytes
{
    /// <summary>UTF-8 without a mark at the beginning.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(false);

    /// <summary>The bytes of a content. Of several texts each is a line.</summary>
    /// <exception cref="GcpException">It is neither text nor bytes.</exception>
    public static byte[] Of(object? value, Encoding encoding)
    {
        switch (Bare(value))
        {
            case string text:
                return encoding.GetBytes(text);
            case byte[] bytes:
                return bytes;
            case byte one:
                return new[] { one };
            case char c:
                return encoding.GetBytes(new[] { c });
            case IEnumerable many and not IDictionary:
                return Join(many, encoding);
            case var other:
                throw Errors.UploadValueInvalid(other?.GetType().Name ?? "null");
        }
    }

    /// <summary>True where it is text, or a list that begins with some.</summary>
    public static bool IsText(object? value)
    {
        switch (Bare(value))
        {
            case string or char:
                return true;
            case byte[]:
                return false;
            case IEnumerable many:
                foreach (object? first in many)
                {
                    return IsText(first);
                }

                return false;
            default:
                return false;
        }
    }

    /// <summary>What PowerShell has wrapped.</summary>
    public static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static byte[] Join(IEnumerable many, Encoding encoding)
    {
        using MemoryStream bytes = new();
        foreach (object? item in many)
        {
            object? bare = Bare(item);
            byte[] block = Of(bare, encoding);
            bytes.Write(block, 0, block.Length);
            if (bare is string)
            {
                byte[] end = encoding.GetBytes(Environment.NewLine);
                bytes.Write(end, 0, end.Length);
            }
        }

        return bytes.ToArray();
    }
}
