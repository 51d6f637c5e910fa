using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Stops instances: the guest is asked to shut down.</summary>
[Cmdlet(VerbsLifecycle.Stop, "GceInstance", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Stop-GceInstance.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class StopGceInstanceCommand : GceInstanceChangeCmdlet
{
    /// <summary>
    /// Give up what is on local SSDs. Without it, an instance that has some is refused; -DiscardLocalSsd:$false asks to keep it.
    /// </summary>
    [Parameter]
    public SwitchParameter DiscardLocalSsd { get; set; }

    private protected override string Action => Strings.ProgressStopInstance;

    private protected override async Task<GceOperation?> StartAsync(GceInstance target) =>
        await SendAsync(new InstanceChange(InstanceMethod.Stop, AddressOf(target))
        {
            DiscardLocalSsd = MyInvocation.BoundParameters.ContainsKey(nameof(DiscardLocalSsd)) ? DiscardLocalSsd.IsPresent : null,
        });

    private protected override bool IsReached(GceInstance? now) => now?.Status is "TERMINATED" or "STOPPED";
}
