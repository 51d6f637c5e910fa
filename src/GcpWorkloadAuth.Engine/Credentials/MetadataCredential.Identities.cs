using System;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Iam;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <content>The metadata server's identity tokens, and IAM's signatures for the attached account.</content>
internal sealed partial class MetadataCredential
{
    // "Verify the identity of VM instances": licenses only in the full form, which has the e-mail address too.
    public override void DemandIdentity(IdentityTokenRequest request)
    {
        if (request.IncludeLicense && !request.IsFull)
        {
            throw Errors.IdentityOptionNotSupported("-IncludeLicense without -Format Full", Source);
        }

        if (request.IncludeEmail && !request.IsFull)
        {
            throw Errors.IdentityOptionNotSupported("-IncludeEmail without -Format Full", Source);
        }
    }

    public override Task<CachedToken> FetchIdentityAsync(IdentityTokenRequest request, EngineCall call) =>
        Worker.RunAsync(() => FetchIdentity(request, call));

    public override async Task<SigningIdentity> GetSignerAsync(EngineCall call)
    {
        GceServiceAccount? account = await AttachedAccount.Of(this, null).GetAsync(_facts.Reader, again: false, call).ConfigureAwait(false);
        return new SigningIdentity(account?.Email ?? throw _explain(Errors.NoServiceAccount()), HasKey: false);
    }

    /// <summary>Google signs: the account must be allowed to act for itself.</summary>
    public override async Task<BlobSignature> SignAsync(EngineSession session, byte[] data, EngineCall call)
    {
        string email = (await GetSignerAsync(call).ConfigureAwait(false)).Account;
        IamCredentialsService iam = new(new ApiClient(session, session.HandleOf(this, DefaultScopes)), email);
        return await iam.SignBlobAsync(new ImpersonationTarget(email, []), data, call).ConfigureAwait(false);
    }

    private CachedToken FetchIdentity(IdentityTokenRequest request, EngineCall call)
    {
        string? named = request.ServiceAccount ?? _account;
        using HttpReply reply = Ask(IdentityPathOf(named ?? "default", request), call);
        if (reply.Status == 404)
        {
            throw Missing(named);
        }

        return (reply.IsSuccess ? IdentityJwt.ToCachedToken(reply.Text().Trim()) : null)
            ?? throw Errors.TokenResponseInvalid("the metadata server");
    }

    private static string IdentityPathOf(string account, IdentityTokenRequest request)
    {
        StringBuilder path = new("instance/service-accounts/");
        path.Append(Uri.EscapeDataString(account)).Append("/identity?audience=").Append(Uri.EscapeDataString(request.Audience));
        path.Append("&format=").Append(request.IsFull ? "full" : "standard");
        if (request.IncludeLicense)
        {
            path.Append("&licenses=TRUE");
        }

        return path.ToString();
    }

    private HttpReply Ask(string path, EngineCall call)
    {
        try
        {
            return _facts.Reader.Client.Get(path, MetadataClient.ValueCap, TimeSpan.Zero, call);
        }
        catch (GcpException failure)
        {
            throw _explain(failure);
        }
    }

    private static GcpException Missing(string? account)
    {
        GcpException missing = account is null or "default" ? Errors.NoServiceAccount() : Errors.ServiceAccountNotAttached(account);
        missing.StatusCode = 404;
        return missing;
    }
}
