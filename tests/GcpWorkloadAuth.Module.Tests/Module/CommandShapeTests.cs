using System.Management.Automation;
using System.Reflection;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>What every cmdlet has in common, whatever it does.</summary>
public sealed class CommandShapeTests : IDisposable
{
    // What a cmdlet without output types does instead of emitting.
    private static readonly string[] s_emitNothing =
    [
        "Disconnect-GcpAccount",
        "Remove-GcsBucket",
        "Remove-GcsObject",
        "Set-GceGuestAttribute",
    ];

    // These only read or only concern the session; a dry run must be able to sign in.
    private static readonly string[] s_verbsThatChangeNothing = ["Connect", "Disconnect", "Get", "Select", "Test", "Wait"];

    // As those, under another verb.
    private static readonly string[] s_changeNothing =
    [
        "New-GceInstanceConfig",
        "New-GcpDownscopedToken",
        "New-GcsLifecycleRule",
        "New-GcsPostPolicy",
        "New-GcsSignedUrl",
        "Set-GcpContext",
    ];

    private static readonly string[] s_secretWords = ["token", "secret", "password", "json", "credential", "key"];

    // A path or an address that has such a word in its name is no secret itself.
    private static readonly string[] s_notSecret = ["CredentialPath", "DefaultKmsKeyName", "Key", "KmsKeyName"];

    private readonly Shell _shell = new();

