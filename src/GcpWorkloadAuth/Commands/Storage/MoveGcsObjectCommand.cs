using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Moves and renames objects on the server.</summary>
[Cmdlet(VerbsCommon.Move, "GcsObject", DefaultParameterSetName = ByName, SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Move-GcsObject.md")]
[OutputType(typeof(GcsObject))]
public sealed class MoveGcsObjectCommand : GcsObjectCopyCmdlet
{
    private protected override string Action => Strings.ActionMoveObject;

    private protected override Task<GcsObject> CarryOutAsync(ObjectCopy copy) =>
        copy.Source.Bucket == copy.Destination.Bucket && copy.Source.Name == copy.Destination.Name
            ? throw Errors.DestinationIsSource(copy.Source.Uri)
            : Engine.MoveObjectAsync(Session, copy, Call);
}
