using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace GcpEmulator.Storage;

/// <summary>Rewrites that are not done yet. A token belongs to one source generation and one target.</summary>
internal sealed class RewriteTokens
{
    private readonly ConcurrentDictionary<string, (string Pair, long Done)> _open = new(StringComparer.Ordinal);

    public (string Token, long Done) Advance(string? token, StoredObject source, string target, long perCall)
    {
        string pair = $"{source.Bucket}/{source.Name}#{source.Generation}>{target}";
        long done = 0;
        if (!string.IsNullOrEmpty(token))
        {
            if (!_open.TryGetValue(token, out (string Pair, long Done) known) || known.Pair != pair)
            {
                throw StorageException.Invalid("Invalid rewrite token."); // ASSUMED: the text
            }

            done = known.Done;
        }

        token = string.IsNullOrEmpty(token) ? Base64Url.Encode(RandomNumberGenerator.GetBytes(48)) : token;
        done = source.Content.Length - done > perCall ? done + perCall : source.Content.Length;
        if (done < source.Content.Length)
        {
            _open[token] = (pair, done);
        }
        else
        {
            _open.TryRemove(token, out _);
        }

        return (token, done);
    }

    public void Clear() => _open.Clear();
}
