using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Compute.Operations;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>
/// Instances, the templates that they are made from, and their groups. Source:
/// https://cloud.google.com/compute/docs/reference/rest/v1/instanceGroupManagers and its neighbours.
/// </summary>
internal static class InstanceKinds
{
    private static readonly ResourceMap<GceInstanceTemplate> s_properties = new ResourceMap<GceInstanceTemplate>()
        .Name("machineType", static (t, v) => t.MachineType = v)
        .List(
            "networkInterfaces(name,network,subnetwork,networkIP,stackType,accessConfigs(name,natIP))",
            InstancePartReader.ReadNetworkInterface,
            static (t, v) => t.NetworkInterfaces = v)
        .List("serviceAccounts(email,scopes)", ServiceAccountReader.Read, static (t, v) => t.ServiceAccounts = v)
        .Add(
            "disks(deviceName,boot,autoDelete,mode,type,interface,diskSizeGb,source,initializeParams(sourceImage,diskSizeGb))",
            static (ref json, t) => TemplateDisks.Read(ref json, t))
        .Add(
            "scheduling(provisioningModel,preemptible,automaticRestart,onHostMaintenance,instanceTerminationAction)",
            static (ref json, t) => t.Scheduling = InstancePartReader.ReadScheduling(ref json))
        .Inside("tags", new ResourceMap<GceInstanceTemplate>().Texts("items", static (t, v) => t.Tags = v))
        .Map("labels", static (t, v) => t.Labels = v)
        .Add("metadata" + KeyValueReader.Fields, static (ref json, t) => t.Metadata = KeyValueReader.Read(ref json).Values);

    private static readonly ResourceMap<GceInstanceTemplate> s_template =
        new ResourceMap<GceInstanceTemplate>(static t => t.Project = ResourceParts.ProjectOf(t.Name, t.SelfLink))
        .Id("id", static (t, v) => t.Id = v)
        .Text("name", static (t, v) => t.Name = v ?? string.Empty)
        .Text("description", static (t, v) => t.Description = v)
        .Name("region", static (t, v) => t.Region = v)
        .Inside("properties", s_properties)
        .Text("sourceInstance", static (t, v) => t.SourceInstance = v)
        .Time("creationTimestamp", static (t, v) => t.CreationTime = v)
        .Text("selfLink", static (t, v) => t.SelfLink = v);

    private static readonly ResourceMap<GceInstanceGroup> s_group =
        new ResourceMap<GceInstanceGroup>(static g => g.Project = ResourceParts.ProjectOf(g.Name, g.SelfLink))
        .Id("id", static (g, v) => g.Id = v)
        .Text("name", static (g, v) => g.Name = v ?? string.Empty)
        .Text("description", static (g, v) => g.Description = v)
        .Name("zone", static (g, v) => g.Zone = v)
        .Name("region", static (g, v) => g.Region = v)
        .Inside("distributionPolicy", new ResourceMap<GceInstanceGroup>()
            .List("zones/zone", static (ref json) => Names.LastSegment(ResourceParts.ReadMember(ref json, "zone")) ?? string.Empty, static (g, v) => g.Zones = v))
        .Number("targetSize", static (g, v) => g.TargetSize = (int)(v ?? 0))
        .Inside("status", new ResourceMap<GceInstanceGroup>().Flag("isStable", static (g, v) => g.IsStable = v))
        .Add("currentActions", static (ref json, g) => ReadActions(ref json, g))
        .Text("instanceTemplate", static (g, v) => g.InstanceTemplate = v)
        .Text("baseInstanceName", static (g, v) => g.BaseInstanceName = v)
        .Add("namedPorts(name,port)", static (ref json, g) => g.NamedPorts = KeyValueReader.ReadPairs(ref json, "name", "port"))
        .Text("instanceGroup", static (g, v) => g.InstanceGroup = v)
        .Text("fingerprint", static (g, v) => g.Fingerprint = v)
        .Time("creationTimestamp", static (g, v) => g.CreationTime = v)
        .Text("selfLink", static (g, v) => g.SelfLink = v);

