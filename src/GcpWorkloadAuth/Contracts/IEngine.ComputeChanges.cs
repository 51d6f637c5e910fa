using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Changes around instances: who may use them, disks, snapshots, groups, the project's metadata.</content>
internal partial interface IEngine
{
    /// <summary>Who may do what with an instance.</summary>
    Task<GcpIamPolicy> GetInstancePolicyAsync(SessionRecord session, InstanceAddress at, EngineCall call);

    /// <summary>Gives or takes a role on an instance, and says who may do what then.</summary>
    Task<GcpIamPolicy> ChangeInstancePolicyAsync(SessionRecord session, InstanceAddress at, BindingChange change, EngineCall call);
}
