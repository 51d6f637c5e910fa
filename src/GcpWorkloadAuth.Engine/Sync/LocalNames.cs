using System;
#if !NET
using System.IO;
#endif
using System.Text;

namespace GcpWorkloadAuth.Engine.Sync;

/// <summary>When two names are one file.</summary>
internal static class LocalNames
{
    /// <summary>True on the systems whose file systems usually take capitals and small letters for the same.</summary>
    public static bool IgnoresCase =>
#if NET
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();
#else
        Path.DirectorySeparatorChar == '\\';
#endif

    /// <summary>What the file systems that tell least apart would call it: names of one key are one file there.</summary>
    public static string Key(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC).ToUpperInvariant();
        }
        catch (ArgumentException)
        {
            // Not valid Unicode; no normal form of it exists.
            return name.ToUpperInvariant();
        }
    }
}
