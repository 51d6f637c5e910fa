using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>
/// Takes transfer jobs as the cmdlets emit them, live or deserialized, and names; of the latter only the name is known.
/// </summary>
internal sealed class GcsTransferJobTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or GcsTransferJob[])
        {
            return value;
        }

        if (value is string || value is not IEnumerable many || value is IDictionary)
        {
            return new[] { Read(inputData) };
        }

        List<GcsTransferJob> jobs = new();
        foreach (object item in many)
        {
            jobs.Add(Read(item));
        }

        return jobs.ToArray();
    }

    private static GcsTransferJob Read(object item)
    {
        switch (item is PSObject wrapped ? wrapped.BaseObject : item)
        {
            case GcsTransferJob job:
                return job;
            case string name:
                return Named(name, null);
        }

        PSObject value = PSObject.AsPSObject(item);
        string type = ResourceNames.TypeNameOf(value);
        bool isMeant = type == nameof(GcsTransferJob) || value.BaseObject is PSCustomObject && type is nameof(PSCustomObject) or "System.Management.Automation.PSCustomObject";
        if (isMeant && value.Properties[nameof(GcsTransferJob.Name)]?.Value is string text)
        {
            return Named(text, value.Properties[nameof(GcsTransferJob.Project)]?.Value as string);
        }

        // An invalid cast lets the binder go on to binding by property name.
        string message = string.Format(CultureInfo.CurrentCulture, Strings.WrongInputType, nameof(GcsTransferJob), nameof(GcsTransferJob.Name), type);
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }

    private static GcsTransferJob Named(string name, string? project)
    {
        try
        {
            return new GcsTransferJob { Name = TransferJobNames.Whole(name), Project = project };
        }
        catch (GcpException failure)
        {
            throw new ArgumentTransformationMetadataException(failure.Message + " " + failure.Advice, failure);
        }
    }
}
