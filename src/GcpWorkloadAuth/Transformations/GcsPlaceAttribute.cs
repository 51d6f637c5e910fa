using System.Management.Automation;

namespace GcpWorkloadAuth.Transformations;

/// <summary>
/// Lets a parameter that is a bucket or a prefix take text as it stands, a bucket from Get-GcsBucket or a prefix from Get-GcsObject
/// -Delimiter, live or deserialized; of these their gs:// address.
/// </summary>
internal sealed class GcsPlaceAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or string)
        {
            return value;
        }

        return ResourceNames.TypeNameOf(PSObject.AsPSObject(inputData)) == nameof(GcsPrefix)
            ? ResourceNames.Of(inputData, nameof(GcsPrefix), nameof(GcsPrefix.Uri))
            : ResourceNames.Of(inputData, nameof(GcsBucket), nameof(GcsBucket.Name));
    }
}
