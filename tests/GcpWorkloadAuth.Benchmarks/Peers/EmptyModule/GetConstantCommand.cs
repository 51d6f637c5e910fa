using System.Management.Automation;

namespace EmptyModule;

[Cmdlet(VerbsCommon.Get, "Constant")]
[OutputType(typeof(string))]
public sealed class GetConstantCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject("constant");
}
