using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Makes a configuration that New-GceInstance takes; nothing is created.</summary>
[Cmdlet(VerbsCommon.New, "GceInstanceConfig", HelpUri = HelpLinks.Base + "New-GceInstanceConfig.md")]
[OutputType(typeof(GceInstanceConfig))]
public sealed class NewGceInstanceConfigCommand : GceInstanceShapeCmdlet
{
    private protected override Task ProcessAsync()
    {
        WriteObject(new GceInstanceConfig(MakeFields()));
        return Task.CompletedTask;
    }
}
