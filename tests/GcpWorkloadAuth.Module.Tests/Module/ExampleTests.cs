using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using HelpBuilder.Pages;
using Markdig.Syntax;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>
/// The examples of the help. Each is parsed and bound; each that gets by with the engine's own cmdlets is run against the emulated
/// cloud. The others are run by tests/Pester.
/// </summary>
public sealed class ExampleTests(ITestOutputHelper log) : CloudTest
{
    // What the hosted engine lacks. A page that needs another command is a decision, not an accident.
    private static readonly string[] s_ofPowerShellItself =
    [
        "ConvertTo-Csv", "ConvertTo-Json", "ConvertTo-SecureString", "Export-Csv", "Format-Table", "Invoke-RestMethod", "Select-Object",
        "Sort-Object", "Start-Sleep", "Write-Output",
    ];

    public static IEnumerable<TheoryDataRow<string, string, string>> Examples =>
        from path in Directory.GetFiles(Path.Combine(Repository.Root, "docs", "en-US"), "*-*.md").Order(StringComparer.Ordinal)
        from example in new CommandPage(HelpPage.Read(path)).ReadExamples()
        select new TheoryDataRow<string, string, string>(Path.GetFileNameWithoutExtension(path), example.Title, example.Code);

    // The codes of the about_ topics and of the README: prose around them, no promise that each stands alone.
    public static IEnumerable<TheoryDataRow<string, string>> Snippets =>
        from path in Directory.GetFiles(Path.Combine(Repository.Root, "docs", "en-US"), "about_*.md").Append(Path.Combine(Repository.Root, "README.md"))
        where File.Exists(path)
        from block in HelpPage.Read(path).Document.Descendants<FencedCodeBlock>()
        where block.Info is "powershell" or "pwsh"
        select new TheoryDataRow<string, string>(Path.GetFileName(path), block.Lines.ToString());

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_binds_and_runs(string page, string title, string code)
    {
        ScriptBlockAst script = Parse(code);
        Check(script, allowUnknown: false);
        Assert.Contains(Commands(script), c => c.GetCommandName() == page);
        if (Lacking(script).Count > 0)
        {
            return;
        }

        Prepare(code);
        RunResult result = Run(code);

        Assert.True(result.Errors.Count == 0, $"{page}, {title}: {string.Join("; ", result.Errors)}");
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public void A_snippet_binds(string page, string code)
    {
        Assert.NotEmpty(page);
        Check(Parse(code), allowUnknown: true);
    }

    [Fact]
    public void Most_examples_are_run_here_and_the_others_by_Pester()
    {
        List<(string Title, List<string> Lacking)> examples =
            [.. Examples.Select(e => (e.Data.Item1 + ", " + e.Data.Item2, Lacking(Parse(e.Data.Item3))))];
        List<(string Title, List<string> Lacking)> bound = [.. examples.Where(e => e.Lacking.Count > 0)];

        log.WriteLine($"{examples.Count - bound.Count} examples run against the emulated cloud, {bound.Count} only parsed and bound:");
        bound.ForEach(e => log.WriteLine($"  {e.Title} ({string.Join(", ", e.Lacking)})"));

        Assert.True(examples.Count >= 20, $"{examples.Count} examples");
        Assert.True(bound.Count * 4 < examples.Count, $"{bound.Count} of {examples.Count}");
        Assert.Equal(examples.Count, examples.Select(e => e.Title).Distinct().Count());
    }

    /// <summary>What the examples take for granted: a key file, its content, a file of identity federation, an attribute.</summary>
    private void Prepare(string code)
    {
        if (code.Contains("$env:GCP_KEY", StringComparison.Ordinal))
        {
            string key = Cloud.State.CreateServiceAccountKey(ownTokenUri: true);
            Environment.Set("GCP_KEY_FILE", Environment.WriteFile("key.json", key));
            Environment.Set("GCP_KEY", key);
        }

        foreach (string target in (string[])["deploy@demo-project.iam.gserviceaccount.com", "caller@demo-project.iam.gserviceaccount.com"])
        {
            Cloud.State.ServiceAccounts.GetOrAdd(target);
            Cloud.State.Impersonations.Allow(Account, target);
        }

        if (code.Contains("-FromGcloud", StringComparison.Ordinal))
        {
            StandInForGcloud();
        }

        if (code.Contains("$env:GCP_FEDERATION_FILE", StringComparison.Ordinal))
        {
            string subject = Environment.WriteFile("subject", Cloud.State.Federation.IssueSubjectToken());
            Environment.Set(
                "GCP_FEDERATION_FILE",
                Environment.WriteFile("federation.json", Cloud.State.CreateExternalAccount("{\"file\":\"" + subject.Replace('\\', '/') + "\"}")));
        }

        foreach (string name in (string[])["report.csv", "old.txt", "logs/2026/01.txt", "logs/2026/02.txt", "logs/2025/12.txt"])
        {
            Cloud.State.Objects.Put(Cloud.State.Buckets.All[0].Name, name, name);
        }

        Environment.Set("GOOGLE_OAUTH_ACCESS_TOKEN", null);
        Cloud.State.Machine.SetInstanceAttribute("role", "db");
        Cloud.State.Machine.GuestAttributesEnabled = true;
        Cloud.State.Machine.AttachAlso("second@demo-project.iam.gserviceaccount.com", [Scopes.StorageReadOnly]);

        // A credential file may not name a token endpoint on this machine: only -Endpoint may.
        Run("$PSDefaultParameterValues = @{ 'Connect-GcpAccount:Endpoint' = @{ token = '" + Cloud.ApiAddress + "token'; sts = '" + Cloud.ApiAddress
            + "' } }").MustSucceed();
    }

    // The machine's own gcloud, if it has one, is not for tests.
    private void StandInForGcloud()
    {
        string json = "{\"credential\":{\"access_token\":\"" + Cloud.State.Tokens.Issue("person@example.com", [Scopes.CloudPlatform]).Value + "\"}}";
        string path = OperatingSystem.IsWindows()
            ? Environment.WriteFile("bin/gcloud.cmd", "@echo " + json + "\r\n")
            : Environment.WriteFile("bin/gcloud", "#!/bin/sh\necho '" + json + "'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Environment.Set("PATH", Path.GetDirectoryName(path) + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH"));
    }

