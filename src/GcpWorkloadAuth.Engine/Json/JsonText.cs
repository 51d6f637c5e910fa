using System;
#if NET
using JsonError = System.Text.Json.JsonException;
#else
using JsonError = Newtonsoft.Json.JsonException;
#endif

namespace GcpWorkloadAuth.Engine.Json;

/// <summary>Reads a value from where the cursor stands.</summary>
/// <typeparam name="T">What is read.</typeparam>
internal delegate T JsonMapper<T>(ref JsonCursor json);

/// <summary>Reads whole documents.</summary>
internal static class JsonText
{
    /// <summary>Maps a document; false where it is not JSON or not whole.</summary>
    public static bool TryRead<T>(ArraySegment<byte> utf8, JsonMapper<T> map, out T value)
    {
        try
        {
            JsonCursor json = new(utf8);
            value = map(ref json);
            json.End();
            return true;
        }
        catch (JsonError)
        {
            value = default!;
            return false;
        }
        catch (InvalidOperationException)
        {
            // The reader's word for text that is not valid UTF-8, and ours for a document that is not what it should be.
            value = default!;
            return false;
        }
    }

    /// <summary>Thrown by a mapper: this is JSON, but not what was asked for.</summary>
    public static Exception NotAsExpected(string what) => new InvalidOperationException(what);

    /// <summary>True where the first character that is not white space opens an object or an array.</summary>
    public static bool LooksLikeJson(ArraySegment<byte> utf8)
    {
        for (int i = utf8.Offset; i < utf8.Offset + utf8.Count; i++)
        {
            byte b = utf8.Array![i];
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF))
            {
                return b is (byte)'{' or (byte)'[';
            }
        }

        return false;
    }
}
