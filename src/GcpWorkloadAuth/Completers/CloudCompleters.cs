using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Completers;

/// <summary>The projects that the account may see.</summary>
internal class ProjectCompleter : CloudCompleter
{
    private protected override string KeyOf(Surroundings around) => string.Empty;

    private protected override Task<IReadOnlyList<KeyValuePair<string, string>>> AskAsync(Surroundings around, EngineCall call) =>
        CollectAsync(EngineHost.Engine.SearchProjects(around.Session!, null), call, static p => p.ProjectId, static p => p.DisplayName);
}

/// <summary>Zones.</summary>
internal sealed class ZoneCompleter : CloudCompleter
{
    private protected override string KeyOf(Surroundings around) => around.Project ?? string.Empty;

    private protected override async Task<IReadOnlyList<KeyValuePair<string, string>>> AskAsync(Surroundings around, EngineCall call) =>
        await ListAsync<GceZone>(around, await ProjectOf(around, call).ConfigureAwait(false), null, call, static z => z.Region + ", " + z.Status)
            .ConfigureAwait(false);
}

/// <summary>Regions of Compute Engine, as the server has them.</summary>
internal sealed class ComputeRegionCompleter : CloudCompleter
{
    private protected override string KeyOf(Surroundings around) => around.Project ?? string.Empty;

    private protected override async Task<IReadOnlyList<KeyValuePair<string, string>>> AskAsync(Surroundings around, EngineCall call) =>
        await ListAsync<GceRegion>(
            around, await ProjectOf(around, call).ConfigureAwait(false), null, call, static r => string.Join(", ", r.Zones)).ConfigureAwait(false);
}

/// <summary>Instances, of the zone on the command line where there is one.</summary>
internal sealed class InstanceCompleter : CloudCompleter
{
    private protected override async Task<IReadOnlyList<KeyValuePair<string, string>>> AskAsync(Surroundings around, EngineCall call) =>
        await ListAsync<GceInstance>(
            around, await ProjectOf(around, call).ConfigureAwait(false), around.Place, call, static i => i.Zone + ", " + i.MachineType + ", " + i.Status)
            .ConfigureAwait(false);
}

/// <summary>Machine types, of the zone on the command line where there is one.</summary>
internal sealed class MachineTypeCompleter : CloudCompleter
{
    private protected override async Task<IReadOnlyList<KeyValuePair<string, string>>> AskAsync(Surroundings around, EngineCall call) =>
        await ListAsync<GceMachineType>(
            around,
            await ProjectOf(around, call).ConfigureAwait(false),
            around.Place,
            call,
            static m => m.Description ?? string.Format(CultureInfo.InvariantCulture, "{0} CPUs, {1} GiB", m.GuestCpus, m.MemoryGB)).ConfigureAwait(false);
}

/// <summary>Networks.</summary>
internal sealed class NetworkCompleter : CloudCompleter
{
    private protected override string KeyOf(Surroundings around) => around.Project ?? string.Empty;

    private protected override async Task<IReadOnlyList<KeyValuePair<string, string>>> AskAsync(Surroundings around, EngineCall call) =>
        await ListAsync<GceNetwork>(
            around, await ProjectOf(around, call).ConfigureAwait(false), null, call, static n => n.Description ?? n.Mode).ConfigureAwait(false);
}

/// <summary>Projects, those with public images first.</summary>
internal sealed class ImageProjectCompleter : ProjectCompleter
{
    private protected override async Task<IReadOnlyList<KeyValuePair<string, string>>> AskAsync(Surroundings around, EngineCall call)
    {
        List<KeyValuePair<string, string>> all = new(PublicImageProjects.All);
        try
        {
            all.AddRange(await base.AskAsync(around, call).ConfigureAwait(false));
        }
        catch (GcpException)
        {
            // The account may be allowed to list no projects at all: the public ones are known.
        }

        return all;
    }
}

/// <summary>
/// Image families: those of the project on the command line; "PROJECT/" before the family asks in that one. Without either, the session's
/// own and the public projects.
/// </summary>
internal sealed class ImageFamilyCompleter : CloudCompleter
{
    private protected override string KeyOf(Surroundings around) => around.Project + "|" + OwnerIn(around.Word);

    private protected override async Task<IReadOnlyList<KeyValuePair<string, string>>> AskAsync(Surroundings around, EngineCall call)
    {
        string? owner = OwnerIn(around.Word);
        string prefix = owner is null ? string.Empty : owner + "/";
        string project = owner ?? await ProjectOf(around, call).ConfigureAwait(false);
        List<KeyValuePair<string, string>> all = new(await ListAsync<GceImage>(
            around,
            project,
            null,
            call,
            static i => i.Description,
            i => i.Family is null || i.DeprecationState is not null ? null : prefix + i.Family).ConfigureAwait(false));
        if (owner is null)
        {
            foreach (KeyValuePair<string, string> known in PublicImageProjects.All)
            {
                all.Add(new KeyValuePair<string, string>(known.Key + "/", known.Value));
            }
        }

        return all;
    }

    private static string? OwnerIn(string word)
    {
        string bare = word.Trim('\'', '"');
        int slash = bare.IndexOf('/');
        return slash > 0 ? bare.Substring(0, slash) : null;
    }
}

/// <summary>Projects whose images everybody may use. Source: https://cloud.google.com/compute/docs/images/os-details.</summary>
internal static class PublicImageProjects
{
    public static readonly KeyValuePair<string, string>[] All =
    [
        new("centos-cloud", "CentOS Stream"),
        new("cos-cloud", "Container-Optimized OS"),
        new("debian-cloud", "Debian"),
        new("fedora-coreos-cloud", "Fedora CoreOS"),
        new("opensuse-cloud", "openSUSE"),
        new("oracle-linux-cloud", "Oracle Linux"),
        new("rhel-cloud", "Red Hat Enterprise Linux"),
        new("rhel-sap-cloud", "Red Hat Enterprise Linux for SAP"),
        new("rocky-linux-cloud", "Rocky Linux"),
        new("suse-cloud", "SUSE Linux Enterprise Server"),
        new("suse-sap-cloud", "SUSE Linux Enterprise Server for SAP"),
        new("ubuntu-os-cloud", "Ubuntu"),
        new("ubuntu-os-pro-cloud", "Ubuntu Pro"),
        new("windows-cloud", "Windows Server"),
        new("windows-sql-cloud", "SQL Server on Windows Server"),
    ];
}
