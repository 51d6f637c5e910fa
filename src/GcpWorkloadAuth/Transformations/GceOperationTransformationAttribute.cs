using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>Takes operations, live or deserialized, and names of operations; of the latter only the name is known.</summary>
internal sealed class GceOperationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or GceOperation[])
        {
            return value;
        }

        if (value is string || value is not IEnumerable many || value is IDictionary)
        {
            return new[] { Read(inputData) };
        }

        List<GceOperation> operations = new();
        foreach (object item in many)
        {
            operations.Add(Read(item));
        }

        return operations.ToArray();
    }

    private static GceOperation Read(object? item)
    {
        switch (item is PSObject wrapped ? wrapped.BaseObject : item)
        {
            case GceOperation known:
                return known;
            case string text:
                return new GceOperation { Name = text };
            case null:
                throw Wrong("null");
        }

        PSObject value = PSObject.AsPSObject(item);
        string type = ResourceNames.TypeNameOf(value);
        if (type != nameof(GceOperation) || Text(value, nameof(GceOperation.Name)) is not { Length: > 0 } name)
        {
            throw Wrong(type);
        }

        return new GceOperation
        {
            Name = name,
            Project = Text(value, nameof(GceOperation.Project)) ?? string.Empty,
            Zone = Text(value, nameof(GceOperation.Zone)),
            Region = Text(value, nameof(GceOperation.Region)),
            OperationType = Text(value, nameof(GceOperation.OperationType)) ?? string.Empty,
            TargetLink = Text(value, nameof(GceOperation.TargetLink)),
        };
    }

    private static ArgumentTransformationMetadataException Wrong(string type) =>
        new(string.Format(CultureInfo.CurrentCulture, Strings.WrongInputType, nameof(GceOperation), nameof(GceOperation.Name), type));

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value as string;
}
