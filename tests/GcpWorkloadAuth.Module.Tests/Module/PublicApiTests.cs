using System.Management.Automation;
using System.Reflection;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>
/// What scripts and other modules can hold on to. A change of it is meant or it is a mistake: after a meant one, run this test
/// with GCPWORKLOADAUTH_UPDATE_PUBLIC_API=1 and commit PublicApi.txt.
/// </summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "GCPWORKLOADAUTH_UPDATE_PUBLIC_API";

    private static readonly string s_file =
        Path.Combine(Repository.Root, "tests", "GcpWorkloadAuth.Module.Tests", "Module", "PublicApi.txt");

    [Fact]
    public void It_is_what_was_agreed_on()
    {
        List<string> actual = PublicApiText.Lines(ModuleAssembly());
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(s_file, string.Join('\n', actual) + "\n");
        }

        string[] agreed = File.ReadAllText(s_file).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

        string difference = Difference(agreed, actual);
        Assert.True(difference.Length == 0, $"The public API differs from PublicApi.txt ({UpdateVariable}=1 rewrites it):\n{difference}");
    }

    [Fact]
    public void It_mentions_only_types_of_the_runtime_of_PowerShell_and_of_its_own()
    {
        Assembly own = ModuleAssembly();
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        Assert.All(
            PublicApiText.MentionedTypes(own),
            type => Assert.True(
                type.Assembly == own || type.Assembly == typeof(PSObject).Assembly || Path.GetDirectoryName(type.Assembly.Location) == runtime,
                type + " of " + type.Assembly));
    }

    [Fact]
    public void Its_objects_can_only_be_read()
    {
        IEnumerable<string> settable =
            from type in ModuleAssembly().GetExportedTypes()
            where type.Namespace == "GcpWorkloadAuth" && !type.IsSubclassOf(typeof(Exception))
            from property in type.GetProperties()
            where property.SetMethod is { IsPublic: true }
            select type.Name + "." + property.Name;

        Assert.Empty(settable);
    }

    [Fact]
    public void A_list_or_dictionary_of_it_cannot_be_changed_by_whoever_was_given_it()
    {
        IEnumerable<PropertyInfo> collections =
            from type in ModuleAssembly().GetExportedTypes()
            where type.Namespace == "GcpWorkloadAuth" && !type.IsSubclassOf(typeof(Exception))
            from property in type.GetProperties()
            where property.PropertyType != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(property.PropertyType)
            select property;

        Assert.All(collections, p => Assert.Contains(p.PropertyType.Name, (string[])["IReadOnlyList`1", "IReadOnlyDictionary`2"]));
    }

    private static Assembly ModuleAssembly()
    {
        using Shell shell = new();
        return shell.Run("(Get-Module GcpWorkloadAuth).ImplementingAssembly").Single<Assembly>();
    }

    // Members stand below their type: a changed line is shown with it.
    private static string Difference(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        List<string> old = WithType(before);
        List<string> now = WithType(after);
        IEnumerable<string> gone = old.Except(now).Select(l => "  - " + l);
        return string.Join('\n', gone.Concat(now.Except(old).Select(l => "  + " + l)));
    }

    private static List<string> WithType(IEnumerable<string> lines)
    {
        string type = string.Empty;
        List<string> whole = [];
        foreach (string line in lines)
        {
            type = line.StartsWith(' ') ? type : line.Split(' ').First(w => w.StartsWith("GcpWorkloadAuth.", StringComparison.Ordinal));
            whole.Add(line.StartsWith(' ') ? type + ": " + line.Trim() : line);
        }

        return whole;
    }
}
