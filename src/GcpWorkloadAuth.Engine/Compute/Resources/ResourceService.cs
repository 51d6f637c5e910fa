using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>Reads Compute Engine's resources of every kind. One narrow class: a generated client could take its place.</summary>
internal sealed class ResourceService(ApiClient client)
{
    /// <summary>The most the server gives. Source: maxResults of the list methods.</summary>
    private const string PageSize = "500";

    private static readonly string s_memberFields = "nextPageToken,managedInstances(" + InstanceKinds.Members.Fields + ")";
    private static readonly ResourcePageReader<GceInstanceGroupMember> s_members = new(InstanceKinds.Members.Read, "managedInstances");

    private static readonly ResourceMap<GceProjectMetadata> s_project =
        new ResourceMap<GceProjectMetadata>(static p => p.Project = ResourceParts.ProjectOf(p.Project, p.SelfLink))
        .Id("id", static (p, v) => p.Id = v)
        .Text("name", static (p, v) => p.Project = v ?? string.Empty)
        .Add("commonInstanceMetadata" + KeyValueReader.Fields, static (ref json, p) => (p.Metadata, p.MetadataFingerprint) = KeyValueReader.Read(ref json))
        .Text("defaultServiceAccount", static (p, v) => p.DefaultServiceAccount = v)
        .Word("defaultNetworkTier", static (p, v) => p.DefaultNetworkTier = v)
        .Word("xpnProjectStatus", static (p, v) => p.XpnProjectStatus = v)
        .Time("creationTimestamp", static (p, v) => p.CreationTime = v)
        .Text("selfLink", static (p, v) => p.SelfLink = v);

    /// <summary>One resource by its exact name.</summary>
    public Task<T> GetAsync<T>(ResourceAddress at, EngineCall call)
        where T : class
    {
        ResourceKind<T> kind = ResourceKinds.Of<T>();
        string name = kind.CheckName is { } check ? check(at.Name) : Names.Resource(kind.Noun, at.Name);
        (ApiMethod method, string[] path) = Of(kind, at.Project, at.Place, static methods => methods.Get);
        return client.GetAsync(
            method,
            method.Format([.. path, name], ("prettyPrint", "false"), ("fields", kind.Fields)),
            kind.Read,
            refusal => ComputeRefusals.Missing(refusal, at.Project, at.Place) ?? NotFound(kind, at),
            call);
    }

    /// <summary>A page of the resources of one place, or of all.</summary>
    public async Task<ResourcePage<T>> ListAsync<T>(ResourceQuery query, string? pageToken, EngineCall call)
        where T : class
    {
        ResourceKind<T> kind = ResourceKinds.Of<T>();
        ResourcePageReader<T> reader = new(kind.Read, kind.Collection);
        bool isAggregated = query.Place is null && kind.Everywhere is not null;
        (ApiMethod method, string[] path) = isAggregated
            ? (kind.Everywhere!, [Names.Project(query.Project)])
            : Of(kind, query.Project, query.Place ?? ResourcePlace.Global, static methods => methods.List);
        ResourcePage<T> page = await client.GetAsync<ResourcePage<T>>(
            method,
            method.Format(
                path,
                ("filter", query.Filter),
                ("maxResults", PageSize),
                ("pageToken", pageToken),

                // Without partial success one unreachable place fails the whole list; with it, the place is named and the rest comes.
                ("returnPartialSuccess", query.RequireComplete ? "false" : "true"),
                ("prettyPrint", "false"),
                ("fields", isAggregated
                    ? "nextPageToken,unreachables,items/*(warning/code," + kind.Collection + "(" + kind.Fields + "))"
                    : "nextPageToken,warning/code,items(" + kind.Fields + ")")),
            isAggregated ? reader.ReadAggregated : reader.ReadFlat,
            refusal => query.Place is null ? Errors.ProjectNotFound(query.Project)
                : ComputeRefusals.Missing(refusal, query.Project, query.Place) ?? Errors.ResourceNotFound(refusal.Message),
            call).ConfigureAwait(false);
        if (page.IsUnreachable && page.Unreachable.Count == 0)
        {
            page.Unreachable.Add(query.Place?.ToString() ?? query.Project);
        }

        return page;
    }

    /// <summary>The newest image of a family that is not deprecated.</summary>
    public Task<GceImage> GetImageOfFamilyAsync(string project, string family, EngineCall call)
    {
        ApiMethod method = ComputeResourcesApi.ImagesGetFromFamily;
        return client.GetAsync(
            method,
            method.Format(
                [Names.Project(project), Names.Resource("image family", family)], ("prettyPrint", "false"), ("fields", DiskKinds.Images.Fields)),
            DiskKinds.Images.Read,
            refusal => ComputeRefusals.Missing(refusal, project, ResourcePlace.Global) ?? Errors.GceResourceNotFound("image family", family, project),
            call);
    }

    /// <summary>A page of the members of a managed group.</summary>
    public Task<ResourcePage<GceInstanceGroupMember>> ListMembersAsync(ResourceAddress group, string? pageToken, EngineCall call)
    {
        ResourceKind<GceInstanceGroup> kind = InstanceKinds.InstanceGroups;
        ApiMethod method = group.Place.Zone is not null ? ComputeResourcesApi.GroupsListMembers : ComputeResourcesApi.RegionGroupsListMembers;
        (_, string[] path) = Of(kind, group.Project, group.Place, static methods => methods.Get);
        string pathAndQuery = method.Format(
            [.. path, Names.Resource(kind.Noun, group.Name)],
            ("maxResults", PageSize),
            ("pageToken", pageToken),
            ("prettyPrint", "false"),
            ("fields", s_memberFields));
        return client.SendAsync<ResourcePage<GceInstanceGroupMember>>(
            method,
            pathAndQuery,
            null,
            s_members.ReadFlat,
            refusal => ComputeRefusals.Missing(refusal, group.Project, group.Place) ?? NotFound(kind, group),
            call);
    }

    /// <summary>What a project passes on to its instances.</summary>
    public Task<GceProjectMetadata> GetProjectMetadataAsync(string project, EngineCall call) => client.GetAsync(
        ComputeApi.ProjectsGet,
        ComputeApi.ProjectsGet.Format([Names.Project(project)], ("prettyPrint", "false"), ("fields", s_project.Fields)),
        s_project.Read,
        _ => Errors.ProjectNotFound(project),
        call);

    private static GcpException NotFound<T>(ResourceKind<T> kind, ResourceAddress at)
        where T : class
    {
        string place = at.Place == ResourcePlace.Global ? at.Project : at.Project + "/" + at.Place;
        return kind.NotFound?.Invoke(at.Name, place) ?? Errors.GceResourceNotFound(kind.Noun, at.Name, place);
    }

    private static (ApiMethod Method, string[] Path) Of<T>(ResourceKind<T> kind, string project, ResourcePlace place, Func<ResourceMethods, ApiMethod> select)
        where T : class
    {
        string checkedProject = Names.Project(project);
        if (place.Zone is { } zone)
        {
            return (select(kind.InZone ?? throw Errors.GcePlaceInvalid(kind.Noun, zone)), [checkedProject, Names.Zone(zone)]);
        }

        return place.Region is { } region
            ? (select(kind.InRegion ?? throw Errors.GcePlaceInvalid(kind.Noun, region)), [checkedProject, Names.Region(region)])
            : (select(kind.Global ?? throw Errors.GcePlaceInvalid(kind.Noun, "global")), [checkedProject]);
    }
}
