using System.Collections.Generic;
using System.Management.Automation;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Changes the machine type of instances that are stopped.</summary>
[Cmdlet(VerbsCommon.Set, "GceInstanceMachineType", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Set-GceInstanceMachineType.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class SetGceInstanceMachineTypeCommand : GceInstanceSettingCmdlet
{
    /// <summary>The machine type, as e2-standard-4 or e2-custom-2-4096.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachineTypeCompleter))]
    public string MachineType { get; set; } = string.Empty;

    private protected override string Action => Strings.ProgressSetMachineType;

    private protected override InstanceChange? MakeChange(GceInstance now) => now.MachineType == MachineType
        ? null
        : new InstanceChange(InstanceMethod.SetMachineType, AddressOf(now))
        {
            Body = new Dictionary<string, object?> { ["machineType"] = "zones/" + now.Zone + "/machineTypes/" + MachineType },
        };
}
