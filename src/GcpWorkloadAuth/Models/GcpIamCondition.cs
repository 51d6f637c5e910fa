namespace GcpWorkloadAuth;

/// <summary>When a binding counts. Source: https://cloud.google.com/iam/docs/conditions-overview.</summary>
public sealed class GcpIamCondition
{
    /// <summary>A short name.</summary>
    public string Title { get; internal set; } = string.Empty;

    /// <summary>An expression of the Common Expression Language that is true when the role counts.</summary>
    public string Expression { get; internal set; } = string.Empty;

    /// <summary>What it is for; null where nothing is said.</summary>
    public string? Description { get; internal set; }

    /// <summary>The title.</summary>
    public override string ToString() => Title;

    /// <summary>Two conditions are one where title, expression and description are equal, as IAM has it; null is no condition.</summary>
    internal static bool AreEqual(GcpIamCondition? one, GcpIamCondition? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.Title == other.Title && one.Expression == other.Expression && (one.Description ?? string.Empty) == (other.Description ?? string.Empty);
}
