using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>The methods that read resources of one kind in one sort of place.</summary>
internal sealed record ResourceMethods(ApiMethod List, ApiMethod Get);

/// <summary>A kind of resource: what it is called, where it can be, how it is asked for and how it is read.</summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="Noun">For people: "disk".</param>
/// <param name="Collection">Its name in aggregated lists: "disks".</param>
/// <param name="Fields">What is asked for.</param>
/// <param name="Read">Reads one.</param>
internal sealed record ResourceKind<T>(string Noun, string Collection, string Fields, JsonMapper<T> Read)
    where T : class
{
    /// <summary>Those of a zone; null where there are none.</summary>
    public ResourceMethods? InZone { get; init; }

    /// <summary>Those of a region; null where there are none.</summary>
    public ResourceMethods? InRegion { get; init; }

    /// <summary>Those of neither; null where there are none.</summary>
    public ResourceMethods? Global { get; init; }

    /// <summary>Those of all places; null where there is one sort of them only, the global one.</summary>
    public ApiMethod? Everywhere { get; init; }

    /// <summary>What a missing one is, where the kind has words of its own.</summary>
    public Func<string, string, GcpException>? NotFound { get; init; }

    /// <summary>Checks a name, where the kind has rules of its own.</summary>
    public Func<string, string>? CheckName { get; init; }
}

/// <summary>The kinds by their models.</summary>
internal static class ResourceKinds
{
    private static readonly Dictionary<Type, object> s_all = new()
    {
        [typeof(GceInstance)] = InstanceKinds.Instances,
        [typeof(GceZone)] = PlaceKinds.Zones,
        [typeof(GceRegion)] = PlaceKinds.Regions,
        [typeof(GceMachineType)] = PlaceKinds.MachineTypes,
        [typeof(GceImage)] = DiskKinds.Images,
        [typeof(GceDisk)] = DiskKinds.Disks,
        [typeof(GceSnapshot)] = DiskKinds.Snapshots,
        [typeof(GceNetwork)] = NetworkKinds.Networks,
        [typeof(GceFirewallRule)] = NetworkKinds.FirewallRules,
        [typeof(GceAddress)] = NetworkKinds.Addresses,
        [typeof(GceInstanceTemplate)] = InstanceKinds.InstanceTemplates,
        [typeof(GceInstanceGroup)] = InstanceKinds.InstanceGroups,
    };

    public static ResourceKind<T> Of<T>()
        where T : class => (ResourceKind<T>)s_all[typeof(T)];
}
