using System.Collections.Immutable;
using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>projects.setCommonInstanceMetadata. The first project's metadata is what the metadata server shows as the project's attributes.</summary>
internal sealed class ProjectMetadata(CloudState state, Changes changes)
{
    public static string Fingerprint(EmulatedProject project, IReadOnlyDictionary<string, string> items) =>
        StableNumbers.Fingerprint(project.Id + string.Join(',', items));

    public Reply Set(ComputeCall call)
    {
        ImmutableSortedDictionary<string, string> before = state.Compute.ProjectMetadataOf(call.Project.Id);
        if (call.Body.Text("fingerprint") != Fingerprint(call.Project, before))
        {
            throw ComputeErrors.Conflict("Supplied fingerprint does not match current metadata fingerprint.");
        }

        ImmutableSortedDictionary<string, string> items = InstanceSetters.ReadMetadata(call.Body, "items");
        string target = ComputeUrls.Root + "projects/" + call.Project.Id;
        // ASSUMED: the operation's type
        EmulatedOperation operation = changes.Start(call, "global", "compute.projects.setCommonInstanceMetadata", target, StableNumbers.Id(call.Project.Id),
            new OperationWork(
                Begin: () => state.Compute.SetProjectMetadata(call.Project.Id, items),
                Undo: () => state.Compute.SetProjectMetadata(call.Project.Id, before)));
        return changes.Show(call, operation);
    }
}
