using System;
using System.Collections.Generic;
using System.IO;
using System.Security;
using System.Text;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>
/// A credential file's content, checked before anything in it is used: size, form, type, fields, where it would send its secret.
/// </summary>
internal sealed partial class CredentialFile
{
    public const string ServiceAccountType = "service_account";
    public const string AuthorizedUserType = "authorized_user";
    public const string ExternalAccountType = "external_account";
    public const string ExternalUserType = "external_account_authorized_user";
    private const int LargestFile = 64 * 1024;

    // Known to gcloud and Google's libraries, not to this version.
    private static readonly string[] s_laterTypes =
    [
        "gdch_service_account",
    ];

    // What every kind may have, and nothing but text is sense for.
    private static readonly string[] s_texts = ["universe_domain", "token_uri", "quota_project_id", "project_id", "account"];

    private readonly Dictionary<string, object?> _fields;

    private CredentialFile(string source, string text, string type, Dictionary<string, object?> fields)
    {
        Source = source;
        Text = text;
        Type = type;
        _fields = fields;
    }

    /// <summary>For people: the file's path, or the parameter it came by.</summary>
    public string Source { get; }

    /// <summary>The JSON itself. A secret.</summary>
    public string Text { get; }

    public string Type { get; }

    public string? Account => this["client_email"] ?? this["account"];

    public string? ProjectId => this["project_id"];

    public string? QuotaProject => this["quota_project_id"];

    public string UniverseDomain => this["universe_domain"] ?? Universe.Default;

    public string? TokenUri => this["token_uri"];

    /// <summary>The fields as they stand in the file.</summary>
    public IReadOnlyDictionary<string, object?> Fields => _fields;

    /// <summary>Where the file is on disk; null where its content came otherwise.</summary>
    public string? Path { get; private set; }

    /// <summary>A field that is a string and not empty; null else.</summary>
    public string? this[string field] => _fields.TryGetValue(field, out object? value) && value is string { Length: > 0 } text ? text : null;

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="namedBy">The parameter or variable that named it.</param>
    public static CredentialFile Load(string path, string namedBy)
    {
        CredentialFile file = Parse(ReadText(path, namedBy), "'" + path + "'");
        file.Path = path;
        return file;
    }

    /// <summary>Reads a file that holds a secret.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="namedBy">The parameter, variable or setting that named it.</param>
    public static string ReadText(string path, string namedBy)
    {
        string source = "'" + path + "'";
        try
        {
            if (Directory.Exists(path))
            {
                throw Errors.CredentialFileUnreadable(source, "it is a folder.");
            }

            FileInfo file = new(path);
            if (!file.Exists)
            {
                throw Errors.CredentialFileNotFound(path, namedBy);
            }

            if ((file.Attributes & FileAttributes.Device) != 0 || file.Length > LargestFile)
            {
                throw Errors.CredentialFileUnreadable(source, "it is too large for a credential file.");
            }

            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return ReadAll(stream, source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException
            or NotSupportedException)
        {
            throw Errors.CredentialFileUnreadable(source, e.Message);
        }
    }

    /// <summary>Checks content that came without a file.</summary>
    public static CredentialFile FromText(string text, string source) => Parse(text, source);

    // A device or pipe that says it is empty must not be read for ever.
    private static string ReadAll(Stream stream, string source)
    {
        byte[] buffer = new byte[LargestFile + 1];
        int length = 0;
        int read;
        while ((read = stream.Read(buffer, length, buffer.Length - length)) > 0)
        {
            length += read;
            if (length > LargestFile)
            {
                throw Errors.CredentialFileUnreadable(source, "it is too large for a credential file.");
            }
        }

        return new UTF8Encoding(false).GetString(buffer, 0, length).TrimStart('\uFEFF');
    }

    private static CredentialFile Parse(string text, string source)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Errors.CredentialFileEmpty(source);
        }

        ArraySegment<byte> utf8 = new(Encoding.UTF8.GetBytes(text));
        if (!JsonText.TryRead(utf8, static (ref JsonCursor json) => json.Value(), out object? value)
            || value is not Dictionary<string, object?> fields)
        {
            throw Errors.CredentialFileNotJson(source);
        }

        // Of another type they would read as not there, and what is not there has a default.
        foreach (string field in s_texts)
        {
            if (fields.TryGetValue(field, out object? given) && given is not (null or string))
            {
                throw Errors.CredentialFieldInvalid(source, field, "it is not a string");
            }
        }

        string type = fields.TryGetValue("type", out object? named) && named is string t ? t : string.Empty;
        CredentialFile file = new(source, text, type, fields);
        switch (type)
        {
            case ServiceAccountType:
                file.Demand("client_email", "private_key");
                break;
            case AuthorizedUserType:
                file.Demand("client_id", "client_secret", "refresh_token");
                break;
            case ImpersonatedType:
                file.ReadImpersonation();
                break;
            case ExternalAccountType:
                file.Demand("audience", "subject_token_type", "token_url");
                break;
            case ExternalUserType:
                file.Demand("refresh_token", "token_url", "client_id", "client_secret");
                break;
            case "":
                throw Errors.CredentialFieldMissing(source, "?", "type");
            default:
                throw Array.IndexOf(s_laterTypes, type) >= 0
                    ? Errors.CredentialTypeNotSupported(source, type)
                    : Errors.CredentialTypeUnknown(source, External.Refusals.OneLine(type, 60));
        }

        return file;
    }

    private void Demand(params string[] fields)
    {
        foreach (string field in fields)
        {
            if (this[field] is null)
            {
                throw Errors.CredentialFieldMissing(Source, Type, field);
            }
        }
    }
}
