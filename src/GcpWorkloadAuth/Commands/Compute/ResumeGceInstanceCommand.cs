using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Resumes instances that are suspended.</summary>
[Cmdlet(VerbsLifecycle.Resume, "GceInstance", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Resume-GceInstance.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class ResumeGceInstanceCommand : GceInstanceChangeCmdlet
{
    private protected override string Action => Strings.ProgressResumeInstance;

    private protected override async Task<GceOperation?> StartAsync(GceInstance target) =>
        await SendAsync(new InstanceChange(InstanceMethod.Resume, AddressOf(target)));

    private protected override bool IsReached(GceInstance? now) => now?.Status is "RUNNING";
}
