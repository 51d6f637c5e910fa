using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>
/// Lets a name parameter take one of our objects, live or deserialized, and reads the name from it. An object of another type is
/// refused by name instead of becoming a meaningless string.
/// </summary>
internal sealed class ResourceNameAttribute : ArgumentTransformationAttribute
{
    private readonly string _typeName;
    private readonly string _property;

    /// <summary>Accepts objects of a type and reads a property of them.</summary>
    public ResourceNameAttribute(Type type, string property = "Name")
    {
        _typeName = type.Name;
        _property = property;
    }

    /// <summary>Another type whose property of the same name is accepted too.</summary>
    public Type? AlsoFrom { get; set; }

    /// <summary>
    /// A type that another parameter of the cmdlet takes by property name: piped in, it does not bind here and is no error.
    /// </summary>
    public Type? Leaves { get; set; }

    /// <summary>Another such type.</summary>
    public Type? LeavesToo { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or string)
        {
            return value;
        }

        if (value is not IEnumerable many || value is IDictionary)
        {
            return NameOf(inputData);
        }

        List<string> names = new();
        foreach (object item in many)
        {
            names.Add(NameOf(item));
        }

        return names.ToArray();
    }

    private string NameOf(object item)
    {
        object? value = item is PSObject wrapped ? wrapped.BaseObject : item;
        if (value is string text)
        {
            return text;
        }

        if (value is ValueType)
        {
            return Convert.ToString(value, CultureInfo.InvariantCulture)!;
        }

        string actual = ResourceNames.TypeNameOf(PSObject.AsPSObject(item));
        if (actual == Leaves?.Name || actual == LeavesToo?.Name)
        {
            // The binder goes on to the next way to bind where a conversion failed, and only there.
            string message = string.Format(CultureInfo.CurrentCulture, Strings.WrongInputType, _typeName, _property, actual);
            throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
        }

        string typeName = AlsoFrom is not null && actual == AlsoFrom.Name ? AlsoFrom.Name : _typeName;
        return ResourceNames.Of(item, typeName, _property);
    }
}
