using System;
using System.IO;
using System.IO.Compression;
using System.Threading;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>Unpacks what was stored packed, and packs what is to be.</summary>
internal static class Gzip
{
    private const int Block = 128 * 1024;

    public static bool IsNameOf(string? encoding) => string.Equals(encoding, "gzip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts the unpacked content in place of a packed file that was checked.</summary>
    public static void Unpack(TargetFile packed, ObjectDownload request, CancellationToken stopping)
    {
        using TargetFile unpacked = TargetFile.Create(request.Path, 0);
        byte[] buffer = Buffers.Rent(Block);
        try
        {
            using GZipStream gzip = new(new PackedFile(packed), CompressionMode.Decompress);
            long at = 0;
            int read;
            while ((read = gzip.Read(buffer, 0, buffer.Length)) > 0)
            {
                stopping.ThrowIfCancellationRequested();
                unpacked.Write(at, buffer, read);
                at += read;
            }

            unpacked.Commit(request.Overwrite, request.ModifiedTime);
        }
        catch (InvalidDataException)
        {
            throw Errors.GzipInvalid(request.Source.Uri);
        }
        finally
        {
            Buffers.Return(buffer, clear: false);
        }
    }

    /// <summary>Packs all that a stream holds into another.</summary>
    public static void Pack(Stream from, Stream to, CancellationToken stopping)
    {
        using GZipStream gzip = new(to, CompressionLevel.Optimal, leaveOpen: true);
        byte[] buffer = Buffers.Rent(Block);
        try
        {
            int read;
            while ((read = from.Read(buffer, 0, buffer.Length)) > 0)
            {
                stopping.ThrowIfCancellationRequested();
                gzip.Write(buffer, 0, read);
            }
        }
        finally
        {
            Buffers.Return(buffer, clear: false);
        }
    }

    private sealed class PackedFile(TargetFile file) : ReadOnlyStream
    {
        private long _at;

        public override int Read(byte[] buffer, int offset, int count)
        {
            byte[] block = offset == 0 ? buffer : new byte[count];
            int read = file.Read(_at, block, count);
            if (offset != 0)
            {
                Buffer.BlockCopy(block, 0, buffer, offset, read);
            }

            _at += read;
            return read;
        }
    }
}
