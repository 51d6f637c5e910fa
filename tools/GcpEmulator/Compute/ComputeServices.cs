namespace GcpEmulator.Compute;

/// <summary>The parts of Compute Engine that need one another, put together once.</summary>
internal sealed class ComputeServices
{
    public ComputeServices(CloudState state)
    {
        Changes = new Changes(state);
        Images = new Images(state);
        Disks = new InstanceDisks(state);
        Instances = new InstanceApi(state, Changes, Images, Disks);
        Resources = new ResourcesApi(state, Changes, Images, Disks);
        ManagedGroups = new ManagedGroups(state, Instances.Creation);
        Groups = new GroupsApi(state, Changes, Resources, ManagedGroups);
    }

    public Changes Changes { get; }

    public Images Images { get; }

    public InstanceDisks Disks { get; }

    public InstanceApi Instances { get; }

    public ResourcesApi Resources { get; }

    public ManagedGroups ManagedGroups { get; }

    public GroupsApi Groups { get; }
}
