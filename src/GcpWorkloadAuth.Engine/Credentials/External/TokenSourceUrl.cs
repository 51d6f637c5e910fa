using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using GcpWorkloadAuth.Engine.Metadata;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// credential_source.url and its headers. https to any host, because it only gives; http only where nobody between can listen: this
/// machine, and the link-local address at which other clouds have their metadata service. Never the Compute Engine metadata server:
/// a file could else have the VM's own token sent on as a "subject token".
/// </summary>
internal static class TokenSourceUrl
{
    // Without one of these headers the Compute Engine metadata server answers 403 to everything.
    private static readonly string[] s_googleHeaders = ["Metadata-Flavor", "X-Google-Metadata-Request"];

    // These belong to the connection or decide whom the request is for.
    private static readonly string[] s_ownHeaders = ["Host", "Connection", "Content-Length", "Transfer-Encoding", "Proxy-Authorization", "Upgrade"];

    private static readonly string[] s_googleHosts = ["metadata", "metadata.google.internal", "metadata.goog"];

    private static readonly IPAddress s_googleV6 = IPAddress.Parse("fd20:ce::254");

    public static Uri Of(FileFields source, MetadataAddress metadata)
    {
        Uri uri = CheckedUrl.Parse(source.Demand("url")) ?? throw source.Invalid("url", "it is not an absolute https or http address");
        if (IsGoogleMetadata(uri, metadata) || (uri.Scheme != Uri.UriSchemeHttps && !IsNear(uri)))
        {
            throw source.Refused("url", uri.Authority);
        }

        return uri;
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Headers(FileFields source)
    {
        List<KeyValuePair<string, string>> headers = [];
        if (source.Object("headers") is not { } named)
        {
            return headers;
        }

        foreach (string name in named.Names)
        {
            if (Contains(s_googleHeaders, name))
            {
                throw source.Refused("headers", name);
            }

            if (!IsHeaderName(name) || Contains(s_ownHeaders, name))
            {
                throw source.Invalid("headers", "it names something that is no header a request may carry");
            }

            headers.Add(new KeyValuePair<string, string>(name, named.Text(name) ?? string.Empty));
        }

        return headers;
    }

    /// <summary>This machine or its link: not proxied, and plain http is no risk.</summary>
    public static bool IsNear(Uri uri) => uri.IsLoopback || (Address(uri) is { } address && IsLinkLocal(address));

    private static bool IsGoogleMetadata(Uri uri, MetadataAddress metadata)
    {
        bool isConfigured = metadata.Variable is not null
            && string.Equals(uri.Authority, metadata.Base.Authority, StringComparison.OrdinalIgnoreCase);
        IPAddress? address = Address(uri);
        if (isConfigured || Contains(s_googleHosts, uri.Host.TrimEnd('.')) || s_googleV6.Equals(address))
        {
            return true;
        }

        // Other clouds have their metadata service at the same link-local address, below other paths.
        string path = Uri.UnescapeDataString(Uri.UnescapeDataString(uri.PathAndQuery));
        return address is not null && IsLinkLocal(address) && path.IndexOf("computeMetadata", StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static IPAddress? Address(Uri uri)
    {
        if (!IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address))
        {
            return null;
        }

        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private static bool IsLinkLocal(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? bytes[0] == 169 && bytes[1] == 254
            : address.IsIPv6LinkLocal || (bytes[0] == 0xfd && bytes[1] == 0x00 && bytes[2] == 0x0e && bytes[3] == 0xc2);
    }

    private static bool Contains(string[] names, string name) =>
        Array.Exists(names, n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));

    // RFC 9110, section 5.6.2: token.
    private static bool IsHeaderName(string name)
    {
        foreach (char c in name)
        {
            if (c is <= ' ' or >= (char)0x7f || "\"(),/:;<=>?@[\\]{}".IndexOf(c) >= 0)
            {
                return false;
            }
        }

        return name.Length is > 0 and <= 100;
    }
}
