#if !NET
using System;
using System.Net;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>HTTPS_PROXY and NO_PROXY for .NET Framework, which knows the system's proxy only. Modern .NET reads them itself.</summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly WebProxy _proxy;
    private readonly string[] _exceptions;

    private EnvironmentProxy(Uri address, string[] exceptions)
    {
        _proxy = new WebProxy(address);
        _exceptions = exceptions;
        if (address.UserInfo.Length > 0)
        {
            string[] parts = Uri.UnescapeDataString(address.UserInfo).Split([':'], 2);
            _proxy.Credentials = new NetworkCredential(parts[0], parts.Length > 1 ? parts[1] : string.Empty);
        }
    }

    public ICredentials? Credentials
    {
        get => _proxy.Credentials;
        set => _proxy.Credentials = value;
    }

    /// <summary>The proxy the environment names; null where it names none.</summary>
    public static EnvironmentProxy? FromEnvironment()
    {
        string? value = Read("HTTPS_PROXY") ?? Read("ALL_PROXY");
        if (value is null)
        {
            return null;
        }

        string absolute = value.Contains("://") ? value : "http://" + value;
        return Uri.TryCreate(absolute, UriKind.Absolute, out Uri? address)
            ? new EnvironmentProxy(address, (Read("NO_PROXY") ?? string.Empty).Split([','], StringSplitOptions.RemoveEmptyEntries))
            : null;
    }

    public Uri GetProxy(Uri destination) => _proxy.GetProxy(destination);

    public bool IsBypassed(Uri host)
    {
        foreach (string exception in _exceptions)
        {
            string name = exception.Trim();
            if (name == "*" || Matches(host.Host, name.TrimStart('.')))
            {
                return true;
            }
        }

        return host.IsLoopback;
    }

    private static bool Matches(string host, string name) =>
        name.Length > 0
        && (string.Equals(host, name, StringComparison.OrdinalIgnoreCase)
            || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));

    private static string? Read(string name)
    {
        string? value = Environment.GetEnvironmentVariable(name) ?? Environment.GetEnvironmentVariable(name.ToLowerInvariant());
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }
}
#endif
