using System.Management.Automation;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Transformations;

/// <summary>Takes the condition of a binding, live or deserialized, or a hashtable with Title, Expression and Description.</summary>
internal sealed class IamConditionAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (bare is null or GcpIamCondition)
        {
            return bare;
        }

        try
        {
            LooseMap map = LooseMap.Of(inputData, static _ => Errors.IamConditionIncomplete()) ?? throw Errors.IamConditionIncomplete();
            return new GcpIamCondition
            {
                Title = map.Text("Title") ?? throw Errors.IamConditionIncomplete(),
                Expression = map.Text("Expression") ?? throw Errors.IamConditionIncomplete(),
                Description = map.Text("Description"),
            };
        }
        catch (GcpException failure)
        {
            throw new ArgumentTransformationMetadataException(failure.Message + " " + failure.Advice, failure);
        }
    }
}
