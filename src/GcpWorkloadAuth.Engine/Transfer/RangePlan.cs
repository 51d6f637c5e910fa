using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>A stretch of a file that is fetched by one connection.</summary>
internal sealed class Piece(long start, long end)
{
    public long Start { get; } = start;

    /// <summary>The byte behind the last.</summary>
    public long End { get; } = end;

    /// <summary>Everything before this byte is in the file.</summary>
    public long Position { get; set; } = start;

    /// <summary>The CRC of what is in the file, from <see cref="Start"/> on.</summary>
    public uint Crc { get; set; }

    public bool IsDone => Position >= End;
}

/// <summary>How a file is cut up.</summary>
internal static class RangePlan
{
    private const long Grain = 1024 * 1024;
    private const long Smallest = 16 * Grain;
    private const long Largest = 128 * Grain;

    /// <summary>Stretches without a gap, in order. A file that is not worth several connections is one.</summary>
    /// <param name="size">The file's length.</param>
    /// <param name="streams">How many connections there are.</param>
    public static List<Piece> Make(long size, int streams)
    {
        long length = streams <= 1 ? size : Math.Min(Largest, Math.Max(Smallest, RoundUp((size + streams - 1) / streams)));
        List<Piece> pieces = [];
        for (long start = 0; start < size; start += length)
        {
            pieces.Add(new Piece(start, Math.Min(size, start + length)));
        }

        return pieces;
    }

    /// <summary>The CRC of the whole.</summary>
    public static uint Combine(IReadOnlyList<Piece> pieces)
    {
        uint crc = 0;
        foreach (Piece piece in pieces)
        {
            crc = Crc32C.Combine(crc, piece.Crc, piece.End - piece.Start);
        }

        return crc;
    }

    private static long RoundUp(long length) => (length + Grain - 1) / Grain * Grain;
}
