using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>What a new instance is to be, as New-GceInstance takes it.</summary>
public sealed class GceInstanceConfig
{
    internal GceInstanceConfig(IReadOnlyDictionary<string, object?> fields) => Fields = fields;

    /// <summary>
    /// The fields of the instance as the API has them. What belongs to a zone is named without it.
    /// Source: https://cloud.google.com/compute/docs/reference/rest/v1/instances.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Fields { get; }

    /// <summary>The machine type; null where none was chosen.</summary>
    public string? MachineType => Fields.TryGetValue("machineType", out object? value) ? value as string : null;

    /// <summary>The machine type.</summary>
    public override string ToString() => MachineType ?? nameof(GceInstanceConfig);
}
