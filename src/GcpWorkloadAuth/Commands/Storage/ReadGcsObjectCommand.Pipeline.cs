using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <content>Contents as text, lines or bytes.</content>
public sealed partial class ReadGcsObjectCommand
{
    private const int BlockSize = 128 * 1024;
    private const int LongestText = 512 * 1024 * 1024;

    private ObjectRead Reading(GcsObject item, ITransferProgress? progress = null) => new()
    {
        Source = item,
        Key = _key,
        Offset = Offset,
        Length = Length,
        Decompress = Decompress,
        Progress = progress,
    };

    private async Task EmitAsync(GcsObject item)
    {
        using IObjectContent content = await Engine.OpenAsync(Session, Reading(item), Call);
        if (AsByteStream && !Raw)
        {
            await EmitBytesAsync(content);
        }
        else if (AsByteStream)
        {
            WriteObject(await ReadWholeAsync(content), enumerateCollection: false);
        }
        else if (Line)
        {
            await EmitLinesAsync(content, EncodingOf(content.Object));
        }
        else
        {
            byte[] whole = await ReadWholeAsync(content);
            using StreamReader reader = new(new MemoryStream(whole, writable: false), EncodingOf(content.Object), detectEncodingFromByteOrderMarks: true);
            WriteObject(reader.ReadToEnd());
        }
    }

    private async Task EmitBytesAsync(IObjectContent content)
    {
        byte[] buffer = new byte[BlockSize];
        int read;
        while ((read = await content.ReadAsync(buffer, 0, buffer.Length, Call)) > 0)
        {
            for (int i = 0; i < read; i++)
            {
                WriteObject(buffer[i]);
            }
        }
    }

    private async Task EmitLinesAsync(IObjectContent content, Encoding encoding)
    {
        byte[] buffer = new byte[BlockSize];
        LineSplitter lines = new(encoding);
        int read;
        while ((read = await content.ReadAsync(buffer, 0, buffer.Length, Call)) > 0)
        {
            lines.Add(buffer, read, isEnd: false, WriteObject);
        }

        lines.Add(buffer, 0, isEnd: true, WriteObject);
    }

    private async Task<byte[]> ReadWholeAsync(IObjectContent content)
    {
        // The length of what is unpacked is not known before.
        long expected = Decompress ? BlockSize : Math.Min(content.Object.Size ?? BlockSize, Length ?? long.MaxValue);
        if (expected > LongestText)
        {
            throw Errors.TextTooLong(content.Object.Uri, LongestText);
        }

        byte[] buffer = new byte[Math.Max(1, expected)];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length >= LongestText)
                {
                    throw Errors.TextTooLong(content.Object.Uri, LongestText);
                }

                // The end has to be seen before the buffer grows: mostly it is there.
                byte[] one = new byte[1];
                if (await content.ReadAsync(one, 0, 1, Call) == 0)
                {
                    break;
                }

                Array.Resize(ref buffer, (int)Math.Min(LongestText, Math.Max(BlockSize, buffer.Length * 2L)));
                buffer[length++] = one[0];
            }

            int read = await content.ReadAsync(buffer, length, buffer.Length - length, Call);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        if (length < buffer.Length)
        {
            Array.Resize(ref buffer, length);
        }

        return buffer;
    }

    private Encoding EncodingOf(GcsObject item)
    {
        if (Encoding is not null)
        {
            return Encoding;
        }

        string? charset = CharsetOf(item.ContentType);
        return charset is null
            ? ContentBytes.Utf8
            : EncodingTransformationAttribute.Named(charset) ?? throw Errors.CharsetUnknown(item.Uri, charset);
    }

    private static string? CharsetOf(string? contentType)
    {
        foreach (string part in (contentType ?? string.Empty).Split(';'))
        {
            string text = part.Trim();
            if (text.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))
            {
                string charset = text.Substring("charset=".Length).Trim().Trim('"', '\'');
                return charset.Length > 0 ? charset : null;
            }
        }

        return null;
    }
}
