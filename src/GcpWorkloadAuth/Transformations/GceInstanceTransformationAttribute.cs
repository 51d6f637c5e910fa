using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>
/// Takes instances as Get-GceInstance emits them and members of groups, live or deserialized, rows with Name, Zone and Project, names, and addresses; of
/// the latter only what they say is known.
/// </summary>
internal sealed class GceInstanceTransformationAttribute : ArgumentTransformationAttribute
{
    private const string Instances = "/instances/";

    /// <summary>Takes IAM policies of instances and their bindings too: they bring the instance's address along.</summary>
    public bool TakesPolicies { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or GceInstance[])
        {
            return value;
        }

        if (value is string || value is not IEnumerable many || value is IDictionary)
        {
            return new[] { Read(inputData) };
        }

        List<GceInstance> instances = new();
        foreach (object item in many)
        {
            instances.Add(Read(item));
        }

        return instances.ToArray();
    }

    private GceInstance Read(object? item)
    {
        switch (item is PSObject wrapped ? wrapped.BaseObject : item)
        {
            case GceInstance known:
                return known;
            case string text:
                return FromText(text);
            case null:
                throw Wrong("null");
        }

        PSObject value = PSObject.AsPSObject(item);
        string type = ResourceNames.TypeNameOf(value);
        if (TakesPolicies && type is (nameof(GcpIamPolicy) or nameof(GcpIamBinding)))
        {
            return Text(value, nameof(GcpIamPolicy.Resource)) is { } address && address.Contains(Instances) ? FromText(address) : throw Wrong(type);
        }

        bool isOther = value.BaseObject is ValueType || (type.StartsWith("Gc", StringComparison.Ordinal) && type is not (nameof(GceInstance) or nameof(GceInstanceGroupMember)));
        if (isOther || Text(value, nameof(GceInstance.Name)) is not { Length: > 0 } name)
        {
            throw Wrong(type);
        }

        return new GceInstance
        {
            Name = name,
            Zone = Text(value, nameof(GceInstance.Zone)) ?? string.Empty,
            Project = Text(value, nameof(GceInstance.Project)) ?? string.Empty,
            Status = Text(value, nameof(GceInstance.Status)) ?? string.Empty,
        };
    }

    // ".../projects/p/zones/z/instances/n", with or without what comes before.
    private static GceInstance FromText(string text)
    {
        int at = text.LastIndexOf(Instances, StringComparison.Ordinal);
        if (at < 0)
        {
            return new GceInstance { Name = text };
        }

        string[] before = text.Substring(0, at).Split('/');
        int count = before.Length;
        bool isAddress = count >= 4 && before[count - 2] == "zones" && before[count - 4] == "projects";
        return isAddress
            ? new GceInstance { Name = text.Substring(at + Instances.Length), Zone = before[count - 1], Project = before[count - 3] }
            : new GceInstance { Name = text };
    }

    private static ArgumentTransformationMetadataException Wrong(string type) =>
        new(string.Format(CultureInfo.CurrentCulture, Strings.WrongInputType, nameof(GceInstance), nameof(GceInstance.Name), type));

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value as string;
}
