using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Gives a role on a bucket.</summary>
[Cmdlet(VerbsCommon.Add, "GcsBucketIamBinding", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Add-GcsBucketIamBinding.md")]
[OutputType(typeof(GcpIamPolicy))]
public sealed class AddGcsBucketIamBindingCommand : GcsBucketIamCmdlet
{
    private protected override Task ProcessAsync() => ChangeAsync(isRemoval: false, Strings.ActionAddBinding, force: false);
}
