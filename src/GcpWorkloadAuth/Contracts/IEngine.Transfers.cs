using System.IO;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>
/// Contents of objects. A transfer repeats by itself what may be repeated, checks length and CRC32C, and leaves nothing half-written; it ends
/// with a result or with one failure. Many may be under way at a time: the engine bounds connections and memory for the whole process, so a
/// caller need only bound how many it has started (16 is a good number).
/// </content>
internal partial interface IEngine
{
    /// <summary>
    /// Writes an object's content to a file: beside it first, under another name, and in its place when length and checksum are right. Objects
    /// of which generation, size and checksum are known need one request, as do others.
    /// </summary>
    Task<TransferResult> DownloadAsync(SessionRecord session, ObjectDownload download, EngineCall call);

    /// <summary>
    /// Opens an object's content, or a range of it, to be read from the beginning to the end. Whoever reads to the end of the whole content gets
    /// the failure HashMismatch there if it is not what is stored.
    /// </summary>
    Task<IObjectContent> OpenAsync(SessionRecord session, ObjectRead read, EngineCall call);

    /// <summary>Makes a file, or a stream, the content of an object.</summary>
    Task<TransferResult> UploadAsync(SessionRecord session, ObjectUpload upload, EngineCall call);

    /// <summary>Length, CRC32C and perhaps MD5 of what a stream holds from here to its end, as Google writes them.</summary>
    Task<ContentHash> HashAsync(Stream content, bool wantsMd5, EngineCall call);
}
