using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the buckets of a project, or gets buckets by name.</summary>
[Cmdlet(VerbsCommon.Get, "GcsBucket", HelpUri = HelpLinks.Base + "Get-GcsBucket.md")]
[OutputType(typeof(GcsBucket))]
public sealed class GetGcsBucketCommand : GcpCmdlet
{
    private static readonly char[] s_wildcards = { '*', '?', '[', '`' };

    /// <summary>Names, gs:// addresses or buckets. With a wildcard the project's buckets are listed and matched.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Bucket", "BucketName")]
    [ResourceName(typeof(GcsBucket), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only buckets whose name begins with this; matched by the server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>The projects whose buckets are listed; without it, the session's project.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[]? Project { get; set; }

    private protected override async Task ProcessAsync()
    {
        if (Name is null)
        {
            await ListProjectsAsync(Prefix, static _ => true);
            return;
        }

        foreach (string name in Name)
        {
            string bare = GcsUri.BucketOf(name);
            if (WildcardPattern.ContainsWildcardCharacters(bare))
            {
                WildcardPattern pattern = WildcardPattern.Get(bare, WildcardOptions.IgnoreCase);
                await ListProjectsAsync(LongerPrefix(bare), bucket => pattern.IsMatch(bucket.Name));
            }
            else
            {
                await ForItemAsync(name, async () => WriteObject(await Engine.GetBucketAsync(Session, bare, Call)));
            }
        }
    }

    private async Task ListProjectsAsync(string? prefix, Func<GcsBucket, bool> isWanted)
    {
        foreach (string project in Project ?? new[] { await Engine.GetProjectAsync(Session, Call) })
        {
            await ForItemAsync(project, () => ListAsync(project, prefix, isWanted));
        }
    }

    private async Task ListAsync(string project, string? prefix, Func<GcsBucket, bool> isWanted)
    {
        HashSet<string>? warned = null;
        IPager<GcsBucket> pager = Engine.ListBuckets(Session, new BucketQuery { Project = project, Prefix = prefix });
        while (await pager.NextAsync(Call) is { } page)
        {
            foreach (string unreachable in page.Unreachable)
            {
                if ((warned ??= new HashSet<string>(StringComparer.Ordinal)).Add(unreachable))
                {
                    Warn(nameof(Resources.Strings.WarnUnreachable), unreachable);
                }
            }

            foreach (GcsBucket bucket in page.Items)
            {
                if (isWanted(bucket) && (Prefix is null || bucket.Name.StartsWith(Prefix, StringComparison.Ordinal)))
                {
                    WriteObject(bucket);
                }
            }
        }
    }

    // What stands before the first wildcard narrows the list on the server, which tells capitals apart; bucket names have none.
    private string? LongerPrefix(string pattern)
    {
        string literal = pattern.Substring(0, pattern.IndexOfAny(s_wildcards)).ToLowerInvariant();
        string longer = Prefix is not null && Prefix.Length > literal.Length ? Prefix : literal;
        return longer.Length == 0 ? null : longer;
    }
}
