using System.Text;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using GcpWorkloadAuth.Module.Tests.Module;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Diagnosis;

/// <summary>What the rows show, and what they must not; and other modules' commands.</summary>
public sealed class PresentationTests : DiagnosisTest
{
    [Fact]
    public void No_secret_shows_anywhere()
    {
        string key = KeyFile();
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", key, TokenEndpoint).MustSucceed();
        Cloud.Faults.Add(new Fault { PathPattern = "/tokeninfo", Status = 400, Body = GoogleErrors.OAuth("invalid_token", "ya29.echoed and eyJhbGciOiJSUzI1NiJ9.e.s") });
        Arm("/compute/*", 400, GoogleErrors.OAuth("x", "y"));
        Environment.Set("HTTPS_PROXY", "user:SECRET@proxy.example:8080");

        RunResult result = Run("Test-GcpAuthentication -Verbose -Debug -Permission compute.instances.list -Bucket demo-project-bucket-0001");

        StringBuilder all = new(result.AllText());
        foreach (System.Management.Automation.PSObject row in result.Output)
        {
            foreach (System.Management.Automation.PSPropertyInfo property in row.Properties)
            {
                all.AppendLine(property.Value?.ToString());
            }
        }

        string text = all.ToString();
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ya29.e", text, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJh", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);
        Assert.All(Cloud.State.Tokens.Issued, t => Assert.DoesNotContain(t.Value, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_has_the_four_columns_and_no_colours_where_nobody_sees_them()
    {
        using RenderingShell shell = new();

        List<string> lines = shell.Show("Test-GcpAuthentication | Where-Object Check -in Credential, Signing");

        Assert.Matches(@"^Check\s+Status\s+Detail\s+Recommendation$", lines[0]);
        Assert.Contains(lines, l => l.StartsWith("Credential", StringComparison.Ordinal) && l.Contains("Pass", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Signing", StringComparison.Ordinal) && l.Contains("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public void A_module_with_a_command_of_ours_is_told_with_its_commands_and_whose_is_run()
    {
        Run(
            """
            $null = New-Module -Name StandIn -ScriptBlock {
                function Get-GcsBucket { }
                function Get-GceInstance { }
                function Get-Other { }
                Export-ModuleMember -Function *
            } | Import-Module
            """).MustSucceed();

        Row row = Diagnose()["Other modules"];

        Assert.Equal("Warning", row.Status);
        Assert.Contains("StandIn: ", row.Detail, StringComparison.Ordinal);
        Assert.Contains("Get-GcsBucket", row.Detail, StringComparison.Ordinal);
        Assert.Contains("Get-GceInstance", row.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Get-Other", row.Detail, StringComparison.Ordinal);
        Assert.EndsWith("StandIn", row.Detail, StringComparison.Ordinal);
        Assert.Contains(@"GcpWorkloadAuth\Get-Gc", row.Recommendation, StringComparison.Ordinal);
    }
}
