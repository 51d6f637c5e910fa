using System;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>Takes an encoding as PowerShell's own cmdlets do: by their names for it, by an IANA name, by a code page, or the object itself.</summary>
internal sealed class EncodingTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        switch (value)
        {
            case null or Encoding:
                return value;
            case int page when Find(() => Encoding.GetEncoding(page)) is { } byPage:
                return byPage;
        }

        string name = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        return Named(name)
            ?? throw new ArgumentTransformationMetadataException(string.Format(CultureInfo.CurrentCulture, Strings.EncodingUnknown, name));
    }

    /// <summary>The encoding of a name; null where there is none.</summary>
    public static Encoding? Named(string name) => name.ToUpperInvariant() switch
    {
        "UTF8" or "UTF-8" or "UTF8NOBOM" or "DEFAULT" => new UTF8Encoding(false),
        "UTF8BOM" => new UTF8Encoding(true),
        "UNICODE" or "UTF-16" or "UTF16" or "UTF-16LE" or "STRING" => new UnicodeEncoding(false, true),
        "BIGENDIANUNICODE" or "UTF-16BE" => new UnicodeEncoding(true, true),
        "UTF32" or "UTF-32" => new UTF32Encoding(false, true),
        "ASCII" or "US-ASCII" => Encoding.ASCII,
        "LATIN1" or "ISO-8859-1" => Encoding.GetEncoding(28591),
        _ => Find(() => Encoding.GetEncoding(name)),
    };

    private static Encoding? Find(Func<Encoding> find)
    {
        try
        {
            return find();
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
