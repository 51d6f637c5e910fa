using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Identities;

/// <summary>gcloud's own ways to an identity: its token file, and gcloud itself.</summary>
public sealed class GcloudSettingsTests : CloudTest
{
    private const string Everything = "https://www.googleapis.com/auth/cloud-platform";

    private string Endpoints => "@{ storage = '" + new Uri(Cloud.ApiAddress, "/storage/v1/") + "' }";

    [Fact]
    public void A_token_file_comes_before_everything_else()
    {
        string token = Cloud.State.Tokens.Issue("someone@example.com", [Everything]).Value;
        string file = Environment.WriteFile("token.txt", token + "\n");
        Environment.Set("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", file);
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", KeyFile());

        Assert.Equal(token, Run("Get-GceAccessToken -AsPlainText").MustSucceed().Single<string>());
        RunResult context = Run("Get-GcpContext").MustSucceed();
        Assert.Equal("AccessToken", context.Property("CredentialType"));
        Assert.Contains("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", (string)context.Property("Source")!, StringComparison.Ordinal);
        Assert.Equal(0, TokenRequests);
    }

    [Fact]
    public void A_token_file_that_is_written_anew_is_read_anew()
    {
        string file = Environment.WriteFile("token.txt", "ya29.first");
        Environment.Set("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", file);
        Assert.Equal("ya29.first", Run("Get-GceAccessToken -AsPlainText").Single<string>());

        File.WriteAllText(file, "ya29.second-one");

        Assert.Equal("ya29.second-one", Run("Get-GceAccessToken -AsPlainText").Single<string>());
    }

    [Fact]
    public void Gclouds_setting_comes_after_the_variable_of_the_credential_file()
    {
        string file = Environment.WriteFile("token.txt", "ya29.configured");
        Environment.WriteFile("configurations/config_default", "[auth]\naccess_token_file = " + file + "\n");
        Assert.Equal("ya29.configured", Run("Get-GceAccessToken -AsPlainText").Single<string>());

        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", KeyFile());

        Assert.Equal("service_account", Run("Get-GcpContext").MustSucceed().Property("CredentialType"));
    }

    [Theory]
    [InlineData("", "AccessTokenInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("two words", "AccessTokenInvalid", ErrorCategory.InvalidArgument)]
    [InlineData(null, "CredentialFileNotFound", ErrorCategory.ObjectNotFound)]
    public void A_token_file_that_cannot_be_used_is_an_error(string? content, string errorId, ErrorCategory category)
    {
        string file = content is null ? "/nowhere/token" : Environment.WriteFile("token.txt", content);
        Environment.Set("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", file);

        RunResult result = Run("Get-GceAccessToken");

        result.SingleError(errorId, category);
        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_token_file_of_any_size_is_not_read()
    {
        Environment.Set("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", Environment.WriteFile("token.txt", new string('a', 70_000)));

        Run("Get-GceAccessToken").SingleError("CredentialFileUnreadable", ErrorCategory.InvalidData);
    }

    [Fact]
    public void Gcloud_is_run_when_asked_for_and_its_token_works()
    {
        string token = Cloud.State.Tokens.Issue("someone@example.com", [Everything]).Value;
        string log = UseGcloud("printf '%s' '" + Answer(token) + "'");
        Environment.WriteFile("configurations/config_default", "[core]\naccount = someone@example.com\n");

        RunResult result = Run("Connect-GcpAccount -FromGcloud -Project demo-project -Endpoint " + Endpoints + "; (Get-GcsBucket).Count").MustSucceed();

        Assert.Equal("someone@example.com", result.Output[0].Properties["Account"].Value);
        Assert.Equal("gcloud", result.Output[0].Properties["CredentialType"].Value);
        Assert.Equal("3", result.Output[1].ToString());
        Assert.Equal(["config config-helper --format=json --min-expiry=300s"], File.ReadAllLines(log));
        Assert.DoesNotContain(token, result.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Gcloud_is_never_run_unasked()
    {
        string log = UseGcloud("exit 1");

        Run("Get-GceAccessToken; Get-GcpContext").MustSucceed();

        Assert.False(File.Exists(log));
    }

    [Theory]
    [InlineData("echo 'ERROR: (gcloud.config.config-helper) You do not currently have an active account selected.' >&2; exit 1", "GcloudFailed", "active account")]
    [InlineData("exit 3", "GcloudFailed", "exit code 3")]
    [InlineData("echo ya29.leak; echo 'token ya29.leak' >&2; exit 1", "GcloudFailed", "no reason given")]
    public void What_gcloud_says_is_passed_on_and_its_output_is_not(string body, string errorId, string words)
    {
        UseGcloud(body);

        RunResult result = Run("Connect-GcpAccount -FromGcloud -Verbose -Debug");

        Assert.Contains(words, result.SingleError(errorId, ErrorCategory.AuthenticationError).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ya29.leak", result.AllText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo garbage")]
    [InlineData("echo '{}'")]
    [InlineData("echo '{\"credential\":{\"access_token\":7}}'")]
    [InlineData("head -c 3000000 /dev/zero")]
    public void An_answer_without_a_token_is_said_so(string body)
    {
        UseGcloud(body);

        Run("Connect-GcpAccount -FromGcloud").SingleError("TokenResponseInvalid", ErrorCategory.InvalidData);
    }

    [Fact]
    public async Task A_gcloud_that_hangs_ends_with_the_cmdlet()
    {
        string log = UseGcloud("sleep 300 & echo $! >> \"$LOG.child\"; wait");
        RunResult result = await Shell.StopAsync("Connect-GcpAccount -FromGcloud", WaitForFileAsync(log + ".child"));

        Assert.True(result.Elapsed < TimeSpan.FromSeconds(10), "took " + result.Elapsed);
        int child = int.Parse(File.ReadAllText(log + ".child").Trim(), System.Globalization.CultureInfo.InvariantCulture);
        for (int i = 0; i < 50 && IsAlive(child); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.False(IsAlive(child), "gcloud's child still runs");
    }

    [Fact]
    public void Only_absolute_entries_of_the_path_count()
    {
        string log = UseGcloud("exit 1");
        string before = System.Environment.CurrentDirectory;
        try
        {
            System.Environment.CurrentDirectory = Path.GetDirectoryName(log)!;
            Environment.Set("PATH", string.Join(Path.PathSeparator, ".", string.Empty, "bin", "/nowhere"));

            Run("Connect-GcpAccount -FromGcloud").SingleError("GcloudNotFound", ErrorCategory.ObjectNotFound);
        }
        finally
        {
            System.Environment.CurrentDirectory = before;
        }

        Assert.False(File.Exists(log));
    }

    private static string Answer(string token) =>
        "{\"credential\":{\"access_token\":\"" + token + "\",\"token_expiry\":\"" + DateTime.UtcNow.AddMinutes(50).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) + "\"}}";

    // A stand-in on PATH that notes its arguments.
    private string UseGcloud(string body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        string log = Path.Combine(Environment.GcloudFolder, "ran");
        string script = Environment.WriteFile("bin/gcloud", "#!/bin/sh\nLOG='" + log + "'\necho \"$@\" >> \"$LOG\"\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Environment.Set("PATH", Path.GetDirectoryName(script) + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH"));
        return log;
    }

    private static async Task WaitForFileAsync(string path)
    {
        while (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using System.Diagnostics.Process process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
