using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Compute;
using GcpWorkloadAuth.Engine.Compute.Resources;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine;

/// <content>Changes around instances: who may use them, disks, snapshots, groups, the project's metadata.</content>
public sealed partial class GoogleEngine
{
    Task<GcpIamPolicy> IEngine.GetInstancePolicyAsync(SessionRecord session, InstanceAddress at, EngineCall call) =>
        PoliciesOf(session).GetAsync(at, call);

    Task<GcpIamPolicy> IEngine.ChangeInstancePolicyAsync(SessionRecord session, InstanceAddress at, BindingChange change, EngineCall call) =>
        PoliciesOf(session).ChangeAsync(at, change, call);

    Task<GceOperation> IEngine.ChangeResourceAsync(SessionRecord session, ResourceChange change, EngineCall call) =>
        new ResourceChanges(new ApiClient(EngineSession.Of(session))).StartAsync(change, call);

    private static InstancePolicies PoliciesOf(SessionRecord session) => new(new ApiClient(EngineSession.Of(session)));
}
