using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace GcpEmulator;

/// <summary>A service account attached to the virtual machine, as its metadata server shows it.</summary>
/// <param name="Email">The account's address.</param>
/// <param name="Aliases">Other names in the metadata server's paths; the first account of a machine has "default".</param>
/// <param name="Scopes">The scopes that the machine's tokens of this account get.</param>
public sealed record AttachedAccount(string Email, ImmutableArray<string> Aliases, ImmutableArray<string> Scopes);

/// <summary>A service account that the token endpoint knows.</summary>
public sealed class ServiceAccount
{
    // Making a key takes a tenth of a second. An account's first, second ... key is the same in every emulated cloud of a process.
    private static readonly ConcurrentDictionary<string, RSA> Made = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RSA> _keys = [];
    private string? _systemKeyId;
    private int _added;

    internal ServiceAccount(string email, string projectId)
    {
        Email = email;
        ProjectId = projectId;
        UniqueId = StableNumbers.Digits(email, 21);
    }

    /// <summary>The account's address.</summary>
    public string Email { get; }

    /// <summary>The project that it belongs to.</summary>
    public string ProjectId { get; }

    /// <summary>The 21 digits that tokens name it by (claims sub and azp).</summary>
    public string UniqueId { get; }

    /// <summary>True makes the token endpoint refuse it.</summary>
    public bool Disabled { get; set; }

    /// <summary>The ids of its keys.</summary>
    public IReadOnlyList<string> KeyIds
    {
        get
        {
            lock (_gate)
            {
                return [.. _keys.Keys];
            }
        }
    }

    /// <summary>Deletes a key: assertions signed with it are refused from now on.</summary>
    public bool DeleteKey(string keyId)
    {
        lock (_gate)
        {
            return _keys.Remove(keyId);
        }
    }

    /// <summary>True if the key with this id made the signature (RS256, as signBlob and signed URLs have it).</summary>
    public bool Verify(string keyId, byte[] data, byte[] signature)
    {
        lock (_gate)
        {
            return _keys.TryGetValue(keyId, out RSA? key)
                && key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    internal (string KeyId, byte[] Signature) SignWithSystemKey(byte[] data)
    {
        _systemKeyId ??= AddKey().KeyId;
        lock (_gate)
        {
            return (_systemKeyId, _keys[_systemKeyId].SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
    }

    internal (string KeyId, RSA Key) AddKey()
    {
        string name = Email + "/" + Interlocked.Increment(ref _added).ToString(System.Globalization.CultureInfo.InvariantCulture);
        RSA key = Made.GetOrAdd(name, static _ => RSA.Create(2048));
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        lock (_gate)
        {
            _keys[id] = key;
        }

        return (id, key);
    }

    /// <summary>True if one of the keys signed it: the one it names, or any if it names none.</summary>
    internal bool Signed(Auth.Jwt jwt)
    {
        RSA[] candidates;
        lock (_gate)
        {
            candidates = jwt.KeyId is not string id ? [.. _keys.Values] : _keys.TryGetValue(id, out RSA? key) ? [key] : [];
        }

        return candidates.Any(jwt.IsSignedBy);
    }
}
