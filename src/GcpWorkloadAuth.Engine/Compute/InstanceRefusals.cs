using System;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>What Compute Engine means when it refuses to change an instance. The reasons are those of its errors reference.</summary>
internal static class InstanceRefusals
{
    public static GcpException? Explain(ApiRefusal refusal, InstanceChange change)
    {
        string name = change.At.Name;
        return refusal.Status switch
        {
            400 when Says(refusal, "protected against deletion") => Errors.DeletionProtected(name),
            400 when Says(refusal, "discard-local-ssd") || Says(refusal, "Local SSD") => Errors.LocalSsdUndecided(name),
            400 when refusal.Reason is "resourceNotReady" => Errors.InstanceNotReady(name, refusal.Message),
            400 when refusal.Reason is "resourceInUseByAnotherResource" or "resourceInUse" => Errors.ResourceInUse(name, refusal.Message),
            400 when refusal.Reason is "invalidResourceUsage" || Says(refusal, "must be stopped") => Errors.InstanceWrongState(name, refusal.Message),
            400 when Says(refusal, "referenced disk resource cannot be found") => Errors.ResourceNotFound(refusal.Message),
            403 when Says(refusal, "service account") && change.Method is InstanceMethod.SetServiceAccount or InstanceMethod.Insert or InstanceMethod.BulkInsert or InstanceMethod.Start
                => Errors.ServiceAccountActAsDenied(name, refusal.Message),
            409 when change.Method is InstanceMethod.Insert or InstanceMethod.BulkInsert => Errors.InstanceExists(name, refusal.Message),
            412 when refusal.Reason is "conditionNotMet" => Errors.FingerprintConflict(name, refusal.Message),
            _ => null,
        };
    }

    /// <summary>True where it is about a disk, and not about the instance: "The resource 'projects/p/zones/z/disks/d' was not found".</summary>
    public static bool IsOfDisk(ApiRefusal refusal) => Says(refusal, "/disks/");

    private static bool Says(ApiRefusal refusal, string words) => refusal.Message.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
}
