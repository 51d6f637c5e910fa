using System;
using System.Collections.Generic;
using System.IO;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// credential_source.certificate: where the workload's certificate and its key are (AIP-4118, AIP-4119; google-auth-library-python,
/// transport/_mtls_helper.py). The configuration is read at every renewal: whoever rotates certificates may rewrite it.
/// </summary>
internal sealed class CertificateFiles
{
    private const string Variable = "GOOGLE_API_CERTIFICATE_CONFIG";

    private CertificateFiles(string configuration, string? trustChain)
    {
        Configuration = configuration;
        TrustChain = trustChain;
    }

    /// <summary>The path of certificate_config.json.</summary>
    public string Configuration { get; }

    /// <summary>The path of the certificates between the workload's and the root that Google knows; null for none.</summary>
    public string? TrustChain { get; }

    public static CertificateFiles Of(FileFields source, EnvironmentSnapshot environment)
    {
        FileFields fields = source.Object("certificate")!;
        bool isDefault = fields.Boolean("use_default_certificate_config") ?? false;
        string? location = fields.Text("certificate_config_location");
        if (isDefault && location is not null)
        {
            throw fields.Invalid("certificate_config_location", "use_default_certificate_config is true");
        }

        return new CertificateFiles(
            location ?? (isDefault ? Default(environment) : throw fields.Missing("certificate_config_location")), fields.Text("trust_chain_path"));
    }

    /// <summary>The paths of certificate and key, both PEM.</summary>
    /// <exception cref="GcpException">CertificateUnusable.</exception>
    public (string Certificate, string Key) Read()
    {
        ArraySegment<byte> content = ReadFile(Configuration);
        if (!JsonText.TryRead(content, static (ref JsonCursor json) => json.Value(), out object? value) || value is not Dictionary<string, object?> root)
        {
            throw Errors.CertificateUnusable(Configuration, "it is not a JSON object.");
        }

        return Object(root, "cert_configs") is { } kinds && Object(kinds, "workload") is { } workload
            ? (Path(workload, "cert_path"), Path(workload, "key_path"))
            : throw Errors.CertificateUnusable(Configuration, "it has no cert_configs.workload.");
    }

    /// <summary>A small file's content.</summary>
    /// <exception cref="GcpException">CertificateUnusable.</exception>
    public static ArraySegment<byte> ReadFile(string path)
    {
        try
        {
            return SmallFile.Read(path, SubjectTokenSource.Largest);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Errors.CertificateUnusable(path, "it does not exist.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException or ArgumentException
            or NotSupportedException)
        {
            throw Errors.CertificateUnusable(path, e.Message);
        }
    }

    private static string Default(EnvironmentSnapshot environment) =>
        environment[Variable]
        ?? (GcloudConfiguration.Folder(environment) is { } folder
            ? System.IO.Path.Combine(folder, "certificate_config.json")
            : throw Errors.CertificateUnusable("certificate_config.json", "neither HOME nor CLOUDSDK_CONFIG tells where it is."));

    private string Path(Dictionary<string, object?> workload, string name) =>
        SmallAnswer.Text(workload, name) ?? throw Errors.CertificateUnusable(Configuration, "it has no cert_configs.workload." + name + ".");

    private static Dictionary<string, object?>? Object(Dictionary<string, object?> fields, string name) =>
        fields.TryGetValue(name, out object? value) ? value as Dictionary<string, object?> : null;
}
