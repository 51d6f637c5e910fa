using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>
/// Where each service of a session is, and the one rule for where a token may go. Only what the user names with -Endpoint adds a
/// host; a variable can point at Google or at loopback, and a credential file at nothing.
/// </summary>
internal sealed partial class Endpoints
{
    /// <summary>The OAuth 2.0 token endpoint, in -Endpoint.</summary>
    public const string TokenService = "token";

    /// <summary>The Security Token Service, in -Endpoint: where federated credentials are exchanged.</summary>
    public const string StsService = "sts";

    /// <summary>The IAM Credentials API, in -Endpoint.</summary>
    public const string IamCredentialsService = "iamcredentials";

    /// <summary>The instance metadata service of AWS, in -Endpoint.</summary>
    public const string AwsMetadataService = "awsmetadata";

    private static readonly string[] s_tokenServices = [TokenService, StsService, AwsMetadataService];
    private static readonly ApiService[] s_services =
        [ApiService.Storage, ApiService.Compute, ApiService.ResourceManager, ApiService.IamCredentials, ApiService.StorageTransfer];
    private readonly SessionRecord _session;
    private readonly EnvironmentSnapshot _environment;

    public Endpoints(SessionRecord session, EnvironmentSnapshot environment)
    {
        _session = session;
        _environment = environment;
        foreach (KeyValuePair<string, string> named in session.Endpoints)
        {
            Named(named.Key, named.Value);
        }
    }

    /// <summary>The token endpoint the user named; null where they named none.</summary>
    public Uri? TokenEndpoint => NamedByUser(TokenService);

    /// <summary>The base address the user named for a service that gives out tokens; null where they named none.</summary>
    public Uri? NamedByUser(string service) =>
        _session.Endpoints.TryGetValue(service, out string? value) ? Named(service, value) : null;

    /// <summary>What is not Google's own, for people.</summary>
    public IReadOnlyDictionary<string, string> Overridden()
    {
        Dictionary<string, string> result = new(StringComparer.OrdinalIgnoreCase);
        string universe = _session.UniverseDomain ?? _environment["GOOGLE_CLOUD_UNIVERSE_DOMAIN"] ?? Universe.Default;
        foreach (ApiService service in s_services)
        {
            Endpoint endpoint = Of(service, universe);
            if (!endpoint.IsDefault)
            {
                result[service.Id] = endpoint.Address.AbsoluteUri;
            }
        }

        Endpoint sts = Of(ApiService.Sts, universe);
        if (!sts.IsDefault)
        {
            result[StsService] = sts.Address.AbsoluteUri;
        }

        foreach (string service in s_tokenServices)
        {
            if (NamedByUser(service) is { } named)
            {
                result[service] = named.AbsoluteUri;
            }
        }

        return result;
    }

    /// <summary>Where a service is in the universe.</summary>
    public Endpoint Of(ApiService service, string universe)
    {
        if (_session.Endpoints.TryGetValue(service.Id, out string? named))
        {
            return new Endpoint(WithBasePath(Named(service.Id, named), service), EndpointTrust.Named, "-Endpoint " + service.Id);
        }

        Names.Universe(universe);
        if (service.OverrideVariable is { } variable && _environment[variable] is { } overridden)
        {
            return FromVariable(variable, overridden, service, universe, EndpointTrust.Emulator);
        }

        if (service == ApiService.Storage && _environment["STORAGE_EMULATOR_HOST"] is { } emulator)
        {
            string absolute = emulator.Contains("://") ? emulator : "http://" + emulator;
            Endpoint endpoint = FromVariable("STORAGE_EMULATOR_HOST", absolute, service, universe, EndpointTrust.Anonymous);
            return endpoint.Trust == EndpointTrust.Anonymous
                ? endpoint
                : throw Errors.EndpointRefused("STORAGE_EMULATOR_HOST", endpoint.Address.Authority);
        }

        return new Endpoint(
            new Uri("https://" + service.Id + "." + universe + "/" + service.BasePath), EndpointTrust.Google, Endpoint.DefaultName);
    }

    /// <summary>Throws, before anything is sent, where the credential's token must not go to the endpoint.</summary>
    public static void Demand(Endpoint endpoint, Credential credential)
    {
        if (endpoint.Trust == EndpointTrust.Emulator && !credential.IsLoopback)
        {
            throw Errors.TokenForEmulatorRefused(endpoint.NamedBy, endpoint.Address.Authority);
        }
    }

    private static Endpoint FromVariable(string variable, string value, ApiService service, string universe, EndpointTrust onLoopback)
    {
        Uri address = WithBasePath(Parse(variable, value), service);
        if (address.IsLoopback)
        {
            return new Endpoint(address, onLoopback, variable);
        }

        // A host of another universe is foreign too: a token is for its own universe's hosts.
        bool isGoogle = address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && IsHostOf(address.Host, universe);
        return isGoogle
            ? new Endpoint(address, EndpointTrust.Google, variable)
            : throw Errors.EndpointRefused(variable, address.Authority);
    }

    private static Uri Named(string service, string value)
    {
        if (!Array.Exists(s_tokenServices, s => string.Equals(s, service, StringComparison.OrdinalIgnoreCase))
            && !Array.Exists(s_services, s => string.Equals(s.Id, service, StringComparison.OrdinalIgnoreCase)))
        {
            List<string> known = [.. Array.ConvertAll(s_services, static s => s.Id), .. s_tokenServices];
            throw Errors.EndpointServiceUnknown(service, known);
        }

        Uri uri = Parse("-Endpoint " + service, value);
        return uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback ? uri : throw Errors.EndpointInvalid("-Endpoint " + service, value);
    }

    private static Uri Parse(string namedBy, string value)
    {
        bool isUsable = Uri.TryCreate(value, UriKind.Absolute, out Uri? uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;
        if (!isUsable)
        {
            throw Errors.EndpointInvalid(namedBy, DisplayUri.OfText(value));
        }

        return uri!;
    }

    private static Uri WithBasePath(Uri address, ApiService service)
    {
        if (address.AbsolutePath.Length <= 1)
        {
            return new Uri(address, service.BasePath);
        }

        return address.AbsolutePath.EndsWith("/", StringComparison.Ordinal) ? address : new Uri(address.AbsoluteUri + "/");
    }

    // ASCII alone: no letter that a name service might take for a dot or a slash.
    private static bool IsHostOf(string host, string domain)
    {
        foreach (char c in host)
        {
            if (c >= 0x80)
            {
                return false;
            }
        }

        return host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
    }
}
