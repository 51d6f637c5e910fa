namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>Variables by name, so that a list of them can stand as one argument.</summary>
internal sealed class EnvironmentVariables : List<(string Name, string Value)>;
