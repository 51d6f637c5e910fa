using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute.Windows;

/// <summary>
/// A pair of keys for one password: the public one goes to the guest's agent by the metadata value windows-keys, the agent writes
/// the password, encrypted with it, to serial port 4. The private key never leaves this object.
/// Source: https://cloud.google.com/compute/docs/instances/windows/automate-pw-generation.
/// </summary>
internal sealed class WindowsKey : IWindowsKey
{
    private const int Bits = 2048;
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(5);
    private readonly RSA _rsa;
    private readonly string _modulus;
    private readonly string _exponent;
    private readonly string _userName;
    private readonly string _email;

    public WindowsKey(string userName, string email)
    {
        _userName = userName;
        _email = email;
        _rsa = RSA.Create();
        _rsa.KeySize = Bits;
        RSAParameters key = _rsa.ExportParameters(includePrivateParameters: false);
        _modulus = Convert.ToBase64String(key.Modulus!);
        _exponent = Convert.ToBase64String(key.Exponent!);
    }

    public string AddTo(string? current, DateTime utcNow)
    {
        StringBuilder lines = new();
        foreach (string line in (current ?? string.Empty).Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsExpired(line, utcNow))
            {
                lines.Append(line.TrimEnd('\r')).Append('\n');
            }
        }

        return lines.Append(MakeLine(utcNow + s_life)).ToString();
    }

    public SecureString? Find(string output)
    {
        foreach (string line in output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Read(line) is not { } answer || Text(answer, "modulus") != _modulus || Text(answer, "userName") != _userName)
            {
                continue;
            }

            if (Text(answer, "encryptedPassword") is { Length: > 0 } encrypted)
            {
                return Decrypt(encrypted);
            }

            throw Errors.WindowsPasswordRefused(_userName, Text(answer, "errorMessage") ?? "no reason given");
        }

        return null;
    }

    public void Dispose() => _rsa.Dispose();

    private string MakeLine(DateTime expires) => Encoding.UTF8.GetString(JsonBody.Write(new Dictionary<string, object?>
    {
        ["userName"] = _userName,
        ["modulus"] = _modulus,
        ["exponent"] = _exponent,
        ["email"] = _email,
        ["expireOn"] = expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    }));

    private SecureString Decrypt(string encrypted)
    {
        byte[] clear;
        try
        {
            clear = _rsa.Decrypt(Convert.FromBase64String(encrypted), RSAEncryptionPadding.OaepSHA1);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw Errors.WindowsPasswordRefused(_userName, "the answer cannot be decrypted");
        }

        char[] password = Encoding.UTF8.GetChars(clear);
        SecureString secret = new();
        foreach (char c in password)
        {
            secret.AppendChar(c);
        }

        Array.Clear(clear, 0, clear.Length);
        Array.Clear(password, 0, password.Length);
        secret.MakeReadOnly();
        return secret;
    }

    // What is no key of ours stays: it is not for this to judge.
    private static bool IsExpired(string line, DateTime utcNow) =>
        Read(line) is { } key && Text(key, "expireOn") is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end)
        && end.UtcDateTime <= utcNow;

    private static Dictionary<string, object?>? Read(string line) =>
        line.TrimStart().StartsWith("{", StringComparison.Ordinal)
        && JsonText.TryRead(new ArraySegment<byte>(Encoding.UTF8.GetBytes(line.Trim())), static (ref JsonCursor json) => json.Value(), out object? value)
            ? value as Dictionary<string, object?>
            : null;

    private static string? Text(Dictionary<string, object?> map, string name) => map.TryGetValue(name, out object? value) ? value as string : null;
}
