using System;
using System.IO;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>Reads small files, and no more of a large one or of a device than the limit.</summary>
internal static class SmallFile
{
    /// <summary>The whole content.</summary>
    /// <exception cref="IOException">It cannot be read, or is larger than the limit (bytes).</exception>
    public static ArraySegment<byte> Read(string path, int limit)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("it is a folder.");
        }

        // Whoever keeps the file up to date must be able to write or replace it meanwhile.
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (!stream.CanSeek)
        {
            throw new IOException("it is not a regular file.");
        }

        byte[] buffer = new byte[limit + 1];
        int length = 0;
        int read;
        while (length < buffer.Length && (read = stream.Read(buffer, length, buffer.Length - length)) > 0)
        {
            length += read;
        }

        return length <= limit ? new ArraySegment<byte>(buffer, 0, length) : throw new IOException("it is larger than 64 KiB.");
    }
}