    /// <summary>The members of a group. One that could not be made yet has a name and an address all the same.</summary>
    public static readonly ResourceMap<GceInstanceGroupMember> Members = new ResourceMap<GceInstanceGroupMember>(static m => Complete(m))
        .Add("id", static (ref json, m) => m.Id = json.UInt64())
        .Text("instance", static (m, v) => m.InstanceLink = v)
        .Word("instanceStatus", static (m, v) => m.Status = v)
        .Word("currentAction", static (m, v) => m.CurrentAction = v ?? string.Empty)
        .Add("instanceHealth/detailedHealthState", static (ref json, m) => m.HealthState = ReadHealth(ref json))
        .Inside("version", new ResourceMap<GceInstanceGroupMember>().Word("instanceTemplate", static (m, v) => m.InstanceTemplate = v))
        .Inside("lastAttempt", new ResourceMap<GceInstanceGroupMember>().Inside("errors", new ResourceMap<GceInstanceGroupMember>()
            .Add("errors(code,message)", static (ref json, m) => m.Errors = OperationReader.ReadMessages(ref json))));

    public static readonly ResourceKind<GceInstance> Instances = new("instance", "instances", InstanceReader.Fields, InstanceReader.Read)
    {
        InZone = new(ComputeApi.InstancesList, ComputeApi.InstancesGet),
        Everywhere = ComputeApi.InstancesAggregatedList,
        NotFound = static (name, place) => Errors.InstanceNotFound(name, place),
        CheckName = Names.Instance,
    };

    public static readonly ResourceKind<GceInstanceTemplate> InstanceTemplates =
        new("instance template", "instanceTemplates", s_template.Fields, s_template.Read)
        {
            InRegion = new(ComputeResourcesApi.RegionTemplatesList, ComputeResourcesApi.RegionTemplatesGet),
            Global = new(ComputeResourcesApi.TemplatesList, ComputeResourcesApi.TemplatesGet),
            Everywhere = ComputeResourcesApi.TemplatesAggregatedList,
        };

    public static readonly ResourceKind<GceInstanceGroup> InstanceGroups =
        new("managed instance group", "instanceGroupManagers", s_group.Fields, s_group.Read)
        {
            InZone = new(ComputeResourcesApi.GroupsList, ComputeResourcesApi.GroupsGet),
            InRegion = new(ComputeResourcesApi.RegionGroupsList, ComputeResourcesApi.RegionGroupsGet),
            Everywhere = ComputeResourcesApi.GroupsAggregatedList,
        };

    private static void Complete(GceInstanceGroupMember member)
    {
        member.Name = Names.LastSegment(member.InstanceLink) ?? throw JsonText.NotAsExpected("a member without an address");
        member.Project = Names.ProjectOf(member.InstanceLink) ?? string.Empty;
        member.Zone = Names.ZoneOf(member.InstanceLink) ?? string.Empty;
    }

    // {"none":3,"creating":1,...}: "none" is nothing to be done.
    private static void ReadActions(ref JsonCursor json, GceInstanceGroup group)
    {
        if (!json.BeginObject())
        {
            return;
        }

        while (json.NextProperty(out string action))
        {
            int count = (int)(json.Int64() ?? 0);
            switch (action)
            {
                case "none":
                    group.Ready = count;
                    break;
                case "creating" or "creatingWithoutRetries":
                    group.Creating += count;
                    break;
                case "recreating":
                    group.Recreating = count;
                    break;
                case "deleting":
                    group.Deleting = count;
                    break;
                default:
                    group.Other += count;
                    break;
            }
        }
    }

    // One entry a health check; the worst word is the last that is not HEALTHY.
    private static string? ReadHealth(ref JsonCursor json)
    {
        string? state = null;
        foreach (string one in ResourceParts.ReadMembers(ref json, "detailedHealthState"))
        {
            state = state is null or "HEALTHY" ? one : state;
        }

        return state;
    }
}
