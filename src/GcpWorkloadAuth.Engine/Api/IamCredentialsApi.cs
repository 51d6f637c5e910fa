using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// IAM Service Account Credentials API v1. Source: its discovery document,
/// https://iamcredentials.googleapis.com/$discovery/rest?version=v1.
/// </summary>
/// <remarks>All are POST, and sending one twice does no more than sending it once: nothing on the server changes.</remarks>
internal static class IamCredentialsApi
{
    public static readonly ApiMethod GenerateAccessToken = new(
        ApiService.IamCredentials, "iamcredentials.projects.serviceAccounts.generateAccessToken", HttpMethod.Post,
        "projects/-/serviceAccounts/{account}:generateAccessToken", RetryClass.Idempotent);

    public static readonly ApiMethod GenerateIdToken = new(
        ApiService.IamCredentials, "iamcredentials.projects.serviceAccounts.generateIdToken", HttpMethod.Post,
        "projects/-/serviceAccounts/{account}:generateIdToken", RetryClass.Idempotent);

    public static readonly ApiMethod SignBlob = new(
        ApiService.IamCredentials, "iamcredentials.projects.serviceAccounts.signBlob", HttpMethod.Post,
        "projects/-/serviceAccounts/{account}:signBlob", RetryClass.Idempotent);

    public static readonly ApiMethod[] All = [GenerateAccessToken, GenerateIdToken, SignBlob];
}
