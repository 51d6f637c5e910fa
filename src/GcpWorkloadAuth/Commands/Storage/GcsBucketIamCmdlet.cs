using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>What giving and taking a role on a bucket have in common.</summary>
public abstract class GcsBucketIamCmdlet : GcpCmdlet
{
    /// <summary>The bucket by name, gs:// address or object; policies and their bindings bring it along.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "BucketName", "Resource")]
    [ResourceName(typeof(GcsBucket), Leaves = typeof(GcpIamBinding), LeavesToo = typeof(GcpIamPolicy))]
    [ValidateNotNullOrEmpty]
    public string Bucket { get; set; } = string.Empty;

    /// <summary>The role: roles/storage.objectViewer, projects/P/roles/R, organizations/O/roles/R.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StorageRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string Role { get; set; } = string.Empty;

    /// <summary>user:, group:, serviceAccount:, domain:, principal://, principalSet:// with whom they name; allUsers; allAuthenticatedUsers.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Members")]
    [ArgumentCompleter(typeof(IamMemberCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Member { get; set; } = [];

    /// <summary>The condition's expression in the Common Expression Language.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConditionExpression { get; set; }

    /// <summary>The condition's title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConditionTitle { get; set; }

    /// <summary>What the condition is for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConditionDescription { get; set; }

    /// <summary>The condition as a binding has it, or a hashtable with Title, Expression and Description.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IamCondition]
    public GcpIamCondition? Condition { get; set; }

    private protected override object? FailureTarget => Bucket;

    private protected async Task ChangeAsync(bool isRemoval, string action, bool force)
    {
        string bucket = GcsUri.BucketOf(Bucket);
        GcpIamCondition? condition = IamArguments.Condition(Condition, ConditionTitle, ConditionExpression, ConditionDescription);
        if (ShouldProcess("gs://" + bucket, IamArguments.Describe(action, Role, Member, condition), force))
        {
            BindingChange change = new(Role, Member, condition, isRemoval);
            WriteObject(await Engine.ChangeBucketPolicyAsync(Session, bucket, change, Call));
        }
    }
}
