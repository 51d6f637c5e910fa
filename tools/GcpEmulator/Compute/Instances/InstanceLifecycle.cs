using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>
/// start, stop, suspend, resume, reset and delete ("VM instance lifecycle": PROVISIONING, STAGING, RUNNING, STOPPING, SUSPENDING,
/// SUSPENDED, REPAIRING, TERMINATED). The caller holds the gate of the operations.
/// </summary>
internal sealed class InstanceLifecycle(CloudState state, Changes changes, InstanceDisks disks)
{
    public Reply Start(ComputeCall call, EmulatedInstance i) => i.Status switch
    {
        // gcloud compute instances start on a running machine succeeds and changes nothing (ASSUMED of the API from that).
        "RUNNING" => changes.Begin(call, i, "start", OperationWork.Nothing),
        "TERMINATED" => changes.Begin(call, i, "start", Starting(i)),
        "SUSPENDED" => throw ComputeErrors.InvalidUsage("Instance is suspended and must be resumed, not started"), // ASSUMED: the text
        _ => throw ComputeErrors.NotReady(Relative(i)),
    };

    public Reply Stop(ComputeCall call, EmulatedInstance i)
    {
        if (i.Status == "TERMINATED")
        {
            return changes.Begin(call, i, "stop", OperationWork.Nothing);
        }

        if (i.Status is not ("RUNNING" or "SUSPENDED" or "REPAIRING"))
        {
            throw ComputeErrors.NotReady(Relative(i));
        }

        CheckLocalSsd(call, i);
        return changes.Begin(call, i, "stop", new OperationWork(
            Begin: () => Set(i, x => x with { Status = "STOPPING" }),
            End: () => Set(i, x => x with { Status = "TERMINATED", StoppedAt = state.Clock.GetUtcNow() }),
            Undo: () => Set(i, x => x with { Status = i.Status })));
    }

    public Reply Suspend(ComputeCall call, EmulatedInstance i)
    {
        if (i.Status == "SUSPENDED")
        {
            return changes.Begin(call, i, "suspend", OperationWork.Nothing);
        }

        if (i.Status == "TERMINATED")
        {
            // ASSUMED: the text. "You can only suspend an instance that is running" (Suspend and resume documentation).
            throw ComputeErrors.InvalidUsage("Instance must be RUNNING to be suspended");
        }

        if (i.Status != "RUNNING")
        {
            throw ComputeErrors.NotReady(Relative(i));
        }

        CheckLocalSsd(call, i);
        return changes.Begin(call, i, "suspend", new OperationWork(
            Begin: () => Set(i, x => x with { Status = "SUSPENDING" }),
            End: () => Set(i, x => x with { Status = "SUSPENDED", SuspendedAt = state.Clock.GetUtcNow() }),
            Undo: () => Set(i, x => x with { Status = i.Status })));
    }

    public Reply Resume(ComputeCall call, EmulatedInstance i) => i.Status switch
    {
        "RUNNING" => changes.Begin(call, i, "resume", OperationWork.Nothing), // ASSUMED, as of start
        "SUSPENDED" => changes.Begin(call, i, "resume", Starting(i)),
        "TERMINATED" => throw ComputeErrors.InvalidUsage("Instance must be SUSPENDED to be resumed"), // ASSUMED: the text
        _ => throw ComputeErrors.NotReady(Relative(i)),
    };

    /// <summary>The machine stays RUNNING all the time ("Reset a VM": "does not go through a clean shutdown").</summary>
    public Reply Reset(ComputeCall call, EmulatedInstance i) => i.Status == "RUNNING"
        ? changes.Begin(call, i, "reset", new OperationWork(End: () => state.Compute.SerialPorts.Boot(i)))
        : throw ComputeErrors.NotReady(Relative(i));

    public Reply Delete(ComputeCall call, EmulatedInstance i)
    {
        if (i.DeletionProtection)
        {
            throw new Refusal(Reply.Json(GoogleErrors.DeletionProtected(), 400));
        }

        return changes.Begin(call, i, "delete", new OperationWork(
            Begin: () => Set(i, x => x with { Status = "STOPPING" }),
            End: () =>
            {
                if (state.Instances.Find(i.Zone, i.Name, i.Project) is EmulatedInstance last)
                {
                    disks.Release(last);
                    state.Instances.Remove(i.Zone, i.Name, i.Project);
                    state.Compute.SerialPorts.Remove(i);
                }
            },
            Undo: () => Set(i, x => x with { Status = i.Status })));
    }

    /// <summary>On the way to RUNNING.</summary>
    public OperationWork Starting(EmulatedInstance i) => new(
        Begin: () => Set(i, x => x with { Status = "PROVISIONING" }),
        Half: () => Set(i, x => x with { Status = "STAGING" }),
        End: () =>
        {
            Set(i, x => x with { Status = "RUNNING", StartedAt = state.Clock.GetUtcNow() });
            state.Compute.SerialPorts.Boot(i);
            state.Compute.Agent.Notice(i);
        },
        Undo: () => Set(i, x => x with { Status = i.Status }));

    private void Set(EmulatedInstance i, Func<EmulatedInstance, EmulatedInstance> change) => changes.Set(i, change);

    // Both stop and suspend have the parameter (discovery document of Compute v1).
    private static void CheckLocalSsd(ComputeCall call, EmulatedInstance i)
    {
        if (InstanceDisks.HasLocalSsd(i) && !call.Request.Has("discardLocalSsd"))
        {
            throw new Refusal(Reply.Json(GoogleErrors.LocalSsdUndefined(), 400));
        }
    }

    private static string Relative(EmulatedInstance i) => ComputeUrls.Relative(InstanceJson.SelfLink(i));
}
