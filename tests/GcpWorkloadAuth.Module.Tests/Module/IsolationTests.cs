using GcpWorkloadAuth.Module.Tests.Harness;
using GcpWorkloadAuth.Module.Tests.Module.Child;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>
/// Another module has brought its own version of a library that the engine uses. The stand-ins hold nothing of what their names
/// promise: an engine that got hold of one would fail at the first type.
/// </summary>
public sealed class IsolationTests : CloudTest
{
    private const string Newtonsoft = "Newtonsoft.Json";

    private const string HostsNewtonsoft =
        "@([System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object FullName -like 'Newtonsoft.Json,*').Count";

    [Fact]
    public Task Older_libraries_of_another_module_change_nothing() => CheckAsync("1.0.0.0", before: true);

    [Fact]
    public Task Newer_libraries_of_another_module_change_nothing() => CheckAsync("99.0.0.0", before: true);

    [Fact]
    public Task A_module_imported_later_still_gets_its_own_version() => CheckAsync("99.0.0.0", before: false);

    [Fact]
    public async Task The_loader_and_the_engine_of_another_folder_are_not_taken()
    {
        using TemporaryFolder folder = new();
        string engine = StandIns.WriteAssembly(folder.Path, "GcpWorkloadAuth.Engine", "99.0.0.0");

        List<ChildStep> steps = await ChildProcess.RunAsync(Load(engine), ChildProcess.ImportStep, "(Get-GceAccessToken).Source");

        Assert.Empty(steps.SelectMany(s => s.Errors));
        Assert.Equal("metadata server " + Cloud.MetadataAddress.Authority, Assert.Single(steps[2].Output));
    }

    // PowerShell itself has Newtonsoft.Json in the default context; another module's other version can only be beside it.
    private async Task CheckAsync(string version, bool before)
    {
        using TemporaryFolder folder = new();
        string key = Environment.WriteFile("key.json", Cloud.State.CreateServiceAccountKey(ownTokenUri: true));
        string[] google = ["Google.Apis", "Google.Apis.Auth", "Google.Apis.Core"];
        string loadOthers = string.Join("; ", google.Select(name => Load(StandIns.WriteAssembly(folder.Path, name, version))))
            + $"; [void][System.Reflection.Assembly]::LoadFile('{StandIns.WriteAssembly(folder.Path, Newtonsoft, version)}')";
        string[] ours =
        [
            ChildProcess.ImportStep,
            $"(Connect-GcpAccount -CredentialPath '{key}' -Endpoint @{{ token = '{Cloud.ApiAddress}token' }}).CredentialType",
            "(Get-GceAccessToken -ForceRefresh).Account; Get-GcsBucket -Prefix demo",
        ];
        string[] steps = before ? [loadOthers, .. ours] : [.. ours, loadOthers];

        List<ChildStep> report = await ChildProcess.RunAsync([.. steps, "(Get-GceAccessToken).Account; " + HostsNewtonsoft]);

        Assert.Empty(report.SelectMany(s => s.Errors));
        Assert.Equal("service_account", Assert.Single(report[before ? 2 : 1].Output));
        Assert.Equal(["robot@demo-project.iam.gserviceaccount.com", "demo-project-bucket-0001"], report[before ? 3 : 2].Output.Take(2));
        Assert.Equal(["robot@demo-project.iam.gserviceaccount.com", "1"], report[4].Output);

        List<LoadedAssembly> loaded = [.. report.SelectMany(s => s.Loaded)];
        Assert.All(google, name => Assert.Equal(version, Assert.Single(loaded, a => a.Name == name && a.IsDefault).Version));
        Assert.Equal(version, Assert.Single(loaded, a => a.Name == Newtonsoft && a.Location.StartsWith(folder.Path, StringComparison.Ordinal)).Version);
        foreach (string name in (string[])["Google.Apis.Auth", "Google.Apis.Core", Newtonsoft])
        {
            LoadedAssembly own = Assert.Single(loaded, a => a.Name == name && a.Context == "GcpWorkloadAuth.Engine");
            Assert.StartsWith(Repository.StagedModule, own.Location, StringComparison.Ordinal);
        }
    }

    private static string Load(string path) =>
        $"[void][System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath('{path}')";
}
