using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>Hashes of local contents, as Google writes them.</summary>
internal static class ContentHasher
{
    private const int Block = 256 * 1024;

    public static async Task<ContentHash> HashAsync(Stream content, bool wantsMd5, EngineCall call)
    {
#pragma warning disable CA5351 // Google keeps it; it protects nothing here.
        using MD5? md5 = wantsMd5 ? MD5.Create() : null;
#pragma warning restore CA5351
        byte[] buffer = Buffers.Rent(Block);
        uint crc = 0;
        long length = 0;
        try
        {
            int read;
#if NET
            while ((read = await content.ReadAsync(buffer, call.Stopping).ConfigureAwait(false)) > 0)
#else
            while ((read = await content.ReadAsync(buffer, 0, buffer.Length, call.Stopping).ConfigureAwait(false)) > 0)
#endif
            {
                crc = Crc32C.Append(crc, buffer, 0, read);
                md5?.TransformBlock(buffer, 0, read, null, 0);
                length += read;
            }

            md5?.TransformFinalBlock([], 0, 0);
        }
        catch (IOException e)
        {
            throw Errors.FileNotReadable((content as FileStream)?.Name ?? "stream", e.Message);
        }
        finally
        {
            Buffers.Return(buffer, clear: true);
        }

        return new ContentHash(length, Crc32C.ToText(crc), md5 is null ? null : Convert.ToBase64String(md5.Hash!));
    }
}
