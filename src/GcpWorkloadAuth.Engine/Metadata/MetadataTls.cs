using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Metadata;

/// <summary>When the metadata server is spoken to over TLS.</summary>
internal enum MetadataTlsMode
{
    /// <summary>Where the guest agent's certificates are, and else, or where it fails, not.</summary>
    Default,

    /// <summary>Never.</summary>
    None,

    /// <summary>Always.</summary>
    Strict,
}

/// <summary>
/// The HTTPS form of the metadata server: the guest agent of a Shielded VM keeps certificates for it up to date ("About the Compute
/// Engine metadata server", HTTPS endpoint). The variable and its meaning are those of google-auth-library-python,
/// compute_engine/_mtls.py.
/// </summary>
internal sealed class MetadataTls
{
    private const string Variable = "GCE_METADATA_MTLS_MODE";

    private readonly string[] _folders;

    /// <param name="mode">When it is used.</param>
    /// <param name="isOverridden">A variable names another server: one that has no part in the guest agent's certificates.</param>
    /// <param name="folders">Where the certificates may be; the first that has them counts.</param>
    /// <param name="host">host[:port]</param>
    public MetadataTls(MetadataTlsMode mode, bool isOverridden, string[] folders, string host)
    {
        Mode = mode;
        IsOverridden = isOverridden;
        _folders = folders;
        Host = host;
    }

    public MetadataTlsMode Mode { get; }

    /// <summary>True where a variable names another metadata server.</summary>
    public bool IsOverridden { get; }

    /// <summary>host[:port]</summary>
    public string Host { get; }

    /// <summary>https://169.254.169.254/computeMetadata/v1/</summary>
    public Uri Base => new("https://" + Host + "/computeMetadata/v1/");

    public static MetadataTls From(EnvironmentSnapshot environment, bool isOverridden)
    {
        string? text = environment[Variable];
        MetadataTlsMode mode = Parse(text) ?? throw Errors.MetadataTlsModeInvalid(DisplayUri.OfText(text!));
        return new MetadataTls(mode, isOverridden, mode == MetadataTlsMode.None || isOverridden ? [] : Folders(), MetadataAddress.DefaultHost);
    }

    /// <summary>What the connection is made with; null where it is made without TLS.</summary>
    /// <exception cref="GcpException">MetadataTlsUnavailable: it must be TLS, and cannot be.</exception>
    /// <remarks>Without certificates this costs a look for one file (on Windows two, for both spellings of the folder).</remarks>
    public TlsIdentity? Find()
    {
        if (Mode == MetadataTlsMode.Strict && IsOverridden)
        {
            throw Errors.MetadataTlsUnavailable("a variable names another metadata server.");
        }

        foreach (string folder in _folders)
        {
            string root = Path.Combine(folder, RootName);
            if (!File.Exists(root))
            {
                continue;
            }

            try
            {
                return TlsIdentity.Load(root, Path.Combine(folder, ClientName));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or CryptographicException
                or ArgumentException or PlatformNotSupportedException)
            {
                // The agent may be writing them just now, and only some users may read the key.
                return Mode == MetadataTlsMode.Strict ? throw Errors.MetadataTlsUnavailable(e.Message) : null;
            }
        }

        return Mode == MetadataTlsMode.Strict
            ? throw Errors.MetadataTlsUnavailable("the guest agent's certificates are not there (" + string.Join(", ", _folders) + ").")
            : null;
    }

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private static string RootName => IsWindows ? "mds-mtls-root.crt" : "root.crt";

    private static string ClientName => IsWindows ? "mds-mtls-client.key.pfx" : "client.key";

    // The agents write "Compute Engine"; their documentation and Google's Python library say "ComputeEngine".
    private static string[] Folders()
    {
        if (!IsWindows)
        {
            return ["/run/google-mds-mtls"];
        }

        string data = Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData);
        return [Path.Combine(data, "Google", "Compute Engine"), Path.Combine(data, "Google", "ComputeEngine")];
    }

    private static MetadataTlsMode? Parse(string? text) =>
        text is null || string.Equals(text, "default", StringComparison.OrdinalIgnoreCase) ? MetadataTlsMode.Default
        : string.Equals(text, "none", StringComparison.OrdinalIgnoreCase) ? MetadataTlsMode.None
        : string.Equals(text, "strict", StringComparison.OrdinalIgnoreCase) ? MetadataTlsMode.Strict
        : null;
}
