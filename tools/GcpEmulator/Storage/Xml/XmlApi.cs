using GcpEmulator.Auth;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>Cloud Storage's XML API: not served yet.</summary>
internal sealed class XmlApi(CloudState state, BearerCheck bearer, TimeProvider clock)
{
    public ValueTask<Reply> HandleAsync(EmulatedRequest request)
    {
        _ = (state, bearer, clock);
        return ValueTask.FromResult(GoogleErrors.NotFound("The emulator does not serve " + request.Path));
    }
}
