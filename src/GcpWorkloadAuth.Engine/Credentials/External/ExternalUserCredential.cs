using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// A person of a workforce pool who signed in with gcloud (type external_account_authorized_user): a refresh token at the Security
/// Token Service. A new refresh token in an answer takes the old one's place in memory only; the file is never written.
/// </summary>
internal sealed class ExternalUserCredential : FederatedCredential
{
    // By recipe and for the process: a session is made anew when a variable changes, and the old refresh token may be used up.
    private static readonly ConcurrentDictionary<string, string> s_renewed = new(StringComparer.Ordinal);

    private readonly Uri _tokenUrl;
    private readonly string _clientId;
    private readonly string _clientSecret;
    private readonly string _refreshToken;

    public ExternalUserCredential(CredentialFile file, Endpoints endpoints, string? trustedUniverse)
        : base(file, trustedUniverse)
    {
        string universe = DemandUniverse(file, trustedUniverse);
        FileFields fields = new(file);
        Uri? sts = endpoints.NamedByUser(Endpoints.StsService);
        _tokenUrl = CheckedUrl.Of(fields, "token_url", CheckedUrl.Sts, universe, sts);
        if (fields.Has("token_info_url"))
        {
            CheckedUrl.Of(fields, "token_info_url", CheckedUrl.Sts, universe, sts);
        }

        _clientId = fields.Demand("client_id");
        _clientSecret = fields.Demand("client_secret");
        _refreshToken = fields.Demand("refresh_token");
        Recipe = string.Join("|", file.Type, Secrets.Digest(file.Text), _tokenUrl.AbsoluteUri);
    }

    public override string Recipe { get; }

    public override string? Account => File.Account;

    public override bool IsLoopback => _tokenUrl.IsLoopback;

    public override bool CanChooseScopes => false;

    public override void Forget() => s_renewed.TryRemove(Recipe, out _);

    public override async Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call)
    {
        CredentialFileWarning.Tell(File, call);
        string current = s_renewed.TryGetValue(Recipe, out string? renewed) ? renewed : _refreshToken;
        SmallRequest request = Form.Post(
            _tokenUrl, _clientId, _clientSecret, ("grant_type", "refresh_token"), ("refresh_token", current));
        using HttpReply reply = await request.SendAsync(SubjectTokenSource.Largest, call).ConfigureAwait(false);
        if (!reply.IsSuccess)
        {
            throw Refusals.OfRefresh(reply, _tokenUrl, File.Source, [current, _refreshToken, _clientSecret]);
        }

        CachedToken token = SmallAnswer.ReadToken(reply, _tokenUrl, out string? next);
        if (next is not null && next != current)
        {
            s_renewed[Recipe] = next;
        }

        return token;
    }
}
