using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A service account attached to a VM.</summary>
public sealed class GceServiceAccount
{
    /// <summary>The account's e-mail address.</summary>
    public string Email { get; internal set; } = string.Empty;

    /// <summary>Other names the metadata server knows it by; "default" marks the VM's default account.</summary>
    public IReadOnlyList<string> Aliases { get; internal set; } = Array.Empty<string>();

    /// <summary>The access scopes of the VM for this account. They cut what its tokens may do below what IAM grants.</summary>
    public IReadOnlyList<string> Scopes { get; internal set; } = Array.Empty<string>();

    /// <summary>The e-mail address.</summary>
    public override string ToString() => Email;
}
