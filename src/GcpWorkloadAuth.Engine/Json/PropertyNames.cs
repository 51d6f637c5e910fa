#if NET
using System;
using System.Text;
using System.Threading;

namespace GcpWorkloadAuth.Engine.Json;

/// <summary>
/// One string for every property name and recurring word of the services' answers. Bounded: past its size new words are simply
/// made anew. Reading takes no lock.
/// </summary>
internal static class PropertyNames
{
    private const int Size = 1024;
    private const int MaxProbes = 8;
    private static readonly Entry?[] s_entries = new Entry?[Size];

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0)
        {
            return string.Empty;
        }

        if (utf8.Length > 48)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        int slot = Hash(utf8);
        for (int probe = 0; probe < MaxProbes; probe++)
        {
            ref Entry? place = ref s_entries[(slot + probe) & (Size - 1)];
            Entry? entry = Volatile.Read(ref place);
            if (entry is null)
            {
                Entry made = new(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
                return Interlocked.CompareExchange(ref place, made, null) is null ? made.Text : Encoding.UTF8.GetString(utf8);
            }

            if (utf8.SequenceEqual(entry.Utf8))
            {
                return entry.Text;
            }
        }

        return Encoding.UTF8.GetString(utf8);
    }

    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        // FNV-1a
        uint hash = 2166136261;
        foreach (byte b in utf8)
        {
            hash = (hash ^ b) * 16777619;
        }

        return (int)(hash ^ (hash >> 15));
    }

    private sealed class Entry(byte[] utf8, string text)
    {
        public byte[] Utf8 { get; } = utf8;

        public string Text { get; } = text;
    }
}
#endif
