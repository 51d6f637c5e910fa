using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Storage;

/// <content>What transfers need besides.</content>
internal sealed partial class ObjectService
{
    /// <summary>
    /// Takes back what was just written, and only that: the condition is the generation, so that neither another one nor, in a bucket with
    /// versions, an older one goes.
    /// </summary>
    public async Task DeleteGenerationAsync(GcsObject written, EngineCall call)
    {
        string? generation = written.Generation?.ToString(CultureInfo.InvariantCulture);
        ObjectAddress address = new(written.Bucket, written.Name, written.Generation);
        string path = StorageObjectsApi.Delete.Format(PathOf(address), ("generation", generation), ("ifGenerationMatch", generation));
        ApiRequest request = new(StorageObjectsApi.Delete, path) { NotFound = _ => NotFound(address), IsConditioned = true };
        try
        {
            using HttpReply reply = await client.SendAsync(request, call).ConfigureAwait(false);
        }
        catch (GcpException failure) when (failure.Kind is GcpErrorKind.NotFound or GcpErrorKind.InvalidState)
        {
            // Somebody has replaced or removed it already.
        }
    }
}
