using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Gets who may do what with instances.</summary>
[Cmdlet(VerbsCommon.Get, "GceInstanceIamPolicy", HelpUri = HelpLinks.Base + "Get-GceInstanceIamPolicy.md")]
[OutputType(typeof(GcpIamPolicy))]
public sealed class GetGceInstanceIamPolicyCommand : GceInstancePolicyCmdlet
{
    private protected override async Task ProcessAsync()
    {
        foreach (GceInstance target in await ResolveAsync())
        {
            await StartAsync(target, async () => WriteObject(await Engine.GetInstancePolicyAsync(Session, AddressOf(target), Call)));
        }
    }
}
