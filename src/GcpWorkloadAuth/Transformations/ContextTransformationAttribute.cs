using System.Management.Automation;

namespace GcpWorkloadAuth.Transformations;

/// <summary>Lets -Context take a name, a live context, or one that came back from a job.</summary>
internal sealed class ContextTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null or GcpContext => value,
            string name => new GcpContext(name),
            _ => new GcpContext(ResourceNames.Of(inputData, nameof(GcpContext), nameof(GcpContext.Name))),
        };
    }
}
