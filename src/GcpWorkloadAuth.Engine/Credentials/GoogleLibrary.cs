using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>
/// The OAuth flows of Google.Apis.Auth, made anew for each request (once an hour) over our own HTTP handler. The only place that
/// names the library's types: a VM's token never comes here, and never loads it.
/// </summary>
internal static class GoogleLibrary
{
    public static async Task<CachedToken> FetchAsync(
        CredentialFile file, Uri tokenEndpoint, string? subject, IReadOnlyList<string> scopes, EngineCall call)
    {
        GoogleHttpFactory http = new(file.Source, tokenEndpoint, call);
        GoogleCredential credential = Load(file).CreateWithHttpClientFactory(http);
        if (scopes.Count > 0 && file.Type == CredentialFile.ServiceAccountType)
        {
            credential = credential.CreateScoped(scopes);
        }

        if (subject is not null)
        {
            credential = credential.CreateWithUser(subject);
        }

        TokenResponse token = await RequestAsync(credential, file, tokenEndpoint.Authority, call).ConfigureAwait(false);
        if (!CachedToken.IsToken(token.AccessToken) || token.ExpiresInSeconds is not (> 0 and <= 86400 * 365 and var seconds))
        {
            throw Errors.TokenResponseInvalid(tokenEndpoint.Authority);
        }

        return new CachedToken(token.AccessToken, token.TokenType ?? "Bearer", TimeSpan.FromSeconds(seconds));
    }

    private static GoogleCredential Load(CredentialFile file)
    {
        try
        {
            return file.Type == CredentialFile.ServiceAccountType
                ? CredentialFactory.FromJson<ServiceAccountCredential>(file.Text).ToGoogleCredential()
                : CredentialFactory.FromJson<UserCredential>(file.Text).ToGoogleCredential();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The library's message may quote the file.
            throw file.Type == CredentialFile.ServiceAccountType
                ? Errors.CredentialKeyInvalid(file.Source)
                : Errors.CredentialFileNotJson(file.Source);
        }
    }

    private static async Task<TokenResponse> RequestAsync(
        GoogleCredential credential, CredentialFile file, string endpoint, EngineCall call)
    {
        try
        {
            switch (credential.UnderlyingCredential)
            {
                case ServiceAccountCredential account when !IsDefaultUniverse(file):
                    // Other universes take a JWT signed with the key itself (AIP-4111), which lives an hour; nothing is exchanged.
                    string signed = await account.GetAccessTokenForRequestAsync(null, call.Stopping).ConfigureAwait(false);
                    return new TokenResponse { AccessToken = signed, TokenType = "Bearer", ExpiresInSeconds = 3600 };
                case ServiceAccountCredential account:
                    await account.RequestAccessTokenAsync(call.Stopping).ConfigureAwait(false);
                    return account.Token;
                case UserCredential user:
                    await user.RefreshTokenAsync(call.Stopping).ConfigureAwait(false);
                    return user.Token;
                default:
                    throw Errors.CredentialTypeNotSupported(file.Source, file.Type);
            }
        }
        catch (Exception e) when (e is TokenResponseException or Newtonsoft.Json.JsonException)
        {
            // Our handler has turned refusals into failures of our own; what is left is an answer that is no token.
            throw Errors.TokenResponseInvalid(endpoint);
        }
    }

    private static bool IsDefaultUniverse(CredentialFile file) =>
        string.Equals(file.UniverseDomain, Universe.Default, StringComparison.OrdinalIgnoreCase);
}
