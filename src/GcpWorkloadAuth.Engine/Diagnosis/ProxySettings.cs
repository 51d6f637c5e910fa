using System;
using System.Collections.Generic;
#if NET
using System.Net.Http;
#endif
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>The proxy that the environment names, and the one that requests really go through.</summary>
internal static class ProxySettings
{
    private static readonly string[] s_variables = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"];

    /// <summary>The variables that are set, without what they hold of passwords.</summary>
    public static IReadOnlyList<string> Named()
    {
        List<string> named = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (string variable in s_variables)
        {
            string? value = Environment.GetEnvironmentVariable(variable);

            // On Windows the two spellings are one variable.
            if (!string.IsNullOrWhiteSpace(value) && seen.Add(variable))
            {
                bool isList = variable.StartsWith("NO", StringComparison.OrdinalIgnoreCase);
                named.Add(variable + "=" + (isList ? value!.Trim() : Shown(value!.Trim())));
            }
        }

        return named;
    }

    /// <summary>True where a variable names a proxy, whether or not a request heeds it.</summary>
    public static bool IsNamed() => Array.Exists(
        ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"],
        static name => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name)));

    /// <summary>The proxy between here and an address, without its password; null where requests go there directly.</summary>
    public static string? Between(Uri address)
    {
        if (address.IsLoopback)
        {
            return null;
        }

        Uri? proxy = Find(address);
        return proxy is null || proxy.Authority == address.Authority ? null : DisplayUri.Of(proxy).TrimEnd('/');
    }

    // "user:password@host:port" is taken for an address too.
    private static string Shown(string value) =>
        Uri.TryCreate(value.Contains("://") ? value : "http://" + value, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0
            ? DisplayUri.Of(uri).TrimEnd('/')
            : DisplayUri.OfText(value);

#if NET
    private static Uri? Find(Uri address) =>
        HttpClient.DefaultProxy.IsBypassed(address) ? null : HttpClient.DefaultProxy.GetProxy(address);
#else
    private static Uri? Find(Uri address)
    {
        System.Net.IWebProxy? proxy = EnvironmentProxy.FromEnvironment() ?? System.Net.WebRequest.DefaultWebProxy;
        return proxy is null || proxy.IsBypassed(address) ? null : proxy.GetProxy(address);
    }
#endif
}
