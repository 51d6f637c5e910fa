using System.Collections.Generic;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <summary>
/// What the cmdlets ask of the engine. Every member throws <see cref="GcpException"/> for a failure a user can meet, and
/// <see cref="System.OperationCanceledException"/> when <see cref="EngineCall.Stopping"/> is cancelled.
/// </summary>
/// <remarks>
/// Tasks and pages only: ValueTask and IAsyncEnumerable would put facade assemblies beside the module on Windows PowerShell.
/// </remarks>
internal partial interface IEngine
{
    /// <summary>A token for the session's identity, from the cache where it is still good.</summary>
    Task<GceAccessToken> GetAccessTokenAsync(SessionRecord session, TokenRequest request, EngineCall call);

    /// <summary>Who the session is and where each of its settings came from. No API is called; the metadata server may be.</summary>
    Task<ContextDescription> DescribeAsync(SessionRecord session, bool offline, EngineCall call);

    /// <summary>The project the session works in: explicit, from the environment, from gcloud's files, or the VM's own.</summary>
    Task<string> GetProjectAsync(SessionRecord session, EngineCall call);

    /// <summary>Drops every token and credential kept for the session.</summary>
    void Forget(SessionRecord session);

    /// <summary>One answer of the metadata server.</summary>
    Task<MetadataAnswer> GetMetadataAsync(SessionRecord session, MetadataQuery query, EngineCall call);

    /// <summary>The service accounts attached to this VM.</summary>
    Task<IReadOnlyList<GceServiceAccount>> GetServiceAccountsAsync(SessionRecord session, EngineCall call);

    /// <summary>One bucket by its exact name.</summary>
    Task<GcsBucket> GetBucketAsync(SessionRecord session, string name, EngineCall call);

    /// <summary>The buckets of a project, a page at a time.</summary>
    IPager<GcsBucket> ListBuckets(SessionRecord session, BucketQuery query);

    /// <summary>One instance by project, zone and exact name.</summary>
    Task<GceInstance> GetInstanceAsync(SessionRecord session, string project, string zone, string name, EngineCall call);

    /// <summary>Instances of one zone or of all zones of a project, a page at a time.</summary>
    IPager<GceInstance> ListInstances(SessionRecord session, InstanceQuery query);

    /// <summary>Project, zone and name of the VM this process runs on, from its metadata server.</summary>
    Task<InstanceAddress> GetCurrentInstanceAsync(SessionRecord session, EngineCall call);
}

/// <summary>A list that is asked for page by page.</summary>
/// <typeparam name="T">The listed type.</typeparam>
internal interface IPager<T>
{
    /// <summary>The next page, or null after the last. Nothing is requested before the first call.</summary>
    Task<ResultPage<T>?> NextAsync(EngineCall call);
}
