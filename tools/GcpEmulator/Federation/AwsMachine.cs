using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace GcpEmulator;

/// <summary>An EC2 instance with a role, as its instance metadata service shows it (EC2 user guide, "Instance metadata").</summary>
public sealed class AwsMachine
{
    internal AwsMachine() => Reset();

    /// <summary>The availability zone.</summary>
    public string Zone { get; set; } = string.Empty;

    /// <summary>The role attached; null for none.</summary>
    public string? Role { get; set; }

    /// <summary>The access key of the role's credentials; any other signs nothing.</summary>
    public string AccessKeyId { get; set; } = string.Empty;

    /// <summary>The secret that belongs to it.</summary>
    public string SecretAccessKey { get; set; } = string.Empty;

    /// <summary>The session token of temporary credentials; null for an IAM user's lasting ones.</summary>
    public string? SessionToken { get; set; }

    /// <summary>True answers only requests that carry a token of version 2 (HttpTokens=required).</summary>
    public bool RequiresVersion2 { get; set; }

    internal ConcurrentDictionary<string, bool> ImdsTokens { get; } = new(StringComparer.Ordinal);

    internal void Reset()
    {
        Zone = "eu-central-1b";
        Role = "demo-role";
        AccessKeyId = "ASIAEMULATEDKEY00001";
        SecretAccessKey = "emu/" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(27));
        SessionToken = "IQoJemu" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(120));
        RequiresVersion2 = true;
        ImdsTokens.Clear();
    }
}
