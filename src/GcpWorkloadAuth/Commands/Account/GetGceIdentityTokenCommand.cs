using System.Collections;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Gives a token that tells a service of yours who the session is: from the cache while it is good, else from its source.</summary>
[Cmdlet(VerbsCommon.Get, "GceIdentityToken", DefaultParameterSetName = ObjectSet, HelpUri = HelpLinks.Base + "Get-GceIdentityToken.md")]
[OutputType(typeof(GceIdentityToken), ParameterSetName = new[] { ObjectSet })]
[OutputType(typeof(string), ParameterSetName = new[] { PlainTextSet })]
[OutputType(typeof(Hashtable), ParameterSetName = new[] { HeaderSet })]
[Alias("Get-GcpIdentityToken")]
public sealed class GetGceIdentityTokenCommand : GcpCmdlet
{
    private const string ObjectSet = "Object";
    private const string PlainTextSet = "PlainText";
    private const string HeaderSet = "Header";

    /// <summary>Whom the token is for: the address of the service that will check it, or whatever name it goes by.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Audience { get; set; } = string.Empty;

    /// <summary>Full adds which VM the account is on, and its e-mail address. Only the metadata server makes such tokens.</summary>
    [Parameter]
    public GceIdentityTokenFormat Format { get; set; }

    /// <summary>Name the licenses of the VM's image; needs -Format Full.</summary>
    [Parameter]
    public SwitchParameter IncludeLicense { get; set; }

    /// <summary>Name the account's e-mail address, for an impersonated account. A key's tokens always do, a VM's with -Format Full.</summary>
    [Parameter]
    public SwitchParameter IncludeEmail { get; set; }

    /// <summary>The e-mail address of another service account attached to this VM.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Email")]
    [ValidateNotNullOrEmpty]
    public string? ServiceAccount { get; set; }

    /// <summary>Ask the source again although the cached token is still good.</summary>
    [Parameter]
    public SwitchParameter ForceRefresh { get; set; }

    /// <summary>Emit the bare token. It is then kept by transcripts and logs like any other text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlainTextSet)]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Emit the header of an authorized request, for Invoke-RestMethod -Headers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HeaderSet)]
    public SwitchParameter AsHeader { get; set; }

    private protected override bool FailuresTerminate => true;

    private protected override object? FailureTarget => ServiceAccount ?? Audience;

    private protected override async Task ProcessAsync()
    {
        IdentityTokenRequest request = new(Audience)
        {
            IsFull = Format == GceIdentityTokenFormat.Full,
            IncludeLicense = IncludeLicense,
            IncludeEmail = IncludeEmail,
            ServiceAccount = ServiceAccount,
            ForceRefresh = ForceRefresh,
        };
        GceIdentityToken token = await Engine.GetIdentityTokenAsync(Session, request, Call);
        WriteObject(ParameterSetName switch
        {
            PlainTextSet => token.Reveal(),
            HeaderSet => new Hashtable { ["Authorization"] = "Bearer " + token.Reveal() },
            _ => (object)token,
        });
    }
}
