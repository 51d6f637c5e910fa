using GcpWorkloadAuth.Module.Tests.Harness;
using GcpWorkloadAuth.Module.Tests.Module.Child;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>What comes into the process, and when. Each test has a process of its own.</summary>
public sealed class ImportTests : CloudTest
{
    [Fact]
    public async Task Import_loads_one_assembly_and_does_nothing_else()
    {
        using TemporaryFolder folder = new();
        string empty = StandIns.WriteEmptyModule(folder.Path);

        List<ChildStep> steps = await ChildProcess.RunAsync(
            $"Import-Module '{empty}' -ErrorAction Stop",
            ChildProcess.ImportStep,
            "@(Get-Command -Module GcpWorkloadAuth -CommandType Cmdlet).Name");

        ChildStep import = steps[1];
        Assert.Empty(steps.SelectMany(s => s.Errors));
        Assert.Contains("EmptyModule", steps[0].LoadedNames);
        Assert.Equal(["GcpWorkloadAuth"], import.LoadedNames);
        Assert.Equal(Path.Combine(Repository.StagedModule, "bin", "GcpWorkloadAuth.dll"), import.Loaded[0].Location);
        Assert.Empty(import.Environment);
        Assert.Contains("Get-GcsBucket", steps[2].Output);
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public async Task Everything_on_a_VM_does_without_Googles_libraries()
    {
        List<ChildStep> steps = await ChildProcess.RunAsync(
            ChildProcess.ImportStep,
            "Get-GceAccessToken; Get-GceAccessToken -AsHeader; Get-GceAccessToken -ForceRefresh",
            "Get-GcsBucket; Get-GcsBucket demo-project-bucket-0001",
            "Get-GceInstance; Get-GceInstance demo-vm -Zone europe-west1-b; Get-GceInstance -Current",
            "Get-GceMetadata -Recurse; Get-GceServiceAccount; Connect-GcpAccount; Get-GcpContext; Disconnect-GcpAccount -All");

        Assert.Empty(steps.SelectMany(s => s.Errors));
        Assert.All(steps, s => Assert.Empty(s.Environment));
        List<LoadedAssembly> loaded = [.. steps.SelectMany(s => s.Loaded)];
        Assert.DoesNotContain(loaded, a => a.Name.StartsWith("Google.", StringComparison.Ordinal) || a.Name == "Newtonsoft.Json");
        Assert.Equal(
            ["GcpWorkloadAuth Default", "GcpWorkloadAuth.Engine GcpWorkloadAuth.Engine", "GcpWorkloadAuth.Loader Default"],
            loaded.Where(IsStaged).Select(a => a.Name + " " + a.Context).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("System.Net.Http", steps[1].LoadedNames);
    }

    [Fact]
    public async Task Of_lib_only_the_loader_is_in_the_default_context()
    {
        string key = Environment.WriteFile("key.json", Cloud.State.CreateServiceAccountKey(ownTokenUri: true));

        List<ChildStep> steps = await ChildProcess.RunAsync(
            ChildProcess.ImportStep,
            $"Connect-GcpAccount -CredentialPath '{key}' -Endpoint @{{ token = '{Cloud.ApiAddress}token' }}; Get-GcsBucket");

        Assert.Empty(steps.SelectMany(s => s.Errors));
        List<LoadedAssembly> staged = [.. steps.SelectMany(s => s.Loaded).Where(IsStaged)];
        Assert.Contains(staged, a => a is { Name: "Google.Apis.Auth", Context: "GcpWorkloadAuth.Engine" });
        Assert.Equal(["GcpWorkloadAuth", "GcpWorkloadAuth.Loader"], staged.Where(a => a.IsDefault).Select(a => a.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Help_completion_and_a_wrong_parameter_do_without_the_engine()
    {
        List<ChildStep> steps = await ChildProcess.RunAsync(
            ChildProcess.ImportStep,
            "(Get-Help Get-GceAccessToken -Full).Synopsis",
            "[System.Management.Automation.CommandCompletion]::CompleteInput('Get-GceMetadata -Path instance/n', 32, $null).CompletionMatches.CompletionText",
            "Get-GceMetadata -TimeoutSec 0",
            "Disconnect-GcpAccount -All");

        Assert.DoesNotContain(steps.SelectMany(s => s.Loaded), a => a.Name.StartsWith("GcpWorkloadAuth.", StringComparison.Ordinal));
        Assert.Contains("instance/name", steps[2].Output);
        Assert.StartsWith("ParameterArgumentValidationError", Assert.Single(steps[3].Errors), StringComparison.Ordinal);
    }

    private static bool IsStaged(LoadedAssembly assembly) =>
        assembly.Location.StartsWith(Repository.StagedModule, StringComparison.Ordinal);
}
