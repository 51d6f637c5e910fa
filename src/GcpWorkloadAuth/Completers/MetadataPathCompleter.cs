using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GcpWorkloadAuth.Completers;

/// <summary>Completes the documented metadata paths. Does not ask the server.</summary>
internal sealed class MetadataPathCompleter : IArgumentCompleter
{
    // Source: https://cloud.google.com/compute/docs/metadata/predefined-metadata-keys
    private static readonly KeyValuePair<string, string>[] s_paths =
    {
        new("instance/attributes/", "Custom metadata of this VM"),
        new("instance/attributes/startup-script", "The Linux startup script"),
        new("instance/attributes/windows-startup-script-ps1", "The Windows startup script"),
        new("instance/cpu-platform", "CPU platform"),
        new("instance/description", "Description"),
        new("instance/disks/", "Disks"),
        new("instance/guest-attributes/", "Guest attributes"),
        new("instance/hostname", "Host name"),
        new("instance/id", "Id"),
        new("instance/image", "Image it was made of"),
        new("instance/machine-type", "Machine type"),
        new("instance/maintenance-event", "MIGRATE_ON_HOST_MAINTENANCE, TERMINATE_ON_HOST_MAINTENANCE or NONE"),
        new("instance/name", "Name"),
        new("instance/network-interfaces/", "Network interfaces"),
        new("instance/preempted", "TRUE once Compute Engine takes the VM back"),
        new("instance/scheduling/", "Scheduling"),
        new("instance/service-accounts/", "Attached service accounts"),
        new("instance/tags", "Network tags"),
        new("instance/zone", "Zone"),
        new("project/attributes/", "Custom metadata of the project"),
        new("project/numeric-project-id", "Project number"),
        new("project/project-id", "Project id"),
        new("universe/universe-domain", "Universe domain"),
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(s_paths, wordToComplete);
}
