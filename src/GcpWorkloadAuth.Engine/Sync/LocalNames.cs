using System;
using System.IO;
using System.Text;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Sync;

/// <summary>
/// Files for the names of objects. A name that would lead out of the folder, or that the file system takes for another one, is refused: it comes
/// from whoever may write to the bucket.
/// </summary>
internal static class LocalNames
{
    // Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
    private static readonly string[] s_devices =
        ["CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
         "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "CONIN$", "CONOUT$"];

    private static readonly char[] s_forbidden = ['<', '>', ':', '"', '\\', '|', '?', '*'];

    /// <summary>True on file systems that usually take capitals and small letters for the same.</summary>
    public static bool IgnoresCase => Path.DirectorySeparatorChar == '\\' || IsMac;

    private static bool IsMac =>
#if NET
        OperatingSystem.IsMacOS();
#else
        false;
#endif

    /// <summary>The path of the file for a name below a folder.</summary>
    /// <exception cref="GcpException">The name cannot be a file there.</exception>
    public static string PathOf(string folder, string name) =>
        Refusal(name, Path.DirectorySeparatorChar == '\\') is { } why
            ? throw Errors.SyncNameUnsafe(name, why)
            : Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>What the file systems that tell least apart would call it: names of one key are one file there.</summary>
    public static string Key(string name, bool ignoresCase)
    {
        string normal;
        try
        {
            normal = name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            normal = name; // not valid Unicode; no normal form of it exists
        }

        return ignoresCase ? normal.ToUpperInvariant() : normal;
    }

    /// <summary>Why a name cannot be a file; null where it can.</summary>
    public static string? Refusal(string name, bool isWindows)
    {
        foreach (string part in name.Split('/'))
        {
            if (part.Length == 0)
            {
                return "a part of it is empty";
            }

            if (part is "." or "..")
            {
                return "it has a part '" + part + "'";
            }

            if (part.IndexOf('\0') >= 0)
            {
                return "it holds a zero character";
            }

            if (isWindows && WindowsRefusal(part) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    private static string? WindowsRefusal(string part)
    {
        if (part.IndexOfAny(s_forbidden) >= 0 || Array.Exists(part.ToCharArray(), static c => c < ' '))
        {
            return "Windows allows no '" + part + "'";
        }

        if (part[part.Length - 1] is '.' or ' ')
        {
            return "Windows drops the end of '" + part + "'";
        }

        int dot = part.IndexOf('.');
        string stem = (dot < 0 ? part : part.Substring(0, dot)).TrimEnd(' ').ToUpperInvariant();
        return Array.IndexOf(s_devices, stem) >= 0 ? "'" + part + "' is a device on Windows" : null;
    }
}
