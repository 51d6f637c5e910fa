using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>
/// Where transfers that were stopped leave a note, so that the same command goes on with them: in the user's local application data, for
/// nobody else to read (the address of an upload's session lets whoever has it write). Notes are lines of a name and a value.
/// </summary>
internal static class NoteFolder
{
    private const string Ending = ".transfer";
    private const string Version = "GcpWorkloadAuth transfer 1";
    private static readonly TimeSpan s_valid = TimeSpan.FromDays(7);

    /// <summary>The folder; null where this user has no place for it.</summary>
    public static string? Path
    {
        get
        {
            string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length > 0 ? System.IO.Path.Combine(data, "GcpWorkloadAuth", "transfers") : null;
        }
    }

    /// <summary>The file of a note about these things.</summary>
    public static string? PathOf(params string[] key)
    {
        if (Path is not { } folder)
        {
            return null;
        }

        using SHA256 sha = SHA256.Create();
        byte[] digest = sha.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\0", key)));
        return System.IO.Path.Combine(folder, BitConverter.ToString(digest, 0, 16).Replace("-", string.Empty).ToLowerInvariant() + Ending);
    }

    /// <summary>What a note says; null where there is none, it is too old, or it cannot be read.</summary>
    public static Dictionary<string, string>? Read(string? path)
    {
        try
        {
            if (path is null || !File.Exists(path))
            {
                return null;
            }

            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > s_valid)
            {
                File.Delete(path);
                return null;
            }

            string[] lines = File.ReadAllLines(path);
            if (lines.Length == 0 || lines[0] != Version)
            {
                return null;
            }

            Dictionary<string, string> values = new(StringComparer.Ordinal);
            for (int i = 1; i < lines.Length; i++)
            {
                int space = lines[i].IndexOf(' ');
                if (space > 0)
                {
                    values[lines[i].Substring(0, space)] = lines[i].Substring(space + 1);
                }
            }

            return values;
        }
        catch (Exception e) when (FileFailures.IsOne(e))
        {
            return null;
        }
    }

    /// <summary>Writes a note as a whole; false where that cannot be.</summary>
    public static bool TryWrite(string? path, IEnumerable<KeyValuePair<string, string>> values)
    {
        if (path is null)
        {
            return false;
        }

        StringBuilder text = new(Version + "\n");
        foreach (KeyValuePair<string, string> value in values)
        {
            text.Append(value.Key).Append(' ').Append(value.Value).Append('\n');
        }

        string temporary = path + "." + Guid.NewGuid().ToString("N").Substring(0, 8);
        try
        {
            OwnerOnly.CreateFolder(System.IO.Path.GetDirectoryName(path)!);
            using (FileStream file = OwnerOnly.CreateFile(temporary))
            {
                byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
                file.Write(bytes, 0, bytes.Length);
            }

            if (File.Exists(path))
            {
                File.Replace(temporary, path, null);
            }
            else
            {
                File.Move(temporary, path);
                Sweep(System.IO.Path.GetDirectoryName(path)!);
            }

            return true;
        }
        catch (Exception e) when (FileFailures.IsOne(e))
        {
            FileFailures.TryDelete(temporary);
            return false;
        }
    }

    // What nobody came back for. The partial file of a download goes with its note.
    private static void Sweep(string folder)
    {
        foreach (string old in Directory.GetFiles(folder, "*" + Ending))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(old) > s_valid)
            {
                FileFailures.TryDelete(old);
            }
        }
    }
}
