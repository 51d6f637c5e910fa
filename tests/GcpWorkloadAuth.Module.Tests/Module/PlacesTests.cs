using System.Management.Automation;
using System.Management.Automation.Runspaces;
using GcpWorkloadAuth.Module.Tests.Harness;
using GcpWorkloadAuth.Module.Tests.Module.Child;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>Where and how else the module is brought in: odd folders, a prefix, another copy, a session without language, a pool.</summary>
public sealed class PlacesTests : CloudTest
{
    private const string Works = "(Get-GceAccessToken).TokenType; @(Get-GcsBucket).Count; (Get-GceInstance -Current).Name";

    [Theory]
    [InlineData("blanks (and) #%20&; wild[card]'s")]
    [InlineData("Übung-测试")]
    public async Task The_folder_may_be_called_anything(string name)
    {
        using TemporaryFolder folder = new();
        string copy = CopyModule(folder.File(name));

        List<ChildStep> steps = await ChildProcess.RunAsync($"Import-Module -Name '{Literal(copy)}' -ErrorAction Stop", Works);

        Assert.Empty(steps.SelectMany(s => s.Errors));
        Assert.Equal(["Bearer", "3", "demo-vm"], steps[1].Output);
        Assert.All(
            steps.SelectMany(s => s.Loaded).Where(a => a.Name.StartsWith("GcpWorkloadAuth", StringComparison.Ordinal)),
            a => Assert.StartsWith(folder.Path, a.Location, StringComparison.Ordinal));
    }

    // What a person does who has updated the module and does not restart: the new files come in, the loaded code stays.
    [Fact]
    public async Task Another_copy_after_a_removal_changes_nothing()
    {
        using TemporaryFolder folder = new();
        string copy = CopyModule(folder.File("copy"));

        List<ChildStep> steps = await ChildProcess.RunAsync(
            ChildProcess.ImportStep,
            "$null = Connect-GcpAccount -Name kept; $before = Get-GcsBucket; " + Works,
            $"Remove-Module GcpWorkloadAuth; Import-Module -Name '{copy}' -ErrorAction Stop",
            "(Get-GcpContext).Name; $before | Get-GcsBucket | ForEach-Object Name",
            Works);

        Assert.Empty(steps.SelectMany(s => s.Errors));
        Assert.Equal(["kept", "demo-project-bucket-0001", "demo-project-bucket-0002", "demo-project-bucket-0003"], steps[3].Output);
        Assert.Equal(steps[1].Output, steps[4].Output);
        Assert.Single(steps.SelectMany(s => s.Loaded), a => a.Name == "GcpWorkloadAuth.Engine");
    }

    [Fact]
    public void A_prefix_keeps_two_modules_of_the_same_names_apart()
    {
        using Shell shell = new(import: false);

        RunResult result = shell.Run($"Import-Module '{Repository.Manifest}' -Prefix New; @(Get-NewGcsBucket | Get-NewGcsBucket).Count; (Get-NewGcpAccessToken).TokenType");

        Assert.Equal(["3", "Bearer"], result.MustSucceed().Strings());
    }

    [Fact]
    public void One_cmdlet_may_be_imported_alone()
    {
        using Shell shell = new(import: false);

        RunResult result = shell.Run($"Import-Module '{Repository.Manifest}' -Cmdlet Get-GcsBucket; @(Get-GcsBucket).Count; @(Get-Command -Module GcpWorkloadAuth).Name");

        Assert.Equal(["3", "Get-GcsBucket"], result.MustSucceed().Strings());
    }

    [Fact]
    public void A_session_without_language_can_use_it()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.LanguageMode = PSLanguageMode.NoLanguage;
        state.ImportPSModule(Repository.Manifest);
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        Assert.Equal(PSLanguageMode.NoLanguage, runspace.SessionStateProxy.LanguageMode);

        foreach (string command in (string[])["Get-GcsBucket", "Get-GceInstance", "Get-GceAccessToken", "Get-GcpContext", "Connect-GcpAccount", "Get-GceMetadata"])
        {
            using PowerShell shell = PowerShell.Create(runspace);
            shell.AddCommand(command);
            Assert.NotEmpty(shell.Invoke());
            Assert.Empty(shell.Streams.Error);
        }
    }

    [Fact]
    public void A_pool_of_runspaces_can_use_it()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Repository.Manifest);
        using RunspacePool pool = RunspaceFactory.CreateRunspacePool(state);
        pool.SetMaxRunspaces(4);
        pool.Open();

        List<PowerShell> shells = [.. Enumerable.Range(0, 12).Select(_ => PowerShell.Create().AddScript("@(Get-GceInstance).Count; @(Get-GcsBucket).Count"))];
        shells.ForEach(s => s.RunspacePool = pool);
        List<IAsyncResult> started = [.. shells.Select(s => s.BeginInvoke())];

        Assert.All(shells.Zip(started), s => Assert.Equal(["5", "3"], s.First.EndInvoke(s.Second).Select(o => o.ToString())));
        Assert.Equal(1, TokenRequests);
        shells.ForEach(s => s.Dispose());
    }

    private static string CopyModule(string folder)
    {
        foreach (string file in Directory.GetFiles(Repository.StagedModule, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, "GcpWorkloadAuth", Path.GetRelativePath(Repository.StagedModule, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return Path.Combine(folder, "GcpWorkloadAuth", "GcpWorkloadAuth.psd1");
    }

    // Import-Module takes a path for a pattern.
    private static string Literal(string path) => WildcardPattern.Escape(path).Replace("'", "''", StringComparison.Ordinal);
}
