using System;
#if !NET
using System.Reflection;
#endif

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>
/// Makes addresses whose escapes stay as they are. .NET does so. .NET Framework does not in a host that names no target framework, and
/// powershell.exe is one: there %2F becomes a slash and %5C a backslash, and "o/a%2Fb" would be another resource.
/// </summary>
/// <remarks>
/// Source: the reference source of System.Uri, UriSyntaxFlags.UnEscapeDotsAndSlashes, set for http and https where
/// UriParser.ShouldUseLegacyV2Quirks. Only the address made here gets a parser without that flag; the process's own stays.
/// </remarks>
internal static class LiteralUri
{
#if NET
    public static Uri Of(string address) => new(address);
#else
    private const int UnescapeDotsAndSlashes = 0x2000000;
    private static readonly FieldInfo? s_syntax = typeof(Uri).GetField("m_Syntax", BindingFlags.Instance | BindingFlags.NonPublic);
    private static readonly FieldInfo? s_flags = typeof(UriParser).GetField("m_Flags", BindingFlags.Instance | BindingFlags.NonPublic);
    private static readonly MethodInfo s_clone =
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static Uri Of(string address)
    {
        Uri uri = new(address);
        if (s_flags is not null && s_syntax?.GetValue(uri) is UriParser parser && s_flags.GetValue(parser) is { } flags)
        {
            int bits = (int)flags;
            if ((bits & UnescapeDotsAndSlashes) != 0)
            {
                // Before anything is asked of the address: it is taken apart only then.
                object literal = s_clone.Invoke(parser, null);
                s_flags.SetValue(literal, Enum.ToObject(flags.GetType(), bits & ~UnescapeDotsAndSlashes));
                s_syntax.SetValue(uri, literal);
            }
        }

        return uri;
    }
#endif
}
