using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>Something goes wrong: one clear error, promptly, and the session is still good for the next cmdlet.</summary>
public abstract class FailureTest : CloudTest
{
    /// <summary>What is prompt where nothing has to be waited for; the emulator shares this process.</summary>
    protected static readonly TimeSpan Prompt = TimeSpan.FromSeconds(3);

    /// <summary>The same session, the failure over: the next cmdlets work.</summary>
    private protected void StillWorks()
    {
        Cloud.Faults.Clear();
        Run("Get-GcsBucket demo-project-bucket-0001 | ForEach-Object { }; Get-GceInstance demo-vm -Zone europe-west1-b -Project demo-project | ForEach-Object { }")
            .MustSucceed();
    }

    /// <summary>The metadata server alone works again in this session.</summary>
    private protected void MetadataStillWorks()
    {
        Cloud.Faults.Clear();
        Assert.Equal("demo-vm", Run("Get-GceMetadata instance/name").MustSucceed().Single<string>());
        Run("Get-GceAccessToken").MustSucceed();
    }

    private protected Fault Arm(string path, int? status = null, string? body = null) =>
        Cloud.Faults.Add(new Fault { PathPattern = path, Status = status, Body = body });
}
