using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security;

namespace GcpWorkloadAuth.Engine.Settings;

/// <summary>
/// gcloud's active configuration, read from its files; gcloud itself is never started. Folder, names and file form as in the
/// Google Cloud CLI (core/config.py, named_configs.py of its SDK).
/// </summary>
internal sealed class GcloudConfiguration
{
    private const int LargestFile = 256 * 1024;
    private static readonly GcloudConfiguration s_none = new(string.Empty, new Dictionary<string, string>(0));
    private readonly Dictionary<string, string> _properties;

    private GcloudConfiguration(string path, Dictionary<string, string> properties)
    {
        Path = path;
        _properties = properties;
    }

    /// <summary>The file it was read from; empty where there is none.</summary>
    public string Path { get; }

    /// <summary>A property by "section/name"; null where it is not set.</summary>
    public string? this[string property] => _properties.TryGetValue(property, out string? value) && value.Length > 0 ? value : null;

    /// <summary>The folder of gcloud's files; null where the environment does not tell.</summary>
    public static string? Folder(EnvironmentSnapshot environment)
    {
        if (environment["CLOUDSDK_CONFIG"] is { } chosen)
        {
            return chosen;
        }

        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return environment["APPDATA"] is { } appData
                ? System.IO.Path.Combine(appData, "gcloud")
                : System.IO.Path.Combine((environment["SystemDrive"] ?? "C:") + "\\", "gcloud");
        }

        return environment["HOME"] is { } home ? System.IO.Path.Combine(home, ".config", "gcloud") : null;
    }

    /// <summary>The active configuration. A file that is missing or cannot be read counts as empty.</summary>
    public static GcloudConfiguration Load(EnvironmentSnapshot environment)
    {
        if (Folder(environment) is not { } folder)
        {
            return s_none;
        }

        try
        {
            string name = environment["CLOUDSDK_ACTIVE_CONFIG_NAME"] ?? ActiveName(folder);
            if (name == "NONE" || !IsName(name))
            {
                return s_none;
            }

            string path = System.IO.Path.Combine(folder, "configurations", "config_" + name);
            return Read(path) is { } text ? new GcloudConfiguration(path, Parse(text)) : s_none;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException
            or NotSupportedException)
        {
            return s_none;
        }
    }

    /// <summary>"[section]" lines, "name = value" or "name: value", comments with # or ;, indented continuation lines.</summary>
    internal static Dictionary<string, string> Parse(string text)
    {
        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        string section = string.Empty;
        string? last = null;
        foreach (string raw in text.Split('\n'))
        {
            string line = raw.TrimEnd();
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (char.IsWhiteSpace(line[0]) && last is not null)
            {
                properties[last] += "\n" + line.Trim();
                continue;
            }

            line = line.Trim();
            if (line[0] == '[' && line[line.Length - 1] == ']')
            {
                section = line.Substring(1, line.Length - 2).Trim();
                last = null;
                continue;
            }

            int separator = line.IndexOfAny(['=', ':']);
            if (separator > 0)
            {
                last = section + "/" + line.Substring(0, separator).Trim().ToLowerInvariant();
                properties[last] = line.Substring(separator + 1).Trim().Replace("%%", "%");
            }
        }

        return properties;
    }

    private static string ActiveName(string folder)
    {
        string? name = Read(System.IO.Path.Combine(folder, "active_config"))?.Trim();
        return string.IsNullOrEmpty(name) ? "default" : name!;
    }

    private static string? Read(string path)
    {
        FileInfo file = new(path);
        return file.Exists && file.Length <= LargestFile ? File.ReadAllText(path) : null;
    }

    private static bool IsName(string name)
    {
        foreach (char c in name)
        {
            if (!(c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
