using System.Collections;
using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Secrets;

/// <summary>Whole sessions in which everything goes well, and nothing secret is seen.</summary>
public sealed class SessionSecretsTests : SecretsTest
{
    private const string Tour =
        """
        Get-GcpContext -Verbose -Debug; Get-GcpContext -ListAvailable -Verbose -Debug; Get-GceAccessToken -Verbose -Debug
        Get-GceAccessToken -ForceRefresh -Verbose -Debug; Get-GcsBucket -Verbose -Debug; Get-GcsBucket *1 -Project demo-project -Verbose -Debug
        Get-GceInstance -Verbose -Debug; Get-GceInstance demo-vm -Zone europe-west1-b -Verbose -Debug
        Set-GcpContext -Zone us-east1-b -PassThru -Verbose -Debug; Select-GcpContext default -PassThru -Verbose -Debug
        """;

    [Fact]
    public void On_a_vm()
    {
        RunResult result = RunLoud(
            "Connect-GcpAccount -Verbose -Debug;" + Tour + "\nGet-GceMetadata -Verbose -Debug; Get-GceMetadata -Raw; Get-GceServiceAccount -Verbose -Debug\n"
            + "Get-GceInstance -Current -Verbose -Debug; Disconnect-GcpAccount -Verbose -Debug").MustSucceed();

        Assert.True(result.Output.Count > 20);
        Assert.NotEmpty(result.Verbose);
        Assert.NotEmpty(Cloud.State.Tokens.Issued);
    }

    [Fact]
    public void With_a_key_file()
    {
        RunResult result = RunLoud(
            "Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -Verbose -Debug;" + Tour, SecretKeyFile(), TokenEndpoint).MustSucceed();

        Assert.Contains(result.Verbose, v => v.StartsWith("POST ", StringComparison.Ordinal));
        Assert.Contains(Cloud.State.Tokens.Issued, t => t.Source == TokenSource.JwtBearer);
    }

    [Fact]
    public void With_a_persons_file()
    {
        RunLoud(
            "Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -Project demo-project -Verbose -Debug;" + Tour, UserFile(), TokenEndpoint)
            .MustSucceed();

        Assert.Contains(Cloud.State.Tokens.Issued, t => t.Source == TokenSource.RefreshToken);
    }

    [Fact]
    public void With_a_credential_given_as_a_secret()
    {
        string json = File.ReadAllText(SecretKeyFile());

        RunLoud("Connect-GcpAccount -CredentialJson $args[0] -Endpoint @{ token = $args[1] } -Verbose -Debug;" + Tour, Secret(json), TokenEndpoint)
            .MustSucceed();
    }

    [Fact]
    public void With_a_token_given_as_a_secret()
    {
        string token = Cloud.State.Tokens.Issue("a@b", ["https://www.googleapis.com/auth/cloud-platform"]).Value;

        RunLoud(
            "Connect-GcpAccount -AccessToken $args[0] -Project demo-project -Endpoint @{ storage = $args[1]; compute = $args[1] } -Verbose -Debug;" + Tour,
            Secret(token), Cloud.ApiAddress.AbsoluteUri).MustSucceed();
    }

    [Fact]
    public void The_search_finds_what_it_looks_for()
    {
        RunResult plain = Run("Get-GceAccessToken -AsPlainText").MustSucceed();
        RunResult header = Run("Get-GceAccessToken -AsHeader").MustSucceed();

        Assert.Throws<Xunit.Sdk.FalseException>(() => NoSecretIn(plain.AllText(), "the plain text"));
        Assert.Throws<Xunit.Sdk.FalseException>(() => NoSecretIn(Everything(header.Output[0]), "the header"));
        Assert.Throws<Xunit.Sdk.FalseException>(() => NoSecretIn(Everything(new[] { new { Deep = new { plain } } }), "a property"));
        Assert.Throws<Xunit.Sdk.FalseException>(() => NoSecretIn(Serialized(PSObject.AsPSObject(header.Output[0])), "a file"));
    }

    [Fact]
    public void A_token_is_revealed_to_who_asks_for_it_and_only_there()
    {
        string token = Run("$global:t = Get-GceAccessToken; Get-GceAccessToken -AsPlainText").Single<string>();

        Assert.Equal("Bearer " + token, Run("Get-GceAccessToken -AsHeader").Single<Hashtable>()["Authorization"]);
        Assert.Equal(token, Run("[System.Net.NetworkCredential]::new('', $t.Token).Password").Single<string>());
        NoSecretIn(Run("\"$t\"; \"$($t.Token)\"; $t.ToString()").AllText(), "a string");
        NoSecretIn(Run("\"Bearer $($t.Token)\"").AllText(), "the header that the help warns of");
    }

    [Theory]
    [InlineData("Get-GceAccessToken")]
    [InlineData("Get-GceAccessToken, (Get-GcpContext)")]
    [InlineData("[pscustomobject]@{ Inner = Get-GceAccessToken; List = @(Get-GceAccessToken) }")]
    [InlineData("@{ Token = Get-GceAccessToken }")]
    public void Nothing_goes_into_a_file_or_through_a_job(string value)
    {
        RunResult result = RunLoud("& { " + value.Replace("Get-GceAccessToken,", "(Get-GceAccessToken),", StringComparison.Ordinal) + " }").MustSucceed();

        string text = string.Concat(result.Output.Select(Serialized));

        Assert.Contains(Account, text, StringComparison.Ordinal);
        Assert.DoesNotContain("<SS", text, StringComparison.Ordinal);
        NoSecretIn(text, "the file");
    }

    [Fact]
    public void A_screen_shows_no_token()
    {
        GcpWorkloadAuth.Module.Tests.Module.RenderingHost host = new(300);
        using Shell shell = new(host: host);

        using PowerShell show = shell.Create(
            "$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; Get-GceAccessToken -Verbose; Get-GcpContext; Get-GcsBucket nope; Get-GceInstance");
        show.AddCommand("Out-Default");
        show.Invoke();
        string text = string.Join('\n', host.TakeLines());

        Assert.Contains(Account, text, StringComparison.Ordinal);
        NoSecretIn(text, "the screen");
    }
}
