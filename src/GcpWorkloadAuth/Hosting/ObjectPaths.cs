using System;
using System.IO;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// From an object's name to a path below a folder, and back. What makes no safe path is refused with the reason, never changed: two names never
/// become one path, and no path leaves the folder.
/// </summary>
internal static class ObjectPaths
{
    private static readonly string[] s_devices =
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM\u00b9", "COM\u00b2", "COM\u00b3",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT\u00b9", "LPT\u00b2", "LPT\u00b3",
    };

    /// <summary>True where the rules of Windows hold.</summary>
    public static bool IsWindows => Path.DirectorySeparatorChar == '\\';

    /// <summary>The path of an object's file below a folder.</summary>
    /// <exception cref="GcpException">ObjectNameNoPath: the name makes none.</exception>
    public static string Below(string folder, string name)
    {
        string? why = WhyNot(name, IsWindows);
        return why is null
            ? Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar))
            : throw Errors.ObjectNameNoPath(name, folder, why);
    }

    /// <summary>Why a name makes no path; null where it makes one.</summary>
    /// <param name="name">An object's name.</param>
    /// <param name="isWindows">Whose rules hold.</param>
    public static string? WhyNot(string name, bool isWindows)
    {
        if (name.Length == 0)
        {
            return "it is empty";
        }

        foreach (string segment in name.Split('/'))
        {
            if (WhyNotSegment(segment, isWindows) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>The part of an object's name that a path below a folder makes.</summary>
    public static string NameOf(string folder, string path)
    {
        string relative = path.Substring(folder.Length).TrimStart(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return IsWindows ? relative.Replace('\\', '/') : relative;
    }

    private static string? WhyNotSegment(string segment, bool isWindows)
    {
        if (segment.Length == 0)
        {
            return "a part of it between slashes is empty";
        }

        if (segment is "." or "..")
        {
            return "'" + segment + "' in it would lead elsewhere";
        }

        foreach (char c in segment)
        {
            if (char.IsControl(c))
            {
                return "it holds a control character";
            }

            if (isWindows && c is ('\\' or ':' or '<' or '>' or '"' or '|' or '?' or '*'))
            {
                return "it holds '" + c + "'";
            }
        }

        return isWindows ? WhyNotOnWindows(segment) : null;
    }

    private static string? WhyNotOnWindows(string segment)
    {
        if (segment[segment.Length - 1] is '.' or ' ')
        {
            return "a part of it ends in a dot or a space, which Windows drops";
        }

        // "NUL.txt" is the device too.
        int dot = segment.IndexOf('.');
        string stem = (dot < 0 ? segment : segment.Substring(0, dot)).TrimEnd(' ');
        foreach (string device in s_devices)
        {
            if (string.Equals(stem, device, StringComparison.OrdinalIgnoreCase))
            {
                return "'" + stem + "' is a device of Windows";
            }
        }

        return null;
    }
}
