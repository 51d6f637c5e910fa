using System;
using GcpWorkloadAuth.Engine.Api;

namespace GcpWorkloadAuth.Engine.Http;

/// <content>Whose an address is that the user wrote out.</content>
internal sealed partial class Endpoints
{
    /// <summary>
    /// The endpoint that the user or a variable named and that the address lies at: one above it in the path rather than one that only
    /// shares scheme, host and port. Null where none is named there.
    /// </summary>
    public Endpoint? At(Uri uri, string universe)
    {
        Endpoint? found = null;
        foreach (ApiService service in s_services)
        {
            if (TryFind(service, universe) is not { Trust: not EndpointTrust.Google } endpoint || !IsSameOrigin(endpoint.Address, uri))
            {
                continue;
            }

            if (uri.AbsolutePath.StartsWith(endpoint.Address.AbsolutePath, StringComparison.Ordinal))
            {
                return endpoint;
            }

            found ??= endpoint;
        }

        return found;
    }

    /// <summary>
    /// Where a request to a service's own host goes in this session: the endpoint that was named for the service stands in for
    /// storage.googleapis.com and the like (and for www.googleapis.com, where the service's older addresses are), as it does for the
    /// cmdlets of the service. Any other address stays as it is.
    /// </summary>
    /// <exception cref="GcpException">The endpoint named for the service cannot be used.</exception>
    public Uri Resolve(Uri uri, string universe)
    {
        foreach (ApiService service in s_services)
        {
            if (!IsGoogle(uri, universe) || !IsAtHostOf(service, uri, universe))
            {
                continue;
            }

            Endpoint endpoint = Of(service, universe);
            return endpoint.IsDefault ? uri : Rebase(uri, service, endpoint) ?? uri;
        }

        return uri;
    }

    private static bool IsAtHostOf(ApiService service, Uri uri, string universe)
    {
        if (string.Equals(uri.Host, service.Id + "." + universe, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        bool isShared = string.Equals(uri.Host, "www." + universe, StringComparison.OrdinalIgnoreCase)
            && service.BasePath.StartsWith(service.Id + "/", StringComparison.Ordinal);
        return isShared
            && (uri.AbsolutePath.StartsWith("/" + service.BasePath, StringComparison.Ordinal)
                || uri.AbsolutePath.StartsWith("/upload/" + service.BasePath, StringComparison.Ordinal));
    }

    // What stands before the base path of an endpoint stands before every path of the service; an endpoint with another base path has
    // just the methods below it.
    private static Uri? Rebase(Uri uri, ApiService service, Endpoint endpoint)
    {
        string own = endpoint.Address.AbsolutePath;
        string usual = "/" + service.BasePath;
        string? path = own.EndsWith(usual, StringComparison.Ordinal)
            ? own.Substring(0, own.Length - usual.Length) + uri.AbsolutePath
            : uri.AbsolutePath.StartsWith(usual, StringComparison.Ordinal)
                ? own + uri.AbsolutePath.Substring(usual.Length)
                : null;
        return path is null ? null : new Uri(endpoint.Address.GetLeftPart(UriPartial.Authority) + path + uri.Query);
    }

    /// <summary>True for https on a host below the universe's domain, written in plain ASCII, on the usual port.</summary>
    public static bool IsGoogle(Uri uri, string universe) =>
        uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && IsPlainHost(uri) && IsHostOf(uri.Host, universe);

    // What a variable of another service holds is that service's trouble.
    private Endpoint? TryFind(ApiService service, string universe)
    {
        try
        {
            return Of(service, universe);
        }
        catch (GcpException)
        {
            return null;
        }
    }

    private static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase);

    // A letter that looks like another, or one that a resolver reads as a dot or a slash, is no host of Google's.
    private static bool IsPlainHost(Uri uri)
    {
        foreach (char c in uri.Host)
        {
            if (!(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.'))
            {
                return false;
            }
        }

        return string.Equals(uri.Host, uri.IdnHost, StringComparison.OrdinalIgnoreCase);
    }
}
