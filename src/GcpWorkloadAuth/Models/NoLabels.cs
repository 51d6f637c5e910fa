using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>The empty dictionary that every resource without labels shares.</summary>
internal static class NoLabels
{
    public static readonly IReadOnlyDictionary<string, string> Instance = new Dictionary<string, string>(0);
}
