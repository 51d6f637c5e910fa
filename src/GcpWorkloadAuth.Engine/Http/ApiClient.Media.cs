using System;
using System.Net.Http;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Settings;

namespace GcpWorkloadAuth.Engine.Http;

/// <content>What requests with contents share with the others: where they go, what goes with them, what a refusal means.</content>
internal sealed partial class ApiClient
{
    /// <summary>Where requests of a service go, and the token that goes with them.</summary>
    public Task<(Endpoint Endpoint, CachedToken? Token)> GrantAsync(ApiService service, EngineCall call) => AuthorizeAsync(service, call);

    /// <summary>True where a refused token may be had anew.</summary>
    public bool CanRenew => Handle.Credential is not AccessTokenCredential;

    /// <summary>Another token in place of one that was refused.</summary>
    public Task<CachedToken> RenewAsync(CachedToken refused, EngineCall call)
    {
        Handle.Cell.Drop(refused);
        return Handle.GetAsync(force: false, call);
    }

    /// <summary>Adds what every request carries.</summary>
    public void Sign(HttpRequestMessage message, CachedToken? token)
    {
        message.Headers.TryAddWithoutValidation("User-Agent", HttpSender.UserAgent);
        if (token is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token.Value);
        }

        string? quotaProject = other is null ? SettingsResolver.QuotaProject(session)?.Value : other.Credential.QuotaProject;
        if (quotaProject is not null)
        {
            message.Headers.TryAddWithoutValidation("x-goog-user-project", quotaProject);
        }
    }

    /// <summary>A refusal of a request with a content.</summary>
    public ApiRefusal ReadMediaRefusal(HttpReply reply, ApiService service, Uri uri, int attempt) =>
        ApiRefusal.ReadMedia(reply, service, uri, AccountName, attempt);

    /// <summary>
    /// Where a method lies. What it is mounted on, and the XML API, begin at the root of the host, behind a prefix of the endpoint's own.
    /// </summary>
    public static Uri AddressOf(Endpoint endpoint, ApiMethod method, string pathAndQuery)
    {
        if (!method.IsXml)
        {
            return new ApiRequest(method, pathAndQuery).Address(endpoint);
        }

        string root = endpoint.Address.AbsoluteUri;
        string before = root.EndsWith("/" + method.Service.BasePath, StringComparison.Ordinal)
            ? root.Substring(0, root.Length - method.Service.BasePath.Length)
            : endpoint.Address.GetLeftPart(UriPartial.Authority) + "/";
        return LiteralUri.Of(before + pathAndQuery);
    }
}
