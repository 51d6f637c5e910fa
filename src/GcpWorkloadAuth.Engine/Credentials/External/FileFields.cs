using System.Collections.Generic;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// The fields of a credential file, or of an object in it, by the type they must have. A field that is there with another type is
/// an error that names it; null and an empty string count as not there.
/// </summary>
internal sealed class FileFields
{
    private readonly CredentialFile _file;
    private readonly string _prefix;
    private readonly IReadOnlyDictionary<string, object?> _fields;

    public FileFields(CredentialFile file)
        : this(file, string.Empty, file.Fields)
    {
    }

    private FileFields(CredentialFile file, string prefix, IReadOnlyDictionary<string, object?> fields)
    {
        _file = file;
        _prefix = prefix;
        _fields = fields;
    }

    /// <summary>The names of all fields.</summary>
    public IEnumerable<string> Names => _fields.Keys;

    /// <summary>True where the field is there and not null.</summary>
    public bool Has(string name) => _fields.TryGetValue(name, out object? value) && value is not null and not "";

    /// <summary>A string; null where it is not there.</summary>
    public string? Text(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        string text = _fields[name] as string ?? throw Invalid(name, "it is not a string");
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                throw Invalid(name, "it holds a control character");
            }
        }

        return text;
    }

    /// <summary>A string that must be there.</summary>
    public string Demand(string name) => Text(name) ?? throw Missing(name);

    /// <summary>A whole number; null where it is not there.</summary>
    public long? Integer(string name) => Has(name) ? _fields[name] as long? ?? throw Invalid(name, "it is not a whole number") : null;

    /// <summary>True or false; null where it is not there.</summary>
    public bool? Boolean(string name) => Has(name) ? _fields[name] as bool? ?? throw Invalid(name, "it is neither true nor false") : null;

    /// <summary>An object; null where it is not there.</summary>
    public FileFields? Object(string name) => Has(name)
        ? new FileFields(_file, _prefix + name + ".", _fields[name] as IReadOnlyDictionary<string, object?> ?? throw Invalid(name, "it is not an object"))
        : null;

    /// <summary>The failure "the field is not there".</summary>
    public GcpException Missing(string name) => Errors.CredentialFieldMissing(_file.Source, _file.Type, _prefix + name);

    /// <summary>The failure "the field cannot be used". The value itself is never repeated: it may be a secret.</summary>
    public GcpException Invalid(string name, string why) => Errors.CredentialFieldInvalid(_file.Source, _prefix + name, why);

    /// <summary>The failure "the field names a host it must not".</summary>
    public GcpException Refused(string name, string host) => Errors.CredentialUrlRefused(_file.Source, _prefix + name, host);
}
