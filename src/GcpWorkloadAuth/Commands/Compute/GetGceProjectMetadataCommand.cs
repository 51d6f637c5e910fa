using System;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Gets the custom metadata that projects pass on to all their instances.</summary>
[Cmdlet(VerbsCommon.Get, "GceProjectMetadata", HelpUri = HelpLinks.Base + "Get-GceProjectMetadata.md")]
[OutputType(typeof(GceProjectMetadata))]
public sealed class GetGceProjectMetadataCommand : GceProjectsCmdlet
{
    private protected override Func<string, Task> Prepare() => project => IsFleet ? ReadAsync(project) : ForItemAsync(project, () => ReadAsync(project));

    private async Task ReadAsync(string project) => WriteObject(await Engine.GetProjectMetadataAsync(Session, project, Call));
}
