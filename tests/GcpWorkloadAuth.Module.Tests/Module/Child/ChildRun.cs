using System.Collections;
using System.Text.Json;
using GcpWorkloadAuth.Module.Tests.Harness;

namespace GcpWorkloadAuth.Module.Tests.Module.Child;

/// <summary>The child's side: runs the steps in one runspace, one after the other.</summary>
internal static class ChildRun
{
    public static int Run(string reportFile, string[] steps)
    {
        List<ChildStep> report = [];
        using (Shell shell = new(import: false))
        {
            foreach (string step in steps)
            {
                report.Add(RunStep(shell, step));
            }
        }

        File.WriteAllText(reportFile, JsonSerializer.Serialize(report));
        return 0;
    }

    private static ChildStep RunStep(Shell shell, string script)
    {
        HashSet<string> before = [.. Assemblies().Select(a => a.ToString())];
        Dictionary<string, string> environment = Variables();
        RunResult result = shell.Run(script);
        return new ChildStep
        {
            Output = result.Strings(),
            Errors = [.. result.Errors.Select(e => e.FullyQualifiedErrorId + ": " + e)],
            Loaded = [.. Assemblies().Where(a => !before.Contains(a.ToString()))],
            Environment = Changes(environment, Variables()),
        };
    }

    private static IEnumerable<LoadedAssembly> Assemblies() => AppDomain.CurrentDomain.GetAssemblies().Select(LoadedAssembly.Of);

    private static Dictionary<string, string> Variables()
    {
        Dictionary<string, string> variables = [];
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? string.Empty;
        }

        return variables;
    }

    private static List<string> Changes(Dictionary<string, string> before, Dictionary<string, string> after) =>
    [
        .. after.Where(v => !before.TryGetValue(v.Key, out string? old) || old != v.Value).Select(v => v.Key + "=" + v.Value),
        .. before.Keys.Where(name => !after.ContainsKey(name)),
    ];
}
