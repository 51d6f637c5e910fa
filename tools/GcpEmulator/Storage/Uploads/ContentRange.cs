using System.Globalization;

namespace GcpEmulator.Storage;

/// <summary>
/// Content-Range of an upload: <c>bytes 0-524287/*</c>, <c>bytes */1000</c> (a question), <c>bytes 0-*/*</c> (@google-cloud/storage: as much
/// as comes).
/// </summary>
internal readonly record struct ContentRange(long? From, long? To, long? Total)
{
    public bool IsQuestion => From is null;

    public static ContentRange? Parse(string? header)
    {
        if (header is null)
        {
            return null;
        }

        if (header.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase) && header[6..].Split('/') is [string range, string total]
            && TryNumber(total, out long? all))
        {
            if (range.Trim() == "*")
            {
                return new ContentRange(null, null, all);
            }

            if (range.Split('-') is [string first, string last] && TryNumber(first, out long? from) && from is not null && TryNumber(last, out long? to)
                && (to is null || to >= from - 1) && (to is null || all is null || to < all))
            {
                return new ContentRange(from, to, all);
            }
        }

        throw StorageException.Invalid($"Failed to parse Content-Range header."); // text: googleapis/google-resumable-media reports
    }

    private static bool TryNumber(string text, out long? number)
    {
        number = null;
        if (text.Trim() == "*")
        {
            return true;
        }

        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        number = value;
        return isNumber;
    }
}
