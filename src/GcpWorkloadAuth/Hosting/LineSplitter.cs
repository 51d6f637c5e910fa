using System;
using System.Text;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Makes lines of bytes as they come. A line ends with a line feed, a carriage return, or both, as StreamReader has it.</summary>
internal sealed class LineSplitter
{
    private readonly StringBuilder _line = new();
    private Encoding _encoding;
    private Decoder? _decoder;
    private char[] _chars = Array.Empty<char>();
    private bool _afterReturn;

    public LineSplitter(Encoding encoding) => _encoding = encoding;

    /// <summary>Takes a block and hands out what lines it completes.</summary>
    public void Add(byte[] bytes, int count, bool isEnd, Action<object?> write)
    {
        int skip = 0;
        if (_decoder is null)
        {
            (_encoding, skip) = Detect(bytes, count, _encoding);
            _decoder = _encoding.GetDecoder();
        }

        int most = _encoding.GetMaxCharCount(count);
        if (_chars.Length < most)
        {
            _chars = new char[most];
        }

        int length = _decoder.GetChars(bytes, skip, count - skip, _chars, 0, isEnd);
        int start = 0;
        for (int i = 0; i < length; i++)
        {
            char c = _chars[i];
            if (_afterReturn)
            {
                _afterReturn = false;
                if (c == '\n')
                {
                    start = i + 1;
                    continue;
                }
            }

            if (c is '\n' or '\r')
            {
                _line.Append(_chars, start, i - start);
                write(_line.ToString());
                _line.Clear();
                start = i + 1;
                _afterReturn = c == '\r';
            }
        }

        _line.Append(_chars, start, length - start);
        if (isEnd && _line.Length > 0)
        {
            write(_line.ToString());
        }
    }

    // A mark at the beginning says more than the caller knows. Blocks are far larger than it.
    private static (Encoding Encoding, int Skip) Detect(byte[] bytes, int count, Encoding otherwise)
    {
        if (count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
        {
            return (Encoding.UTF8, 3);
        }

        if (count >= 4 && bytes[0] == 0xFF && bytes[1] == 0xFE && bytes[2] == 0 && bytes[3] == 0)
        {
            return (Encoding.UTF32, 4);
        }

        if (count >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE)
        {
            return (Encoding.Unicode, 2);
        }

        return count >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF ? (Encoding.BigEndianUnicode, 2) : (otherwise, 0);
    }
}
