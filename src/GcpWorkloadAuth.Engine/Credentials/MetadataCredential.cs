using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>A service account attached to the VM, through the metadata server.</summary>
internal sealed partial class MetadataCredential : Credential
{
    private readonly MetadataFacts _facts;
    private readonly string? _account;
    private readonly Func<GcpException, GcpException> _explain;

    /// <param name="facts">The metadata server.</param>
    /// <param name="account">An attached account other than the default one.</param>
    /// <param name="explain">Turns "not reachable" into what the search for credentials has to say.</param>
    public MetadataCredential(MetadataFacts facts, string? account, Func<GcpException, GcpException> explain)
    {
        _facts = facts;
        _account = account;
        _explain = explain;
    }

    public override string Type => "MetadataServer";

    public override string Source => "metadata server " + _facts.Reader.Client.Address.Host;

    public override string Recipe => "metadata|" + _facts.Reader.Client.Address.Host + "|" + (_account ?? "default");

    public override bool IsLoopback => _facts.Reader.Client.Address.IsLoopback;

    public string AccountName => _account ?? "default";

    public override async Task<Universe> GetUniverseAsync(EngineCall call)
    {
        try
        {
            return await _facts.GetUniverseAsync(call).ConfigureAwait(false);
        }
        catch (GcpException failure)
        {
            throw _explain(failure);
        }
    }

    /// <summary>What a failure means to whoever asked for this credential.</summary>
    public GcpException Explain(GcpException failure) => _explain(failure);

    public override Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call) =>
        Worker.RunAsync(() => Fetch(account, scopes, call));

    private CachedToken Fetch(string? account, IReadOnlyList<string> scopes, EngineCall call)
    {
        string? named = account ?? _account;
        using HttpReply reply = Ask(PathOf(named ?? "default", scopes), call);
        if (reply.Status == 404)
        {
            throw Missing(named);
        }

        return reply.IsSuccess && JsonText.TryRead(reply.Body, ReadToken, out CachedToken? token) && token is not null
            ? token
            : throw Errors.TokenResponseInvalid("the metadata server");
    }

    private static string PathOf(string account, IReadOnlyList<string> scopes)
    {
        StringBuilder path = new("instance/service-accounts/");
        path.Append(Uri.EscapeDataString(account)).Append("/token");
        for (int i = 0; i < scopes.Count; i++)
        {
            path.Append(i == 0 ? "?scopes=" : ",").Append(Uri.EscapeDataString(scopes[i]));
        }

        return path.ToString();
    }

    private static CachedToken? ReadToken(ref JsonCursor json)
    {
        string? token = null;
        string? type = null;
        long? seconds = null;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                switch (name)
                {
                    case "access_token":
                        token = json.String();
                        break;
                    case "token_type":
                        type = json.String();
                        break;
                    case "expires_in":
                        seconds = json.Int64();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
        }

        return !CachedToken.IsToken(token) || seconds is null or < 0 or > 86400 * 365
            ? null
            : new CachedToken(token!, type ?? "Bearer", TimeSpan.FromSeconds(seconds.Value));
    }
}
