using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Resets instances: hard, as by the reset button, without asking the guest.</summary>
[Cmdlet(VerbsLifecycle.Restart, "GceInstance", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Restart-GceInstance.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class RestartGceInstanceCommand : GceInstanceChangeCmdlet
{
    private protected override string Action => Strings.ProgressResetInstance;

    private protected override async Task<GceOperation?> StartAsync(GceInstance target) =>
        await SendAsync(new InstanceChange(InstanceMethod.Reset, AddressOf(target)));

    private protected override bool IsReached(GceInstance? now) => now?.Status is "RUNNING";
}
