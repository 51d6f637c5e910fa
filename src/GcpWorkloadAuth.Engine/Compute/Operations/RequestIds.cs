using System;
using System.Security.Cryptography;
using System.Text;

namespace GcpWorkloadAuth.Engine.Compute.Operations;

/// <summary>
/// The requestId by which the server knows a request that comes twice. One a change: a request that differs in anything is another
/// change. Source: parameter requestId of the methods ("must be a valid UUID with the exception that zero UUID is not supported").
/// </summary>
internal static class RequestIds
{
    /// <summary>The id of a request.</summary>
    /// <param name="chosen">
    /// The user's own, which may cover several requests (a fleet, several steps): each has an id that follows from it, so that the
    /// same script run again sends the same ids. Null for a new one.
    /// </param>
    /// <param name="path">What is changed, and how.</param>
    /// <param name="body">What it is changed to.</param>
    public static string Make(Guid? chosen, string path, byte[]? body)
    {
        if (chosen is not { } seed)
        {
            return Guid.NewGuid().ToString("D");
        }

        byte[] head = Encoding.UTF8.GetBytes(seed.ToString("D") + "\n" + path + "\n");
        byte[] all = new byte[head.Length + (body?.Length ?? 0)];
        head.CopyTo(all, 0);
        body?.CopyTo(all, head.Length);
#if NET
        byte[] hash = SHA256.HashData(all);
#else
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(all);
#endif
        byte[] id = new byte[16];
        Array.Copy(hash, id, id.Length);

        // Version 8 (RFC 9562: made by a rule of one's own) and its variant; a Guid keeps the version's byte at 7.
        id[7] = (byte)((id[7] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id).ToString("D");
    }
}
