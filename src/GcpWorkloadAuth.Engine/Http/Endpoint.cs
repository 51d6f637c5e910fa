using System;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>Why requests go where they go; it decides whether a token goes with them.</summary>
internal enum EndpointTrust
{
    /// <summary>A host of the universe the session works in.</summary>
    Google,

    /// <summary>The user named the host for this purpose.</summary>
    Named,

    /// <summary>A variable named a loopback address: only an emulator's token may go there.</summary>
    Emulator,

    /// <summary>STORAGE_EMULATOR_HOST: no token goes there.</summary>
    Anonymous,
}

/// <summary>Where a service is.</summary>
internal sealed class Endpoint(Uri address, EndpointTrust trust, string namedBy)
{
    /// <summary>The base of its methods, ending with a slash.</summary>
    public Uri Address { get; } = address;

    public EndpointTrust Trust { get; } = trust;

    /// <summary>The parameter or variable that named it; "default" for Google's own.</summary>
    public string NamedBy { get; } = namedBy;

    public bool IsDefault => NamedBy == DefaultName;

    public const string DefaultName = "default";
}
