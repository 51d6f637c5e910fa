using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Gives a role on instances.</summary>
[Cmdlet(VerbsCommon.Add, "GceInstanceIamBinding", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Add-GceInstanceIamBinding.md")]
[OutputType(typeof(GcpIamPolicy))]
public sealed class AddGceInstanceIamBindingCommand : GceInstanceIamCmdlet
{
    private protected override Task ProcessAsync() => ChangeAsync(isRemoval: false, Strings.ActionAddBinding, force: false);
}
