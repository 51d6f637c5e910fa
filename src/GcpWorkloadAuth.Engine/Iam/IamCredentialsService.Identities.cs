using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Iam;

/// <content>Identity tokens and signatures.</content>
internal sealed partial class IamCredentialsService
{
    /// <summary>An identity token of an account; it lives an hour.</summary>
    public async Task<CachedToken> GenerateIdTokenAsync(ImpersonationTarget target, string audience, bool includeEmail, EngineCall call)
    {
        Dictionary<string, object?> body = Body(target);
        body["audience"] = audience;
        body["includeEmail"] = includeEmail;
        IamAnswer answer = await CallAsync(
            IamCredentialsApi.GenerateIdToken, target, body, IamAnswer.Read, "iam.serviceAccounts.getOpenIdToken", call).ConfigureAwait(false);
        return IdentityJwt.ToCachedToken(answer.Token) ?? throw Errors.TokenResponseInvalid(ApiService.IamCredentials.Title);
    }

    /// <summary>A signature with a key of the account that Google keeps.</summary>
    public async Task<BlobSignature> SignBlobAsync(ImpersonationTarget target, byte[] data, EngineCall call)
    {
        Dictionary<string, object?> body = Body(target);
        body["payload"] = Convert.ToBase64String(data);
        IamAnswer answer = await CallAsync(
            IamCredentialsApi.SignBlob, target, body, IamAnswer.Read, "iam.serviceAccounts.signBlob", call).ConfigureAwait(false);
        try
        {
            return string.IsNullOrEmpty(answer.SignedBlob)
                ? throw Errors.ResponseTruncated(ApiService.IamCredentials.Title)
                : new BlobSignature(Convert.FromBase64String(answer.SignedBlob!), answer.KeyId ?? string.Empty, target.Account);
        }
        catch (FormatException)
        {
            throw Errors.ResponseTruncated(ApiService.IamCredentials.Title);
        }
    }
}
