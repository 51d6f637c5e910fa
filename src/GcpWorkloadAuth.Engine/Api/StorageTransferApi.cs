using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// The Storage Transfer Service v1. Source: https://storagetransfer.googleapis.com/$discovery/rest?version=v1 and
/// https://cloud.google.com/storage-transfer/docs/reference/rest.
/// </summary>
internal static class StorageTransferApi
{
    /// <summary>Repeatable where the job has a name of the caller's: the second one is ALREADY_EXISTS.</summary>
    public static readonly ApiMethod JobsCreate = new(
        ApiService.StorageTransfer, "storagetransfer.transferJobs.create", HttpMethod.Post, "transferJobs", RetryClass.Conditional);

    public static readonly ApiMethod JobsGet = new(
        ApiService.StorageTransfer, "storagetransfer.transferJobs.get", HttpMethod.Get, "transferJobs/{jobName}", RetryClass.Idempotent,
        "projectId");

    public static readonly ApiMethod JobsList = new(
        ApiService.StorageTransfer, "storagetransfer.transferJobs.list", HttpMethod.Get, "transferJobs", RetryClass.Idempotent,
        "filter", "pageSize", "pageToken");

    /// <summary>A second call may be a second run, so it is repeated only after a look at the job.</summary>
    public static readonly ApiMethod JobsRun = new(
        ApiService.StorageTransfer, "storagetransfer.transferJobs.run", HttpMethod.Post, "transferJobs/{jobName}:run", RetryClass.Never);

    public static readonly ApiMethod OperationsGet = new(
        ApiService.StorageTransfer, "storagetransfer.transferOperations.get", HttpMethod.Get, "transferOperations/{name}",
        RetryClass.Idempotent);

    public static readonly ApiMethod OperationsList = new(
        ApiService.StorageTransfer, "storagetransfer.transferOperations.list", HttpMethod.Get, "transferOperations", RetryClass.Idempotent,
        "filter", "pageSize", "pageToken");

    /// <summary>The service agent of a project. Asking twice makes it no more than once.</summary>
    public static readonly ApiMethod AgentsGet = new(
        ApiService.StorageTransfer, "storagetransfer.googleServiceAccounts.get", HttpMethod.Get, "googleServiceAccounts/{projectId}",
        RetryClass.Idempotent);

    public static readonly ApiMethod[] All = [JobsCreate, JobsGet, JobsList, JobsRun, OperationsGet, OperationsList, AgentsGet];
}
