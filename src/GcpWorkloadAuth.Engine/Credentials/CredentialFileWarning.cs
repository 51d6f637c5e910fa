using System;
using System.Collections.Concurrent;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Settings;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>Warns, once for each file and process, where other people of this machine can read a credential file that holds a secret.</summary>
internal static class CredentialFileWarning
{
    private static readonly string[] s_secrets = ["private_key", "refresh_token", "client_secret"];
    private static readonly ConcurrentDictionary<string, string> s_told = new(StringComparer.Ordinal);

    public static void Tell(CredentialFile file, EngineCall call)
    {
        if (file.Path is { } path && Array.Exists(s_secrets, name => file[name] is not null) && s_told.TryAdd(path, path)
            && FileTrust.OthersMayRead(path))
        {
            call.Events.Warning(nameof(Resources.Strings.WarnCredentialReadable), path);
        }
    }
}
