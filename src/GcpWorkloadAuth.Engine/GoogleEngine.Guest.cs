using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Compute;
using GcpWorkloadAuth.Engine.Compute.Windows;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine;

/// <content>Inside of instances.</content>
public sealed partial class GoogleEngine
{
    Task<SerialPortText> IEngine.ReadSerialPortAsync(SessionRecord session, InstanceAddress at, int port, long? start, EngineCall call) =>
        GuestOf(session).ReadSerialPortAsync(at, port, start, call);

    Task<IReadOnlyList<GceGuestAttribute>> IEngine.GetGuestAttributesAsync(SessionRecord session, InstanceAddress at, string? path, EngineCall call) =>
        GuestOf(session).GetGuestAttributesAsync(at, path, call);

    IWindowsKey IEngine.MakeWindowsKey(string userName, string email) => new WindowsKey(userName, email);

    private static GuestService GuestOf(SessionRecord session) => new(new ApiClient(EngineSession.Of(session)));
}
