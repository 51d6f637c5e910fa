using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Chooses the identity of the session, proves it by getting a token, and emits the context.</summary>
[Cmdlet(VerbsCommunications.Connect, "GcpAccount", DefaultParameterSetName = ApplicationDefaultSet, HelpUri = HelpLinks.Base + "Connect-GcpAccount.md")]
[OutputType(typeof(GcpContext))]
public sealed class ConnectGcpAccountCommand : GcpCmdlet
{
    private const string ApplicationDefaultSet = "ApplicationDefault";
    private const string MetadataServerSet = "MetadataServer";
    private const string CredentialPathSet = "CredentialPath";
    private const string CredentialJsonSet = "CredentialJson";
    private const string AccessTokenSet = "AccessToken";
    private const string FromGcloudSet = "FromGcloud";

    /// <summary>Use the metadata server of this VM and nothing else.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MetadataServerSet)]
    public SwitchParameter MetadataServer { get; set; }

    /// <summary>The e-mail address of an attached service account other than the VM's default one.</summary>
    [Parameter(ParameterSetName = MetadataServerSet)]
    [ValidateNotNullOrEmpty]
    public string? ServiceAccount { get; set; }

    /// <summary>A credential file: a service account key, a user's Application Default Credentials, or workload identity federation.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CredentialPathSet)]
    [ValidateNotNullOrEmpty]
    [Alias("Path", "KeyFile")]
    public string? CredentialPath { get; set; }

    /// <summary>The content of a credential file, for a CI secret that never becomes a file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialJsonSet)]
    [Secret]
    [ValidateNotNull]
    public SecureString? CredentialJson { get; set; }

    /// <summary>An access token obtained elsewhere. It is used as it is and cannot be renewed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AccessTokenSet)]
    [Secret]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>Whoever is signed in to gcloud. gcloud is run whenever a token is needed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromGcloudSet)]
    public SwitchParameter FromGcloud { get; set; }

    /// <summary>
    /// The user of a Google Workspace domain that a service account key stands in for; the domain's administrator must have allowed
    /// it (domain-wide delegation).
    /// </summary>
    [Parameter(ParameterSetName = ApplicationDefaultSet)]
    [Parameter(ParameterSetName = CredentialPathSet)]
    [Parameter(ParameterSetName = CredentialJsonSet)]
    [ValidateNotNullOrEmpty]
    public string? Subject { get; set; }

    /// <summary>
    /// The service account to work as. Of several (or of 'a,b,c') the last is the one, and each gets the next one's token for it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("Impersonate")]
    public string[]? ImpersonateServiceAccount { get; set; }

    /// <summary>How long its tokens live: 10 minutes to 12 hours. Only for an impersonated account; more than one hour needs leave.</summary>
    [Parameter]
    public TimeSpan? Lifetime { get; set; }

    /// <summary>The name of the context. An existing context of that name is replaced.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = SessionRecord.DefaultName;

    /// <summary>The OAuth 2.0 scopes of its tokens.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    public string[]? Scope { get; set; }

    /// <summary>The project that cmdlets work in when none is named.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? Project { get; set; }

    /// <summary>The zone that completes a name which needs one. It never narrows a list.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string? Zone { get; set; }

    /// <summary>The region that completes a name which needs one. It never narrows a list.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ComputeRegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The project that calls are billed to and whose quota they use.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("BillingProject")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? QuotaProject { get; set; }

    /// <summary>
    /// Base addresses of services that are not at Google's own host: @{ storage = 'https://...'; compute = '...'; token = '...';
    /// sts = '...'; iamcredentials = '...' }. A host named here may receive the token.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Endpoint { get; set; }

    /// <summary>
    /// Run the program that a credential file of the kind external_account names. The variable
    /// GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES must be 1 too.
    /// </summary>
    [Parameter(ParameterSetName = ApplicationDefaultSet)]
    [Parameter(ParameterSetName = CredentialPathSet)]
    [Parameter(ParameterSetName = CredentialJsonSet)]
    public SwitchParameter AllowExecutable { get; set; }

    /// <summary>The universe of credential and APIs where it is not googleapis.com.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UniverseDomain { get; set; }

    /// <summary>
    /// Process: every runspace of this process uses it (the default, unless this runspace has contexts of its own already).
    /// Runspace: this runspace alone, with tokens of its own.
    /// </summary>
    [Parameter]
    public GcpSessionScope SessionScope { get; set; }

    /// <summary>How long to wait for the metadata server, in seconds, for the whole session.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; }

    /// <summary>Do not prove the credential by getting a token; the first cmdlet that needs one does.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    private protected override bool FailuresTerminate => true;

    private protected override object? FailureTarget => ParameterSetName switch
    {
        CredentialPathSet => CredentialPath,
        MetadataServerSet => ServiceAccount ?? Name,
        _ => Name,
    };

    private protected override async Task EndAsync()
    {
        SessionRecord record = MakeRecord();
        if (!SkipValidation)
        {
            await Engine.GetAccessTokenAsync(record, new TokenRequest { ForceRefresh = true }, Call);
        }

        ContextDescription description = await Engine.DescribeAsync(record, offline: SkipValidation, Call);
        SessionStore.Put(record);
        WriteObject(Contexts.Describe(record, description, isDefault: ReferenceEquals(record, SessionStore.Current)));
    }

    private SessionRecord MakeRecord()
    {
        bool asRunspace = MyInvocation.BoundParameters.ContainsKey(nameof(SessionScope))
            ? SessionScope == GcpSessionScope.Runspace
            : SessionStore.RunspaceHasOwn;
        return new SessionRecord
        {
            Name = Name,
            Kind = ParameterSetName switch
            {
                MetadataServerSet => CredentialKind.MetadataServer,
                CredentialPathSet => CredentialKind.File,
                CredentialJsonSet => CredentialKind.Json,
                AccessTokenSet => CredentialKind.AccessToken,
                FromGcloudSet => CredentialKind.Gcloud,
                _ => CredentialKind.ApplicationDefault,
            },
            ServiceAccount = ServiceAccount,
            CredentialPath = CredentialPath is null ? null : FileSystemPaths.Resolve(this, CredentialPath),
            CredentialJson = CredentialJson?.Copy(),
            AccessToken = AccessToken?.Copy(),
            ImpersonationChain = ImpersonateServiceAccount ?? Array.Empty<string>(),
            Lifetime = Lifetime,
            Subject = Subject,
            Scopes = Scope ?? Array.Empty<string>(),
            Project = Project,
            Zone = Zone,
            Region = Region,
            QuotaProject = QuotaProject,
            Endpoints = ReadEndpoints(),
            UniverseDomain = UniverseDomain,
            AllowExecutable = AllowExecutable,
            Timeout = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) : null,
            Partition = asRunspace ? SessionStore.NewPartition() : string.Empty,
        };
    }

    private Dictionary<string, string> ReadEndpoints()
    {
        Dictionary<string, string> endpoints = new(StringComparer.OrdinalIgnoreCase);
        if (Endpoint is null)
        {
            return endpoints;
        }

        foreach (DictionaryEntry entry in Endpoint)
        {
            endpoints[Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!] =
                Convert.ToString(entry.Value, CultureInfo.InvariantCulture)!;
        }

        return endpoints;
    }
}
