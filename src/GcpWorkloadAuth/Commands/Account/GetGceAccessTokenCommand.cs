using System;
using System.Collections;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Gives the session's access token: from the cache while it is good, else from its source.</summary>
[Cmdlet(VerbsCommon.Get, "GceAccessToken", DefaultParameterSetName = ObjectSet, HelpUri = HelpLinks.Base + "Get-GceAccessToken.md")]
[OutputType(typeof(GceAccessToken), ParameterSetName = new[] { ObjectSet })]
[OutputType(typeof(string), ParameterSetName = new[] { PlainTextSet })]
[OutputType(typeof(Hashtable), ParameterSetName = new[] { HeaderSet })]
[Alias("Get-GcpAccessToken")]
public sealed class GetGceAccessTokenCommand : GcpCmdlet
{
    private const string ObjectSet = "Object";
    private const string PlainTextSet = "PlainText";
    private const string HeaderSet = "Header";

    /// <summary>The e-mail address of another service account attached to this VM.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Email")]
    [ValidateNotNullOrEmpty]
    public string? ServiceAccount { get; set; }

    /// <summary>The OAuth 2.0 scopes of the token, where its source lets them be chosen.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    public string[]? Scope { get; set; }

    /// <summary>How long the token shall live: 10 minutes to 12 hours. Only for an impersonated account; more than one hour needs leave.</summary>
    [Parameter]
    public TimeSpan? Lifetime { get; set; }

    /// <summary>Ask the source again although the cached token is still good.</summary>
    [Parameter]
    public SwitchParameter ForceRefresh { get; set; }

    /// <summary>Emit the bare token. It is then kept by transcripts and logs like any other text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlainTextSet)]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Emit the headers of an authorized request, for Invoke-RestMethod -Headers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HeaderSet)]
    public SwitchParameter AsHeader { get; set; }

    private protected override bool FailuresTerminate => true;

    private protected override object? FailureTarget => ServiceAccount ?? base.FailureTarget;

    private protected override async Task ProcessAsync()
    {
        SessionRecord session = Session;
        GceAccessToken token = await Engine.GetAccessTokenAsync(session, MakeRequest(), Call);
        switch (ParameterSetName)
        {
            case PlainTextSet:
                WriteObject(token.Reveal());
                break;
            case HeaderSet:
                WriteObject(await MakeHeaderAsync(session, token));
                break;
            default:
                WriteObject(token);
                break;
        }
    }

    private TokenRequest MakeRequest()
    {
        if (ServiceAccount is null && Scope is null && !ForceRefresh && Lifetime is null)
        {
            return TokenRequest.Default;
        }

        return new TokenRequest
        {
            ServiceAccount = ServiceAccount,
            Scopes = Scope,
            Lifetime = Lifetime,
            ForceRefresh = ForceRefresh,
        };
    }

    private async Task<Hashtable> MakeHeaderAsync(SessionRecord session, GceAccessToken token)
    {
        Hashtable header = new() { ["Authorization"] = token.TokenType + " " + token.Reveal() };
        ContextDescription about = await Engine.DescribeAsync(session, offline: true, Call);
        if (about.QuotaProject is { } quotaProject)
        {
            header["x-goog-user-project"] = quotaProject.Value;
        }

        return header;
    }
}
