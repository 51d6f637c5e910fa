using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security;

namespace GcpWorkloadAuth.Engine.Settings;

/// <summary>
/// gcloud's active configuration, read from its files; gcloud itself is not started. Folder, names and file form as in the
/// Google Cloud CLI (core/config.py, named_configs.py of its SDK).
/// </summary>
internal sealed class GcloudConfiguration
{
    private const int LargestFile = 256 * 1024;
    private readonly Dictionary<string, string> _properties;
    private readonly List<KeyValuePair<string, FileStamp>> _looked;

    private GcloudConfiguration(string path, Dictionary<string, string> properties, List<KeyValuePair<string, FileStamp>> looked)
    {
        Path = path;
        _properties = properties;
        _looked = looked;
    }

    /// <summary>The file it was read from; empty where there is none.</summary>
    public string Path { get; }

    /// <summary>A property by "section/name"; null where it is not set.</summary>
    public string? this[string property] => _properties.TryGetValue(property, out string? value) && value.Length > 0 ? value : null;

    /// <summary>True while the files it depends on, those missing too, are what they were.</summary>
    public bool IsCurrent() => _looked.TrueForAll(static file => FileStamp.Of(file.Key).Equals(file.Value));

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
        List<KeyValuePair<string, FileStamp>> looked = [];
        if (Folder(environment) is not { } folder)
        {
            return None(looked);
        }

        try
        {
            string name = environment["CLOUDSDK_ACTIVE_CONFIG_NAME"] ?? ActiveName(folder, looked);
            if (name == "NONE" || !IsName(name))
            {
                return None(looked);
            }

            string path = System.IO.Path.Combine(folder, "configurations", "config_" + name);
            return Read(path, looked) is { } text ? new GcloudConfiguration(path, Parse(text), looked) : None(looked);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException
            or NotSupportedException)
        {
            return None(looked);
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
            if (line.Length == 0 || line.TrimStart()[0] is '#' or ';')
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

    private static GcloudConfiguration None(List<KeyValuePair<string, FileStamp>> looked) =>
        new(string.Empty, new Dictionary<string, string>(0), looked);

    private static string ActiveName(string folder, List<KeyValuePair<string, FileStamp>> looked)
    {
        string? name = Read(System.IO.Path.Combine(folder, "active_config"), looked)?.Trim();
        return string.IsNullOrEmpty(name) ? "default" : name!;
    }

    private static string? Read(string path, List<KeyValuePair<string, FileStamp>> looked)
    {
        looked.Add(new KeyValuePair<string, FileStamp>(path, FileStamp.Of(path)));
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
