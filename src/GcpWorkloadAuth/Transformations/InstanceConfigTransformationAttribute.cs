using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>Takes configurations from New-GceInstanceConfig, live or deserialized, and hashtables of API fields.</summary>
internal sealed class InstanceConfigTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or GceInstanceConfig)
        {
            return value;
        }

        PSObject item = PSObject.AsPSObject(inputData);
        string type = ResourceNames.TypeNameOf(item);
        object? fields = value as IDictionary ?? (type == nameof(GceInstanceConfig) ? item.Properties[nameof(GceInstanceConfig.Fields)]?.Value : null);
        if (fields is not null && JsonValues.From(fields, nameof(GceInstanceConfig)) is IReadOnlyDictionary<string, object?> known)
        {
            return new GceInstanceConfig(known);
        }

        string message = string.Format(CultureInfo.CurrentCulture, Strings.WrongInputType, nameof(GceInstanceConfig), nameof(GceInstanceConfig.Fields), type);
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
