using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Exchanges the session's token for one that opens nothing but the buckets, or parts of buckets, that are named.</summary>
[Cmdlet(VerbsCommon.New, "GcpDownscopedToken", DefaultParameterSetName = RuleSet, HelpUri = HelpLinks.Base + "New-GcpDownscopedToken.md")]
[OutputType(typeof(GceAccessToken), typeof(string), typeof(Hashtable))]
public sealed class NewGcpDownscopedTokenCommand : GcpCmdlet
{
    private const string BucketSet = "Bucket";
    private const string RuleSet = "Rule";

    private readonly List<AccessBoundaryRule> _rules = new();

    /// <summary>The buckets that the token opens: names or buckets. They must have uniform bucket-level access.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = BucketSet)]
    [Alias("Name")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string[] Bucket { get; set; } = Array.Empty<string>();

    /// <summary>
    /// The roles whose permissions are left: roles/storage.objectViewer, or objectViewer for short. They add nothing that the session
    /// may not do anyway.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = BucketSet)]
    [ValidateNotNullOrEmpty]
    public string[] Role { get; set; } = Array.Empty<string>();

    /// <summary>Only objects whose names begin with this, and lists that ask for this prefix or a longer one.</summary>
    [Parameter(ParameterSetName = BucketSet)]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>
    /// Several rules: hashtables @{ Bucket = '...'; Role = '...'; Prefix = '...' }, or objects with these properties. The prefix may be
    /// left out, but not empty.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RuleSet)]
    [ValidateNotNullOrEmpty]
    public object[] Rule { get; set; } = Array.Empty<object>();

    /// <summary>Exchange a new token of the session, not the cached one, so that this one lives its whole time.</summary>
    [Parameter]
    public SwitchParameter ForceRefresh { get; set; }

    /// <summary>Emit the bare token. It is then kept by transcripts and logs like any other text.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Emit the headers of an authorized request, for Invoke-RestMethod -Headers.</summary>
    [Parameter]
    public SwitchParameter AsHeader { get; set; }

    private protected override bool FailuresTerminate => true;

    private protected override Task BeginAsync() => AsPlainText && AsHeader ? throw Errors.OutputFormAmbiguous() : Task.CompletedTask;

    private protected override Task ProcessAsync()
    {
        if (ParameterSetName == RuleSet)
        {
            foreach (object rule in Rule)
            {
                _rules.Add(AccessBoundaryRules.Read(rule));
            }

            return Task.CompletedTask;
        }

        foreach (string bucket in Bucket)
        {
            _rules.Add(new AccessBoundaryRule { Bucket = bucket, Roles = Role, Prefix = Prefix });
        }

        return Task.CompletedTask;
    }

    private protected override async Task EndAsync()
    {
        GceAccessToken token = await Engine.DownscopeAsync(Session, _rules, ForceRefresh, Call);
        WriteObject(AsPlainText ? token.Reveal() : AsHeader ? new Hashtable { ["Authorization"] = token.TokenType + " " + token.Reveal() } : token);
    }
}
