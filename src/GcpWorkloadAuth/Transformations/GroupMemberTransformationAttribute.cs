using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>Takes members of managed groups, live or deserialized, and names of instances; of the latter no more is known.</summary>
internal sealed class GroupMemberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or GceInstanceGroupMember[])
        {
            return value;
        }

        if (value is string || value is not IEnumerable many || value is IDictionary)
        {
            return new[] { Read(inputData) };
        }

        List<GceInstanceGroupMember> members = new();
        foreach (object item in many)
        {
            members.Add(Read(item));
        }

        return members.ToArray();
    }

    private static GceInstanceGroupMember Read(object? item)
    {
        switch (item is PSObject wrapped ? wrapped.BaseObject : item)
        {
            case GceInstanceGroupMember known:
                return known;
            case string name:
                return new GceInstanceGroupMember { Name = name };
            case null:
                throw Wrong("null");
        }

        PSObject value = PSObject.AsPSObject(item);
        string type = ResourceNames.TypeNameOf(value);
        if (type != nameof(GceInstanceGroupMember) || Text(value, nameof(GceInstanceGroupMember.Name)) is not { } member)
        {
            throw Wrong(type);
        }

        return new GceInstanceGroupMember
        {
            Name = member,
            Project = Text(value, nameof(GceInstanceGroupMember.Project)) ?? string.Empty,
            Zone = Text(value, nameof(GceInstanceGroupMember.Zone)) ?? string.Empty,
            Group = Text(value, nameof(GceInstanceGroupMember.Group)) ?? string.Empty,
            GroupZone = Text(value, nameof(GceInstanceGroupMember.GroupZone)),
            GroupRegion = Text(value, nameof(GceInstanceGroupMember.GroupRegion)),
            InstanceLink = Text(value, nameof(GceInstanceGroupMember.InstanceLink)),
        };
    }

    private static ArgumentTransformationMetadataException Wrong(string type) => new(string.Format(
        CultureInfo.CurrentCulture, Strings.WrongInputType, nameof(GceInstanceGroupMember), nameof(GceInstanceGroupMember.Name), type));

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value is string { Length: > 0 } text ? text : null;
}
