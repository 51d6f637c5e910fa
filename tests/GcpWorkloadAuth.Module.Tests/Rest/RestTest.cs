using GcpWorkloadAuth.Module.Tests.Harness;

namespace GcpWorkloadAuth.Module.Tests.Rest;

/// <summary>A test that calls the emulator's own service.</summary>
public abstract class RestTest : CloudTest
{
    /// <summary>An address below /testing/v1/.</summary>
    protected string At(string pathAndQuery) => new Uri(Cloud.ApiAddress, "/testing/v1/" + pathAndQuery).AbsoluteUri;

    /// <summary>Requests to the APIs, whatever they were.</summary>
    protected int ApiRequests => Cloud.Requests.Count(r => r.Service != GcpEmulator.EmulatedService.Metadata);
}
