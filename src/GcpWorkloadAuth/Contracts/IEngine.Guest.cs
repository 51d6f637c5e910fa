using System;
using System.Collections.Generic;
using System.Security;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Inside of instances.</content>
internal partial interface IEngine
{
    /// <summary>What an instance wrote to a serial port, from a byte on; from the first that is kept where none is named.</summary>
    Task<SerialPortText> ReadSerialPortAsync(SessionRecord session, InstanceAddress at, int port, long? start, EngineCall call);

    /// <summary>The guest attributes of an instance: all, those of a namespace, or one ("namespace/key").</summary>
    Task<IReadOnlyList<GceGuestAttribute>> GetGuestAttributesAsync(SessionRecord session, InstanceAddress at, string? path, EngineCall call);

    /// <summary>A new pair of keys for the password of a Windows user.</summary>
    /// <param name="userName">The user.</param>
    /// <param name="email">Who asks; for the guest's log.</param>
    IWindowsKey MakeWindowsKey(string userName, string email);
}

/// <summary>A part of what an instance wrote to a serial port.</summary>
/// <param name="Contents">The text.</param>
/// <param name="Start">The byte it begins with.</param>
/// <param name="Next">The byte to go on from.</param>
internal sealed record SerialPortText(string Contents, long Start, long Next);

/// <summary>A pair of keys by which a Windows guest tells a password.</summary>
internal interface IWindowsKey : IDisposable
{
    /// <summary>The metadata value windows-keys with the public key added and expired keys dropped.</summary>
    string AddTo(string? current, DateTime utcNow);

    /// <summary>The password, where the guest has answered; null where it has not yet.</summary>
    /// <exception cref="GcpException">The guest refused.</exception>
    SecureString? Find(string output);
}