    private static ScriptBlockAst Parse(string code)
    {
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        Assert.Empty(errors);
        return script;
    }

    private static IEnumerable<CommandAst> Commands(ScriptBlockAst script) =>
        script.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>();

    private List<string> Lacking(ScriptBlockAst script) =>
        [.. Commands(script).Select(c => c.GetCommandName()).Where(n => n is not null && Resolve(n) is null).Distinct()];

    private CommandInfo? Resolve(string name) =>
        Run("$ExecutionContext.InvokeCommand.GetCommand($args[0], 'All')", name).Output.SingleOrDefault()?.BaseObject switch
        {
            AliasInfo alias => alias.ResolvedCommand,
            CommandInfo command => command,
            _ => null,
        };

    private void Check(ScriptBlockAst script, bool allowUnknown)
    {
        foreach (CommandAst call in Commands(script))
        {
            string? name = call.GetCommandName();
            Assert.NotNull(name);
            if (name.StartsWith(@"GoogleCloud\", StringComparison.Ordinal))
            {
                continue; // the other module's, by its full name
            }

            if (Resolve(name) is not { } command)
            {
                Assert.True(allowUnknown || s_ofPowerShellItself.Contains(name), name);
                Assert.DoesNotContain(name.Split('-').Last()[..3], (string[])["Gcp", "Gce", "Gcs"]);
                continue;
            }

            foreach (CommandParameterAst parameter in call.CommandElements.OfType<CommandParameterAst>())
            {
                Assert.NotNull(command.ResolveParameter(parameter.ParameterName));
            }

            // The static binder takes @splatted for a value.
            if (!call.CommandElements.Any(e => e is VariableExpressionAst { Splatted: true }))
            {
                Bind(call);
            }
        }
    }

    // Positions, parameter sets, values that are there twice: what the engine's own binder says without running anything.
    private void Bind(CommandAst call)
    {
        Runspace? before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = Shell.Runspace;
        try
        {
            StaticBindingResult result = StaticParameterBinder.BindCommand(call);
            Assert.True(
                result.BindingExceptions.Count == 0,
                call + ": " + string.Join("; ", result.BindingExceptions.Values.Select(e => e.BindingException.Message)));
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
    }
}
