using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Rest;

namespace GcpWorkloadAuth.Engine;

/// <content>Requests to any API.</content>
public sealed partial class GoogleEngine
{
    string IEngine.CheckRest(SessionRecord session, RestRequest request) =>
        DisplayUri.Of(new RestClient(EngineSession.Of(session)).Check(request));

    Task<RestAnswer> IEngine.SendRestAsync(SessionRecord session, RestRequest request, EngineCall call) =>
        new RestClient(EngineSession.Of(session)).SendAsync(request, call);
}