    [Fact]
    public void Every_sealed_cmdlet_class_is_exported_and_nothing_else()
    {
        PSModuleInfo module = Module();
        Assembly assembly = module.ImplementingAssembly;

        List<string> classes = [.. assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Cmdlet)) && !t.IsAbstract).Select(Name)];

        Assert.Equal(classes.Order(StringComparer.Ordinal), module.ExportedCmdlets.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(module.ExportedFunctions);
        Assert.Empty(module.ExportedVariables);
        List<string> aliases = [.. Cmdlets().SelectMany(c => c.ImplementingType.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? [])];
        Assert.Equal(aliases.Order(StringComparer.Ordinal), module.ExportedAliases.Keys.Order(StringComparer.Ordinal));
        Assert.All(module.ExportedAliases.Values, a => Assert.Contains(a.Definition, classes));
    }

    [Fact]
    public void Each_cmdlet_has_a_file_named_for_it()
    {
        string commands = Path.Combine(Repository.Root, "src", "GcpWorkloadAuth", "Commands");
        List<string> files = [.. Directory.GetFiles(commands, "*Command.cs", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f))];

        Assert.Equal(Cmdlets().Select(c => c.ImplementingType.Name).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        Assert.All(Cmdlets(), c => Assert.Equal(c.Verb + c.Noun + "Command", c.ImplementingType.Name));
        Assert.All(Cmdlets(), c => Assert.True(c.ImplementingType.IsSealed, c.Name));
        Assert.All(Cmdlets(), c => Assert.Equal("GcpWorkloadAuth.Commands", c.ImplementingType.Namespace));
    }

    [Fact]
    public void Verbs_are_approved_and_nouns_have_our_prefixes()
    {
        HashSet<string> approved = [.. ApprovedVerbs()];

        Assert.All(Cmdlets(), c => Assert.Contains(c.Verb, approved));
        Assert.All(Cmdlets(), c => Assert.Contains(c.Noun[..3], (string[])["Gcp", "Gce", "Gcs"]));
    }

    [Fact]
    public void Import_has_nothing_to_warn_of()
    {
        using Shell shell = new(import: false);

        RunResult result = shell.Run($"Import-Module '{Repository.Manifest}'").MustSucceed();

        Assert.Empty(result.Warnings);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void What_comes_out_is_declared()
    {
        Assert.Equal(s_emitNothing, Cmdlets().Where(c => c.OutputType.Count == 0).Select(c => c.Name));
        foreach (CmdletInfo cmdlet in Cmdlets())
        {
            string[] sets = [.. cmdlet.ParameterSets.Select(s => s.Name)];
            IEnumerable<string> named = cmdlet.ImplementingType.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.ParameterSetName);
            Assert.All(named.Where(n => n != ParameterAttribute.AllParameterSets), n => Assert.Contains(n, sets));
        }
    }

    [Fact]
    public void The_help_is_on_the_web_too()
    {
        foreach (CmdletInfo cmdlet in Cmdlets())
        {
            Uri help = new(cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.HelpUri);
            Assert.Equal("https", help.Scheme);
            Assert.EndsWith("/docs/en-US/" + cmdlet.Name + ".md", help.AbsolutePath, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", "en-US", cmdlet.Name + ".md")), cmdlet.Name);
        }
    }

    [Fact]
    public void Every_set_takes_a_context_and_one_pipeline_parameter_at_most()
    {
        foreach (CmdletInfo cmdlet in Cmdlets())
        {
            foreach (CommandParameterSetInfo set in cmdlet.ParameterSets)
            {
                Assert.Equal("GcpWorkloadAuth.GcpContext", set.Parameters.Single(p => p.Name == "Context").ParameterType.FullName);
                Assert.True(set.Parameters.Count(p => p.ValueFromPipeline) <= 1, cmdlet.Name + " " + set.Name);
                int[] positions = [.. set.Parameters.Where(p => p.Position >= 0).Select(p => p.Position)];
                Assert.Equal(positions.Distinct().Count(), positions.Length);
            }
        }
    }

    [Fact]
    public void A_secret_is_a_SecureString()
    {
        int secrets = 0;
        foreach (ParameterMetadata parameter in Cmdlets().SelectMany(c => c.Parameters.Values))
        {
            bool isSecret = s_secretWords.Any(w => parameter.Name.Contains(w, StringComparison.OrdinalIgnoreCase));
            if (!isSecret || parameter.SwitchParameter || s_notSecret.Contains(parameter.Name))
            {
                continue;
            }

            secrets++;
            Assert.Equal(typeof(System.Security.SecureString), parameter.ParameterType);
        }

        Assert.Equal(9, secrets);
    }

    [Fact]
    public void Switches_are_switches_and_names_are_singular()
    {
        foreach (ParameterMetadata parameter in Own(Cmdlets()))
        {
            Assert.NotEqual(typeof(bool), parameter.ParameterType);
            Assert.False(parameter.Name.EndsWith('s') && parameter.ParameterType.IsArray, parameter.Name);
            Assert.False(parameter.IsDynamic, parameter.Name);
        }
    }

    [Fact]
    public void What_changes_something_asks_for_confirmation_and_nothing_that_signs_in_or_reads_does()
    {
        foreach (CmdletInfo cmdlet in Cmdlets())
        {
            bool changes = !s_verbsThatChangeNothing.Contains(cmdlet.Verb) && !s_changeNothing.Contains(cmdlet.Name);
            bool asks = cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess;
            Assert.True(changes == asks, $"{cmdlet.Name}: {(changes ? "changes something and does not ask" : "asks and changes nothing")}");
        }
    }

    [Fact]
    public void An_object_of_ours_is_its_name()
    {
        Assembly assembly = Module().ImplementingAssembly;

        foreach (Type type in assembly.GetExportedTypes().Where(t => t.Namespace == "GcpWorkloadAuth" && t is { IsClass: true } && !t.IsSubclassOf(typeof(Exception))))
        {
            Assert.Equal(type, type.GetMethod("ToString", [])!.DeclaringType);
        }
    }

    public void Dispose() => _shell.Dispose();

    private static string Name(Type type)
    {
        CmdletAttribute cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        return cmdlet.VerbName + "-" + cmdlet.NounName;
    }

    private static IEnumerable<string> ApprovedVerbs() =>
        typeof(Cmdlet).Assembly.GetExportedTypes()
            .Where(t => t.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(f => (string)f.GetValue(null)!);

    private static IEnumerable<ParameterMetadata> Own(IEnumerable<CmdletInfo> cmdlets) =>
        cmdlets.SelectMany(c => c.Parameters.Values).Where(p => !Cmdlet.CommonParameters.Contains(p.Name));

    private PSModuleInfo Module() => _shell.Run("Get-Module GcpWorkloadAuth").Single<PSModuleInfo>();

    private IEnumerable<CmdletInfo> Cmdlets() => Module().ExportedCmdlets.Values.OrderBy(c => c.Name, StringComparer.Ordinal);
}
