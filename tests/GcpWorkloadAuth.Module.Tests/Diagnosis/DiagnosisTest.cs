using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Diagnosis;

/// <summary>A test of Test-GcpAuthentication.</summary>
public abstract class DiagnosisTest : CloudTest
{
    protected const string Robot = "robot@demo-project.iam.gserviceaccount.com";

    /// <summary>Signs in as the VM; the token endpoint, and tokeninfo beside it, are the emulator's.</summary>
    private protected void ConnectVm() =>
        Run("Connect-GcpAccount -MetadataServer -Endpoint @{ token = $args[0] }", TokenEndpoint).MustSucceed();

    /// <summary>The rows. That none of it throws or writes an error is part of every test.</summary>
    private protected Dictionary<string, Row> Diagnose(string parameters = "", params object?[] arguments)
    {
        RunResult result = Run("Test-GcpAuthentication " + parameters, arguments).MustSucceed();
        List<Row> rows = [.. result.Output.Select(Row.Of)];
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(row.Status is "Warning" or "Fail", row.Recommendation.Length > 0));
        Assert.All(rows, row => Assert.DoesNotMatch(@"\{\d", row.Detail + row.Recommendation));
        return rows.ToDictionary(row => row.Check);
    }

    private protected Fault Arm(string path, int status, string body) =>
        Cloud.Faults.Add(new Fault { PathPattern = path, Status = status, Body = body });

    /// <summary>The names of the rows that failed, in their order.</summary>
    private protected static string[] Failed(Dictionary<string, Row> rows) =>
        [.. rows.Values.Where(row => row.Status == "Fail").Select(row => row.Check)];

    private protected sealed record Row(string Check, string Status, string Detail, string Recommendation, long? Milliseconds)
    {
        public static Row Of(PSObject row)
        {
            Assert.Equal("GcpWorkloadAuth.GcpAuthenticationCheck", row.TypeNames[0]);
            return new Row(
                (string)row.Properties["Check"].Value,
                row.Properties["Status"].Value.ToString()!,
                (string)row.Properties["Detail"].Value,
                (string)row.Properties["Recommendation"].Value,
                (long?)row.Properties["Milliseconds"].Value);
        }
    }
}
