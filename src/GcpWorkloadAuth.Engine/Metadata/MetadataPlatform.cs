using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security;

namespace GcpWorkloadAuth.Engine.Metadata;

/// <summary>
/// Whether the firmware says that this machine is Google's. It decides how long a silent metadata server is waited for, nothing
/// else. Sources: the Go library cloud.google.com/go/compute/metadata (both places).
/// </summary>
internal static class MetadataPlatform
{
    private static readonly Lazy<bool> s_looksLikeGoogle = new(Check);

    public static bool LooksLikeGoogle => s_looksLikeGoogle.Value;

    private static bool Check()
    {
        try
        {
            string? product = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? ReadRegistry() : ReadDmi();
            return product?.StartsWith("Google", StringComparison.Ordinal) == true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static string? ReadDmi()
    {
        const string path = "/sys/class/dmi/id/product_name";
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    // Apart, so that the registry's assembly is loaded on Windows only.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? ReadRegistry()
    {
#pragma warning disable CA1416 // The caller asked for the platform.
        return Microsoft.Win32.Registry.GetValue(
            @"HKEY_LOCAL_MACHINE\SYSTEM\HardwareConfig\Current", "SystemProductName", null) as string;
#pragma warning restore CA1416
    }
}
