using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Iam;

/// <summary>Which of some permissions the caller has. Asking needs no permission itself.</summary>
internal sealed class PermissionService(ApiClient client)
{
    /// <summary>The granted ones among the permissions, at most 100, on a bucket.</summary>
    public Task<IReadOnlyList<string>> OfBucketAsync(string bucket, IReadOnlyList<string> permissions, EngineCall call)
    {
        List<(string Name, string? Value)> query = [("prettyPrint", "false"), ("fields", "permissions")];
        foreach (string permission in permissions)
        {
            query.Add(("permissions", permission));
        }

        return client.GetAsync(
            StorageApi.BucketsTestIamPermissions,
            StorageApi.BucketsTestIamPermissions.Format([Names.Bucket(bucket)], [.. query]),
            Read,
            _ => Errors.BucketNotFound(bucket),
            call);
    }

    private static IReadOnlyList<string> Read(ref JsonCursor json)
    {
        IReadOnlyList<string> granted = [];
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                if (name == "permissions")
                {
                    granted = JsonLists.Strings(ref json);
                }
                else
                {
                    json.Skip();
                }
            }
        }

        return granted;
    }
}
