using Microsoft.Win32.SafeHandles;

namespace GcpEmulator.Storage;

/// <summary>A large content in a temporary file, which goes when nothing refers to the content any more.</summary>
internal sealed class FileContent : StoredContent
{
    private const long MostPressure = 64 * 1024 * 1024;
    private readonly string _path;
    private readonly long _pressure;

    public FileContent(string path, long length)
    {
        _path = path;
        Length = length;

        // The object is small, the file is not: without this a collection, and with it the end of the file, might never come.
        _pressure = Math.Min(length + 1, MostPressure);
        GC.AddMemoryPressure(_pressure);
    }

    ~FileContent()
    {
        GC.RemoveMemoryPressure(_pressure);
        ContentFolder.TryDelete(_path);
    }

    public override long Length { get; }

    public override ContentReader Open() => new FileReader(this, File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    private sealed class FileReader(FileContent content, SafeFileHandle file) : ContentReader
    {
        public override int Read(Span<byte> buffer, long offset)
        {
            int count = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, content.Length - offset)], offset);
            GC.KeepAlive(content);
            return count;
        }

        public override void Dispose()
        {
            file.Dispose();
            base.Dispose();
        }
    }
}
