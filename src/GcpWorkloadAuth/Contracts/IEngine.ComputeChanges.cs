using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Changes around instances: who may use them, disks, snapshots, groups, the project's metadata.</content>
internal partial interface IEngine
{
    /// <summary>Who may do what with an instance.</summary>
    Task<GcpIamPolicy> GetInstancePolicyAsync(SessionRecord session, InstanceAddress at, EngineCall call);

    /// <summary>Gives or takes a role on an instance, and says who may do what then.</summary>
    Task<GcpIamPolicy> ChangeInstancePolicyAsync(SessionRecord session, InstanceAddress at, BindingChange change, EngineCall call);

    /// <summary>Asks for a change of a disk, a snapshot, a group, or a project's metadata. The operation goes on when this returns.</summary>
    Task<GceOperation> ChangeResourceAsync(SessionRecord session, ResourceChange change, EngineCall call);
}
