using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>
/// Takes disks, snapshots or managed groups as their cmdlets emit them, live or deserialized, disks as instances have them attached,
/// rows with Name, Zone, Region and Project, names, and addresses; of the latter only what they say is known.
/// </summary>
internal sealed class GceResourceTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly Type _type;

    public GceResourceTransformationAttribute(Type type) => _type = type;

    private string Collection => _type == typeof(GceDisk) ? "disks" : _type == typeof(GceSnapshot) ? "snapshots" : "instanceGroupManagers";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null || value.GetType() == _type.MakeArrayType())
        {
            return value;
        }

        List<object> read = new();
        if (value is string || value is not IEnumerable many || value is IDictionary)
        {
            read.Add(Read(inputData));
        }
        else
        {
            foreach (object? item in many)
            {
                read.Add(Read(item));
            }
        }

        Array result = Array.CreateInstance(_type, read.Count);
        for (int i = 0; i < read.Count; i++)
        {
            result.SetValue(read[i], i);
        }

        return result;
    }

    private object Read(object? item)
    {
        object? bare = item is PSObject wrapped ? wrapped.BaseObject : item;
        if (bare is null)
        {
            throw Wrong("null");
        }

        if (bare.GetType() == _type)
        {
            return bare;
        }

        if (bare is string text)
        {
            return FromText(text);
        }

        PSObject value = PSObject.AsPSObject(item!);
        string type = ResourceNames.TypeNameOf(value);
        if (_type == typeof(GceDisk) && type == nameof(GceAttachedDisk))
        {
            // A local SSD is no disk of its own.
            return Text(value, nameof(GceAttachedDisk.Source)) is { } source ? FromText(source) : throw Wrong(type);
        }

        bool isOther = value.BaseObject is ValueType || (type.StartsWith("Gc", StringComparison.Ordinal) && type != _type.Name);
        return isOther || Text(value, "Name") is not { Length: > 0 } name
            ? throw Wrong(type)
            : Make(name, Text(value, "Project"), Text(value, "Zone"), Text(value, "Region"), value);
    }

    // ".../projects/p/zones/z/disks/n", ".../projects/p/global/snapshots/n", with or without what comes before.
    private object FromText(string text)
    {
        string[] parts = text.Split('/');
        int at = parts.Length - 2;
        if (at < 3 || parts[at] != Collection)
        {
            return Make(text, null, null, null, null);
        }

        string name = parts[at + 1];
        bool isGlobal = parts[at - 1] == "global" && parts[at - 3] == "projects";
        bool isPlaced = at >= 4 && parts[at - 2] is "zones" or "regions" && parts[at - 4] == "projects";
        return isGlobal ? Make(name, parts[at - 2], null, null, null)
            : !isPlaced ? Make(text, null, null, null, null)
            : parts[at - 2] == "zones" ? Make(name, parts[at - 3], parts[at - 1], null, null)
            : Make(name, parts[at - 3], null, parts[at - 1], null);
    }

    private object Make(string name, string? project, string? zone, string? region, PSObject? source)
    {
        project ??= string.Empty;
        ulong id = Number(source, "Id");
        if (_type == typeof(GceDisk))
        {
            long size = (long)Number(source, nameof(GceDisk.SizeGB));
            return new GceDisk { Name = name, Project = project, Zone = zone, Region = region, Id = id, SizeGB = size };
        }

        return _type == typeof(GceSnapshot)
            ? new GceSnapshot { Name = name, Project = project, Id = id }
            : new GceInstanceGroup { Name = name, Project = project, Zone = zone, Region = region, Id = id };
    }

    private ArgumentTransformationMetadataException Wrong(string type) =>
        new(string.Format(CultureInfo.CurrentCulture, Strings.WrongInputType, _type.Name, "Name", type));

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value is string { Length: > 0 } text ? text : null;

    private static ulong Number(PSObject? value, string property) =>
        LanguagePrimitives.TryConvertTo(value?.Properties[property]?.Value, CultureInfo.InvariantCulture, out ulong number) ? number : 0;
}
