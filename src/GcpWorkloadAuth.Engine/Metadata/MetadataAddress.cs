using System;
using System.Net;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Metadata;

/// <summary>
/// Where the metadata server is: 169.254.169.254, or what GCE_METADATA_HOST, GCE_METADATA_IP or GCE_METADATA_ROOT name. The
/// variables select who supplies tokens, and never who receives one.
/// </summary>
internal sealed class MetadataAddress
{
    /// <summary>The IP, not the name: name resolution comes up later than the route at boot.</summary>
    public const string DefaultHost = "169.254.169.254";

    private static readonly string[] s_variables = ["GCE_METADATA_HOST", "GCE_METADATA_IP", "GCE_METADATA_ROOT"];

    /// <param name="host">host[:port]</param>
    /// <param name="variable">The variable that named it; null for the default.</param>
    /// <param name="tls">When, and with what, it is spoken to over TLS.</param>
    public MetadataAddress(string host, string? variable, MetadataTls tls)
    {
        Tls = tls;
        Host = host;
        Variable = variable;
        Base = new Uri("http://" + host + "/computeMetadata/v1/");
    }

    /// <summary>host[:port]</summary>
    public string Host { get; }

    /// <summary>The variable that named it; null for the default.</summary>
    public string? Variable { get; }

    public Uri Base { get; }

    /// <summary>When, and with what, it is spoken to over TLS.</summary>
    public MetadataTls Tls { get; }

    /// <summary>True where it is an emulator on this machine: its tokens may go to emulators, and are worth nothing elsewhere.</summary>
    public bool IsLoopback => Base.IsLoopback;

    /// <summary>True where nobody outside this machine's link can be it.</summary>
    public bool IsLocal => IsLoopback || Variable is null || IsLinkLocal(Base.DnsSafeHost)
        || Base.Host is "metadata.google.internal" or "metadata" or "metadata.google.internal.";

    public static MetadataAddress From(EnvironmentSnapshot environment)
    {
        foreach (string variable in s_variables)
        {
            string? value = environment[variable];
            if (value is not null)
            {
                return IsHostAndPort(value)
                    ? new MetadataAddress(value, variable, MetadataTls.From(environment, isOverridden: true))
                    : throw Errors.MetadataAddressInvalid(variable, Http.DisplayUri.OfText(value));
            }
        }

        return new MetadataAddress(DefaultHost, null, MetadataTls.From(environment, isOverridden: false));
    }

    private static bool IsHostAndPort(string value)
    {
        foreach (char c in value)
        {
            if (!(char.IsLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']') || c > 127)
            {
                return false;
            }
        }

        return Uri.TryCreate("http://" + value + "/", UriKind.Absolute, out Uri? uri)
            && uri.AbsolutePath == "/" && uri.Host.Length > 0 && uri.Port > 0;
    }

    private static bool IsLinkLocal(string host)
    {
        if (!IPAddress.TryParse(host, out IPAddress? address))
        {
            return false;
        }

        byte[] bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? bytes[0] == 169 && bytes[1] == 254 : address.IsIPv6LinkLocal || (bytes[0] == 0xfd && bytes[1] == 0x20);
    }
}
