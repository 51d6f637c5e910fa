using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>What giving and taking a role on an instance have in common.</summary>
public abstract class GceInstanceIamCmdlet : GceInstancePolicyCmdlet
{
    /// <summary>The role: roles/compute.instanceAdmin.v1, projects/P/roles/R, organizations/O/roles/R.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(InstanceRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string Role { get; set; } = string.Empty;

    /// <summary>user:, group:, serviceAccount:, domain:, principal://, principalSet:// with whom they name; allAuthenticatedUsers.</summary>
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

    private protected async Task ChangeAsync(bool isRemoval, string action, bool force)
    {
        GcpIamCondition? condition = IamArguments.Condition(Condition, ConditionTitle, ConditionExpression, ConditionDescription);
        BindingChange change = new(Role, Member, condition, isRemoval);
        foreach (GceInstance target in await ResolveAsync())
        {
            if (ShouldProcess(Describe(target), IamArguments.Describe(action, Role, Member, condition), force))
            {
                await StartAsync(target, async () => WriteObject(await Engine.ChangeInstancePolicyAsync(Session, AddressOf(target), change, Call)));
            }
        }
    }
}
