using System.Text;

namespace GcpEmulator.Storage;

/// <summary>Which names an object can have ("About Cloud Storage objects", object names).</summary>
internal static class ObjectNames
{
    private const int MaxBytes = 1024;

    public static string Check(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new StorageException(GoogleErrors.Required("name"));
        }

        // ASSUMED: the texts
        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            throw StorageException.Invalid("The specified object name is too long. Names must be at most 1024 bytes long when UTF-8 encoded.");
        }

        if (name is "." or ".." || name.AsSpan().ContainsAny('\r', '\n') || name.StartsWith(".well-known/acme-challenge/", StringComparison.Ordinal)
            || HasLoneSurrogate(name))
        {
            throw StorageException.Invalid("Disallowed unicode characters present in object name '" + name + "'");
        }

        return name;
    }

    private static bool HasLoneSurrogate(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]))
            {
                if (i + 1 >= name.Length || !char.IsSurrogatePair(name[i], name[i + 1]))
                {
                    return true;
                }

                i++;
            }
        }

        return false;
    }
}
