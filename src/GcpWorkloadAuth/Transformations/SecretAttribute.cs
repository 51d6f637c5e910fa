using System.Management.Automation;
using System.Security;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Transformations;

/// <summary>Refuses a secret in plain text without repeating it; PowerShell's own error for a wrong type shows the value.</summary>
internal sealed class SecretAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is null or SecureString ? value : throw new ArgumentTransformationMetadataException(Strings.SecretNotSecure);
    }
}
