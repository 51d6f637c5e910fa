using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Changes of Compute Engine's resources, and the operations that they are.</content>
internal partial interface IEngine
{
    /// <summary>Asks for a change of an instance. The operation goes on when this returns.</summary>
    Task<GceOperation> ChangeInstanceAsync(SessionRecord session, InstanceChange change, EngineCall call);

    /// <summary>How an operation is.</summary>
    Task<GceOperation> GetOperationAsync(SessionRecord session, OperationAddress at, EngineCall call);

    /// <summary>The operations of a zone, of a region, or of all places of a project, a page at a time.</summary>
    IPager<GceOperation> ListOperations(SessionRecord session, OperationQuery query);

    /// <summary>Something that waits for operations; one for all that a cmdlet waits for.</summary>
    IOperationWaiter MakeOperationWaiter(SessionRecord session);
}

/// <summary>Waits for operations, of all kinds and many at a time, with as few requests as that takes.</summary>
internal interface IOperationWaiter
{
    /// <summary>The operation when it is done, whether well or not.</summary>
    /// <exception cref="GcpException">It cannot be found any more (OperationNotFound), or asked for.</exception>
    Task<GceOperation> WaitAsync(GceOperation operation, EngineCall call);
}
