using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <content>A key's identity tokens and signatures.</content>
internal sealed partial class FileCredential
{
    private ServiceAccountKey? _key;

    private bool IsKey => _file.Type == CredentialFile.ServiceAccountType;

    // Made once: taking a key out of its text costs as much as a signature.
    private ServiceAccountKey Key => _key ??= new ServiceAccountKey(_file);

    public override void DemandIdentity(IdentityTokenRequest request)
    {
        // The token endpoint makes them for the account itself, and only in Google's own universe.
        bool isDefault = string.Equals(_file.UniverseDomain, Universe.Default, StringComparison.OrdinalIgnoreCase);
        if (!IsKey || _subject is not null || !isDefault)
        {
            throw Errors.IdentityTokenNotSupported(Source, _subject is null ? Type : Type + ", -Subject");
        }

        if (request.IsFull || request.IncludeLicense)
        {
            throw Errors.IdentityOptionNotSupported(request.IsFull ? "-Format Full" : "-IncludeLicense", Source);
        }
    }

    public override Task<CachedToken> FetchIdentityAsync(IdentityTokenRequest request, EngineCall call) =>
        Key.FetchIdentityAsync(_tokenEndpoint, request.Audience, call);

    public override Task<SigningIdentity> GetSignerAsync(EngineCall call) =>
        IsKey ? Task.FromResult(new SigningIdentity(_file["client_email"]!, HasKey: true)) : base.GetSignerAsync(call);

    /// <summary>The key is here: nobody is asked.</summary>
    public override Task<BlobSignature> SignAsync(EngineSession session, byte[] data, EngineCall call) => IsKey
        ? Task.FromResult(new BlobSignature(Key.Sign(data), _file["private_key_id"] ?? string.Empty, _file["client_email"]!))
        : base.SignAsync(session, data, call);
}
