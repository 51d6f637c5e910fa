using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GcpEmulator.Compute;

namespace GcpEmulator;

/// <summary>
/// The guest agent of Windows machines, as far as it makes passwords ("Automate Windows Server password generation"): for each new line of
/// the metadata value windows-keys it sets a password, encrypts it with the line's key (RSA, OAEP with SHA-1) and writes it to serial port 4.
/// Safe for use from several threads.
/// </summary>
public sealed class WindowsAgent
{
    private readonly ConcurrentDictionary<(string Instance, string Key), byte> _seen = new();
    private readonly ConcurrentDictionary<(string Instance, string User), string> _passwords = new();
    private readonly CloudState _state;

    internal WindowsAgent(CloudState state) => _state = state;

    /// <summary>False for machines whose agent does not run or is too old: nothing comes to port 4.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long the agent takes for a password.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What the agent says instead of a password (errorMessage); null for none.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>The password that a user of a machine has now, or null.</summary>
    public string? PasswordOf(EmulatedInstance instance, string user)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return _passwords.GetValueOrDefault((InstanceJson.SelfLink(instance), user));
    }

    /// <summary>The machine's metadata may have changed.</summary>
    internal void Notice(EmulatedInstance i)
    {
        EmulatedInstance? now = _state.Instances.Find(i.Zone, i.Name, i.Project);
        if (!Enabled || now is not { IsWindows: true, Status: "RUNNING" } || !now.Metadata.TryGetValue("windows-keys", out string? keys))
        {
            return;
        }

        foreach (string line in keys.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (_seen.TryAdd((InstanceJson.SelfLink(i), line), 0))
            {
                _ = WorkAsync(now, line);
            }
        }
    }

    internal void Clear()
    {
        _seen.Clear();
        _passwords.Clear();
        Enabled = true;
        Delay = TimeSpan.Zero;
        ErrorMessage = null;
    }

    private async Task WorkAsync(EmulatedInstance i, string line)
    {
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, _state.Clock, _state.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Answer(i, line) is JsonObject answer)
        {
            _state.Compute.SerialPorts.Write(i, 4, answer.ToJsonString() + "\n");
        }
    }

    // Members and their order as in the documentation's sample; errorMessage as the agent's source has it. A key that has expired, or that is
    // no key, is passed over in silence.
    private JsonObject? Answer(EmulatedInstance i, string line)
    {
        if (Read(line) is not JsonObject key || key.Text("userName") is not { Length: > 0 } user
            || key.Text("modulus") is not { } modulus || key.Text("exponent") is not { } exponent
            || !DateTimeOffset.TryParse(key.Text("expireOn"), CultureInfo.InvariantCulture, out DateTimeOffset end) || end <= _state.Clock.GetUtcNow())
        {
            return null;
        }

        JsonObject answer = new() { ["userName"] = user, ["passwordFound"] = ErrorMessage is null };
        if (ErrorMessage is not null)
        {
            answer["errorMessage"] = ErrorMessage;
        }
        else
        {
            string password = "Emu" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)) + "-Z!";
            try
            {
                using RSA rsa = RSA.Create(new RSAParameters { Modulus = Convert.FromBase64String(modulus), Exponent = Convert.FromBase64String(exponent) });
                answer["encryptedPassword"] = Convert.ToBase64String(rsa.Encrypt(Encoding.UTF8.GetBytes(password), RSAEncryptionPadding.OaepSHA1));
                _passwords[(InstanceJson.SelfLink(i), user)] = password;
            }
            catch (Exception e) when (e is CryptographicException or FormatException)
            {
                answer["passwordFound"] = false;
                answer["errorMessage"] = e.Message;
            }
        }

        answer["modulus"] = modulus;
        answer["exponent"] = exponent;
        return answer;
    }

    private static JsonObject? Read(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
