using System;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>Reads a name from one of our objects, live or deserialized (from Start-Job, remoting, Import-Clixml).</summary>
internal static class ResourceNames
{
    private const string Namespace = "GcpWorkloadAuth.";

    /// <summary>The property of an object of that type; refuses an object of another type by name.</summary>
    public static string Of(object input, string typeName, string property)
    {
        PSObject wrapped = PSObject.AsPSObject(input);
        string actual = TypeNameOf(wrapped);
        if (string.Equals(actual, typeName, StringComparison.Ordinal) && wrapped.Properties[property]?.Value is string name)
        {
            return name;
        }

        // A custom object, a row of a CSV file, may yet bind by its properties: an invalid cast lets the binder go on to them.
        string message = string.Format(CultureInfo.CurrentCulture, Strings.WrongInputType, typeName, property, actual);
        throw new ArgumentTransformationMetadataException(message, IsCustom(wrapped) ? new PSInvalidCastException(message) : null);
    }

    private static bool IsCustom(PSObject value)
    {
        foreach (string name in value.TypeNames)
        {
            if (name.EndsWith("System.Management.Automation.PSCustomObject", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name of one of our types without its namespace and without "Deserialized."; any other type's full name.</summary>
    public static string TypeNameOf(PSObject value)
    {
        string full = value.TypeNames.Count > 0 ? value.TypeNames[0] : value.BaseObject.GetType().FullName!;
        string plain = full.StartsWith("Deserialized.", StringComparison.Ordinal) ? full.Substring("Deserialized.".Length) : full;
        return plain.StartsWith(Namespace, StringComparison.Ordinal) ? plain.Substring(Namespace.Length) : plain;
    }
}
