using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.External;

/// <summary>external_account with a program as the source of subject tokens. The programs here are scripts with an interpreter line.</summary>
public sealed class ExecutableTests : FederationTest
{
    private const string Allow = "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs of these tests are scripts with an interpreter line.");
        Environment.Set(Allow, "1");
    }

    [Fact]
    public void A_programs_token_is_exchanged()
    {
        RunResult result = SignIn(ProgramFile(Program("echo '" + Answer() + "'"), account: Robot), "-AllowExecutable").MustSucceed();

        Assert.Equal(Robot, result.Property("Account"));
        Assert.Equal("urn:ietf:params:oauth:token-type:jwt", LastForm()["subject_token_type"]);
    }

    [Fact]
    public void It_is_run_without_a_shell_in_a_small_environment()
    {
        string seen = Path.Combine(Environment.GcloudFolder, "seen");
        Environment.Set("SECRET_OF_ANOTHER", "other-secret");
        string program = Program("env > " + seen + "; echo \"$@\" >> " + seen + "; cat >> " + seen + "; echo '" + Answer() + "'");

        SignIn(ProgramFile(program + " 'a $(touch " + seen + "2)' ;", account: Robot, output: seen + "3"), "-AllowExecutable").MustSucceed();

        string environment = File.ReadAllText(seen);
        Assert.Contains("GOOGLE_EXTERNAL_ACCOUNT_AUDIENCE=" + FederationDirectory.WorkloadAudience, environment, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE=urn:ietf:params:oauth:token-type:jwt", environment, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_EXTERNAL_ACCOUNT_IMPERSONATED_EMAIL=" + Robot, environment, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_EXTERNAL_ACCOUNT_OUTPUT_FILE=" + seen + "3", environment, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_EXTERNAL_ACCOUNT_INTERACTIVE=0", environment, StringComparison.Ordinal);
        Assert.Contains("a $(touch " + seen + "2) ;", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("other-secret", environment, StringComparison.Ordinal);
        Assert.False(File.Exists(seen + "2"));
    }

    [Theory]
    [InlineData(null, "-AllowExecutable")]
    [InlineData("0", "-AllowExecutable")]
    [InlineData("true", "-AllowExecutable")]
    [InlineData("1", "")]
    [InlineData("1", "-AllowExecutable:$false")]
    public void It_needs_the_variable_and_the_switch(string? variable, string more)
    {
        Environment.Set(Allow, variable);
        string trace = Path.Combine(Environment.GcloudFolder, "trace");

        SignIn(ProgramFile(Program("touch " + trace)), more).SingleError("ExecutableNotAllowed", ErrorCategory.SecurityError);

        Assert.False(File.Exists(trace));
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void The_default_search_needs_the_variable_and_files_that_others_cannot_change()
    {
        string program = Program("echo '" + Answer() + "'");
        string file = ProgramFile(program);
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", file);
        RunResult Connect(string more = "") => Run("Connect-GcpAccount -Endpoint @{ sts = $args[0] } " + more, Cloud.ApiAddress.AbsoluteUri);
        Connect().MustSucceed();

        FileModes.Set(file, "rw-rw-rw-");
        Assert.Contains(file, Connect().SingleError("ExecutableFileNotTrusted", ErrorCategory.SecurityError).ToString(), StringComparison.Ordinal);
        FileModes.Set(file, "rw-------");
        FileModes.Set(program, "rwxrwxr-x");
        Assert.Contains(program, Connect().SingleError("ExecutableFileNotTrusted", ErrorCategory.SecurityError).ToString(), StringComparison.Ordinal);
        Connect("-AllowExecutable").MustSucceed();

        Environment.Set(Allow, null);
        Connect().SingleError("ExecutableNotAllowed", ErrorCategory.SecurityError);
    }

    [Fact]
    public void A_program_that_hangs_is_ended_when_its_time_is_over()
    {
        (string program, string id) = Marked("sleep 300");
        Stopwatch clock = Stopwatch.StartNew();

        ErrorRecord error = SignIn(ProgramFile(program), "-AllowExecutable").SingleError("ExecutableTimedOut", ErrorCategory.OperationTimeout);

        Assert.InRange(clock.Elapsed.TotalSeconds, 4.5, 20);
        Assert.Contains("5 s", error.ToString(), StringComparison.Ordinal);
        AssertNothingRuns(id);
    }

    [Fact]
    public async Task Stopping_the_cmdlet_ends_the_program()
    {
        (string program, string id) = Marked("sleep 300");
        string file = ProgramFile(program);
        using PowerShell shell = Shell.Create(
            "Connect-GcpAccount -CredentialPath $args[0] -Endpoint @{ sts = $args[1] } -AllowExecutable", file, Cloud.ApiAddress.AbsoluteUri);
        IAsyncResult running = shell.BeginInvoke();
        while (Running(id).Count == 0 && !running.IsCompleted)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await Task.Run(shell.Stop, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        AssertNothingRuns(id);
    }

    [Theory]
    [InlineData("echo garbage", "ExecutableAnswerInvalid", ErrorCategory.InvalidData)]
    [InlineData("true", "ExecutableAnswerInvalid", ErrorCategory.InvalidData)]
    [InlineData("head -c 200 /dev/urandom", "ExecutableAnswerInvalid", ErrorCategory.InvalidData)]
    [InlineData("yes", "ExecutableAnswerInvalid", ErrorCategory.InvalidData)]
    [InlineData("yes 1>&2 & yes 1>&2 & yes", "ExecutableAnswerInvalid", ErrorCategory.InvalidData)]
    [InlineData("head -c 70000 /dev/zero", "ExecutableAnswerInvalid", ErrorCategory.InvalidData)]
    [InlineData("echo secret-of-program >&2; echo secret-of-program; exit 7", "ExecutableFailed", ErrorCategory.AuthenticationError)]
    [InlineData("kill -9 $$", "ExecutableFailed", ErrorCategory.AuthenticationError)]
    [InlineData("echo '{\"version\":1,\"success\":false,\"code\":\"401\",\"message\":\"no\"}'", "ExecutableRefused", ErrorCategory.AuthenticationError)]
    [InlineData("sleep 300 & echo garbage", "ExecutableAnswerInvalid", ErrorCategory.InvalidData)]
    public void What_goes_wrong_is_one_error_and_nothing_goes_on(string body, string errorId, ErrorCategory category)
    {
        (string program, string id) = Marked(body);

        RunResult result = SignIn(ProgramFile(program), "-AllowExecutable -Verbose");

        result.SingleError(errorId, category);
        Assert.DoesNotContain("secret-of-program", result.AllText(), StringComparison.Ordinal);
        Assert.Empty(Requests(EmulatedService.Sts));
        AssertNothingRuns(id);
    }

    [Fact]
    public void A_failing_program_may_say_why()
    {
        string program = Program("echo '{\"version\":1,\"success\":false,\"code\":\"E7\",\"message\":\"card not inserted\"}'; exit 1");

        Assert.Contains(
            "card not inserted",
            SignIn(ProgramFile(program), "-AllowExecutable").SingleError("ExecutableFailed", ErrorCategory.AuthenticationError).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_that_is_left_behind_does_not_go_on()
    {
        (string program, string id) = Marked("(setsid sleep 300 </dev/null >/dev/null 2>&1 &) ; echo '" + Answer() + "'");

        SignIn(ProgramFile(program), "-AllowExecutable").MustSucceed();

        AssertNothingRuns(id);
    }

    [Fact]
    public void A_program_that_is_not_there_or_no_program_says_so()
    {
        SignIn(ProgramFile("/nowhere/program"), "-AllowExecutable").SingleError("ExecutableNotStarted", ErrorCategory.ObjectNotFound);
        SignIn(ProgramFile(Environment.WriteFile("text", "x")), "-AllowExecutable").SingleError("ExecutableNotStarted", ErrorCategory.ObjectNotFound);
        SignIn(ProgramFile("program"), "-AllowExecutable").SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);
        SignIn(ProgramFile("/x", change: e => e["timeout_millis"] = 4999), "-AllowExecutable").SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);
        SignIn(ProgramFile("/x", change: e => e["timeout_millis"] = 120001), "-AllowExecutable").SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);
        SignIn(ProgramFile("/x", change: e => e.Remove("command")), "-AllowExecutable").SingleError("CredentialFieldMissing", ErrorCategory.InvalidData);
    }

    [Fact]
    public void An_output_file_that_is_still_good_saves_the_run()
    {
        string trace = Path.Combine(Environment.GcloudFolder, "trace");
        string kept = Environment.WriteFile("kept.json", Answer(DateTimeOffset.UtcNow.AddHours(1)));
        string program = Program("echo run >> " + trace + "; echo '" + Answer() + "'");
        string file = ProgramFile(program, output: kept);
        SignIn(file, "-AllowExecutable").MustSucceed();
        Assert.False(File.Exists(trace));

        foreach (string stale in new[] { Answer(DateTimeOffset.UtcNow.AddHours(-1)), Answer(), "garbage", "", "{\"version\":9}" })
        {
            File.WriteAllText(kept, stale);
            File.Delete(trace);
            Run("Get-GceAccessToken -ForceRefresh").MustSucceed();
            Assert.True(File.Exists(trace), stale);
        }

        File.WriteAllText(kept, Answer(DateTimeOffset.UtcNow.AddHours(1)));
        FileModes.Set(kept, "rw-rw-rw-");
        Run("Get-GceAccessToken -ForceRefresh").SingleError("ExecutableFileNotTrusted", ErrorCategory.SecurityError);
    }

    [Fact]
    public void A_program_may_write_to_its_output_file_alone()
    {
        string output = Path.Combine(Environment.GcloudFolder, "output.json");

        SignIn(
            ProgramFile(Program("umask 077; echo '" + Answer(DateTimeOffset.UtcNow.AddHours(1)) + "' > \"$GOOGLE_EXTERNAL_ACCOUNT_OUTPUT_FILE\""), output: output),
            "-AllowExecutable").MustSucceed();
    }

    private string Answer(DateTimeOffset? expires = null)
    {
        JsonObject answer = new()
        {
            ["version"] = 1,
            ["success"] = true,
            ["token_type"] = "urn:ietf:params:oauth:token-type:jwt",
            ["id_token"] = Cloud.State.Federation.IssueSubjectToken(),
        };
        if (expires is { } end)
        {
            answer["expiration_time"] = end.ToUnixTimeSeconds();
        }

        return answer.ToJsonString();
    }

    private string Program(string body)
    {
        string path = Environment.WriteFile("program-" + Guid.NewGuid().ToString("N"), "#!/bin/sh\n" + body + "\n");
        FileModes.Set(path, "rwxr-xr-x");
        return path;
    }

    // The argument shows in the process list of the program; its children are known by the session's own mark in their environment.
    private (string Program, string Id) Marked(string body)
    {
        string program = Program(body);
        return (program, Path.GetFileName(program));
    }

    private string ProgramFile(string command, string? account = null, string? output = null, Action<JsonObject>? change = null)
    {
        JsonObject executable = new() { ["command"] = command, ["timeout_millis"] = 5000 };
        if (output is not null)
        {
            executable["output_file"] = output;
        }

        change?.Invoke(executable);
        return ExternalFile(new { executable }, account);
    }

    private static void AssertNothingRuns(string id)
    {
        Assert.True(SpinWait.SpinUntil(() => Running(id).Count == 0, TimeSpan.FromSeconds(5)), string.Join("; ", Running(id)));
    }

    // A program by its name in the command line; what it started by the variable that the module marks them with.
    private static List<string> Running(string id)
    {
        List<string> found = [];
        foreach (string folder in Directory.Exists("/proc") ? Directory.GetDirectories("/proc") : [])
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                continue;
            }

            try
            {
                string line = File.ReadAllText(folder + "/cmdline");
                string environment = File.ReadAllText(folder + "/environ");
                if (line.Contains(id, StringComparison.Ordinal) || environment.Contains("GCPWORKLOADAUTH_RUN=", StringComparison.Ordinal))
                {
                    found.Add(line.Replace('\0', ' '));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has gone, or is another's.
            }
        }

        return found;
    }
}
