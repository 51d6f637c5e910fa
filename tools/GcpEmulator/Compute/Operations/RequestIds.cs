using System.Security.Cryptography;
using System.Text;

namespace GcpEmulator.Compute;

/// <summary>
/// requestId: "if you make a request with an identical ID, the server will know to ignore the request if it has already been
/// completed ... must be a valid UUID with the exception that zero UUID is not supported" (discovery document of Compute v1).
/// </summary>
internal sealed class RequestIds
{
    private readonly Dictionary<(string Project, string Id), (string Digest, EmulatedOperation Operation)> _seen = [];

    // The methods without the parameter: the request messages of the discovery document.
    private static readonly string[] Without =
    [
        "setIamPolicy", "testIamPermissions", "applyUpdatesToInstances", "listManagedInstances", "listInstances", "listErrors", "wait",
    ];

    public static bool Has(string collection, string verb) =>
        !Without.Contains(verb) && !(verb == "setLabels" && collection is "images" or "snapshots");

    /// <summary>The operation that the same request started before, or null.</summary>
    public EmulatedOperation? Find(ComputeCall call)
    {
        if (call.RequestId is not string id)
        {
            return null;
        }

        if (!Guid.TryParseExact(id, "D", out Guid guid) || guid == Guid.Empty)
        {
            throw ComputeErrors.InvalidValue("requestId", id, "Must be a valid non-zero UUID."); // ASSUMED: the text
        }

        if (!_seen.TryGetValue((call.Project.Id, guid.ToString()), out var seen))
        {
            return null;
        }

        // ASSUMED: status and text. AIP-155 only says that the server must not do the second request.
        return seen.Digest == Digest(call)
            ? seen.Operation
            : throw ComputeErrors.InvalidValue("requestId", id, "The request ID was already used for a different request.");
    }

    public void Remember(ComputeCall call, EmulatedOperation operation)
    {
        if (call.RequestId is string id)
        {
            _seen[(call.Project.Id, Guid.Parse(id).ToString())] = (Digest(call), operation);
        }
    }

    public void Clear() => _seen.Clear();

    private static string Digest(ComputeCall call)
    {
        byte[] head = Encoding.UTF8.GetBytes(call.Request.Method + " " + call.Request.Path + "\n");
        return Convert.ToHexString(SHA256.HashData([.. head, .. call.Request.Body.Span]));
    }
}
