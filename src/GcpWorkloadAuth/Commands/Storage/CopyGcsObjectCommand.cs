using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Copies objects on the server: nothing passes through this machine.</summary>
[Cmdlet(VerbsCommon.Copy, "GcsObject", DefaultParameterSetName = ByName, SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Copy-GcsObject.md")]
[OutputType(typeof(GcsObject))]
public sealed class CopyGcsObjectCommand : GcsObjectCopyCmdlet
{
    private protected override string Action => Strings.ActionCopyObject;

    private protected override Task<GcsObject> CarryOutAsync(ObjectCopy copy) => Engine.CopyObjectAsync(Session, copy, Call);
}
