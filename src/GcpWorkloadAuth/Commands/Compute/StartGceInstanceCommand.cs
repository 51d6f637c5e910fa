using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Starts instances that are stopped.</summary>
[Cmdlet(VerbsLifecycle.Start, "GceInstance", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Start-GceInstance.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class StartGceInstanceCommand : GceInstanceChangeCmdlet
{
    private protected override string Action => Strings.ProgressStartInstance;

    private protected override async Task<GceOperation?> StartAsync(GceInstance target) =>
        await SendAsync(new InstanceChange(InstanceMethod.Start, AddressOf(target)));

    private protected override bool IsReached(GceInstance? now) => now?.Status is "RUNNING";
}
