using System.Management.Automation;
using System.Security.Cryptography;
using System.Text.Json;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using GcpWorkloadAuth.Module.Tests.Module.Child;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.External;

/// <summary>
/// external_account with an X.509 certificate. The test's authority is trusted by a process of its own that starts with SSL_CERT_FILE,
/// as an administrator would have it trusted; the module knows no other way.
/// </summary>
public sealed class CertificateTests : FederationTest
{
    private readonly TestAuthority _root = new();

    [Fact]
    public async Task A_certificate_is_shown_and_exchanged_and_opens_storage()
    {
        WriteConfiguration(_root.ForClient());

        List<string> output = await SignInApartAsync(ExternalFile(new { certificate = new { use_default_certificate_config = true } }));

        Assert.Equal(["external_account", "3"], output);
        Dictionary<string, string> form = LastForm();
        Assert.Equal("urn:ietf:params:oauth:token-type:mtls", form["subject_token_type"]);
        Assert.Single(JsonSerializer.Deserialize<string[]>(form["subject_token"])!);
        Assert.EndsWith("/subject/workload-1", Cloud.State.Tokens.Issued[^1].Account, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Certificates_in_between_go_along_and_the_service_account_is_become(bool withLeaf)
    {
        using TestAuthority middle = new("Test intermediate", _root);
        (string Certificate, string Key) client = middle.ForClient("workload-2", rsa: true);
        string configuration = WriteConfiguration(client, "elsewhere/certificate_config.json");
        string chain = Environment.WriteFile("chain.pem", (withLeaf ? client.Certificate + "\n" : "") + middle.Pem + "\n");

        await SignInApartAsync(ExternalFile(
            new { certificate = new { certificate_config_location = configuration, trust_chain_path = chain } }, Robot));

        Assert.Equal(2, JsonSerializer.Deserialize<string[]>(LastForm()["subject_token"])!.Length);
        Assert.Single(Requests(EmulatedService.IamCredentials));
    }

    [Fact]
    public async Task The_variable_names_the_configuration()
    {
        Environment.Set("GOOGLE_API_CERTIFICATE_CONFIG", WriteConfiguration(_root.ForClient(), "elsewhere/some.json"));

        Assert.Equal(
            ["external_account", "3"],
            await SignInApartAsync(ExternalFile(new { certificate = new { use_default_certificate_config = true } })));
    }

    [Fact]
    public async Task A_certificate_of_another_authority_proves_nothing()
    {
        using TestAuthority other = new("Other root");
        WriteConfiguration(other.ForClient());

        List<string> output = await SignInApartAsync(ExternalFile(new { certificate = new { use_default_certificate_config = true } }), mustFail: true);

        Assert.StartsWith("FederationRefused,", Assert.Single(output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_this_machine_does_not_trust_is_told_nothing()
    {
        WriteConfiguration(_root.ForClient());
        Uri sts = await Cloud.StartSecureAsync(_root.ForServer());

        RunResult result = Run(
            "Connect-GcpAccount -CredentialPath $args[0] -Endpoint @{ sts = $args[1] }",
            ExternalFile(new { certificate = new { use_default_certificate_config = true } }),
            sts.AbsoluteUri);

        result.SingleError("ConnectionFailed", ErrorCategory.ConnectionError);
        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"cert_configs\":[]}")]
    [InlineData("{\"cert_configs\":{\"workload\":{\"cert_path\":\"/x\"}}}")]
    [InlineData("{\"cert_configs\":{\"workload\":{\"cert_path\":5,\"key_path\":\"/x\"}}}")]
    [InlineData("{\"cert_configs\":{\"workload\":{\"cert_path\":\"/no/such\",\"key_path\":\"/no/such\"}}}")]
    [InlineData(null)]
    public void A_configuration_that_cannot_be_used_is_one_clear_error(string? content)
    {
        if (content is not null)
        {
            Environment.WriteFile("certificate_config.json", content);
        }

        ErrorRecord error = SignIn(ExternalFile(new { certificate = new { use_default_certificate_config = true } }))
            .SingleError("CertificateUnusable", ErrorCategory.InvalidData);

        Assert.Contains(content?.Contains("/no/such", StringComparison.Ordinal) == true ? "/no/such" : "certificate_config.json", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("other key")]
    [InlineData("encrypted")]
    [InlineData("too large")]
    [InlineData("no certificate")]
    public void A_certificate_or_key_that_cannot_be_used_is_one_clear_error_without_the_key(string what)
    {
        (string certificate, string key) = _root.ForClient();
        using ECDsa other = ECDsa.Create();
        key = what switch
        {
            "garbage" => key.Replace("PRIVATE KEY-----\nM", "PRIVATE KEY-----\nX", StringComparison.Ordinal),
            "other key" => other.ExportPkcs8PrivateKeyPem(),
            "encrypted" => other.ExportEncryptedPkcs8PrivateKeyPem("password", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10)),
            "too large" => key + new string(' ', 65536),
            _ => key,
        };
        WriteConfiguration((what == "no certificate" ? "-----BEGIN NOTHING-----" : certificate, key));

        RunResult result = SignIn(ExternalFile(new { certificate = new { use_default_certificate_config = true } }));

        result.SingleError("CertificateUnusable", ErrorCategory.InvalidData);
        Assert.DoesNotContain(key.Split('\n')[1][..20], result.AllText(), StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void A_chain_that_cannot_be_used_is_one_clear_error()
    {
        (string Certificate, string Key) client = _root.ForClient();
        WriteConfiguration(client);
        foreach (string? chain in (string?[])[null, "", "no certificate", _root.Pem + "\n" + client.Certificate])
        {
            string path = chain is null ? "/no/such" : Environment.WriteFile("chain.pem", chain);
            SignIn(ExternalFile(new { certificate = new { use_default_certificate_config = true, trust_chain_path = path } }))
                .SingleError("CertificateUnusable", ErrorCategory.InvalidData);
        }

        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void The_source_says_where_its_configuration_is_and_only_once()
    {
        SignIn(ExternalFile(new { certificate = new { } })).SingleError("CredentialFieldMissing", ErrorCategory.InvalidData);
        SignIn(ExternalFile(new { certificate = new { use_default_certificate_config = false } })).SingleError("CredentialFieldMissing", ErrorCategory.InvalidData);
        SignIn(ExternalFile(new { certificate = new { use_default_certificate_config = "true" } })).SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);
        SignIn(ExternalFile(new { certificate = new { use_default_certificate_config = true, certificate_config_location = "/x" } }))
            .SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);
        SignIn(ExternalFile(new { certificate = "x" })).SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);

        Assert.Empty(Cloud.Requests.All);
    }

    public override async ValueTask DisposeAsync()
    {
        _root.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private string WriteConfiguration((string Certificate, string Key) client, string path = "certificate_config.json")
    {
        string certificate = Environment.WriteFile("client.crt", client.Certificate);
        string key = Environment.WriteFile("client.key", client.Key);
        return Environment.WriteFile(path, JsonSerializer.Serialize(new { cert_configs = new { workload = new { cert_path = certificate, key_path = key } } }));
    }

    private async Task<List<string>> SignInApartAsync(string file, bool mustFail = false)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there can one process be told to trust another authority.");
        Environment.Set("SSL_CERT_FILE", Environment.WriteFile("root.pem", _root.Pem));
        Cloud.State.Federation.TrustAnchors.Add(_root.Certificate);
        Uri sts = await Cloud.StartSecureAsync(_root.ForServer());
        string connect = $"(Connect-GcpAccount -CredentialPath '{file}' -Endpoint @{{ sts = '{sts}'; iamcredentials = '{Cloud.ApiAddress}' }}).CredentialType";

        List<ChildStep> steps = await ChildProcess.RunAsync(ChildProcess.ImportStep, connect + "; (Get-GcsBucket -Project demo-project).Count");

        Assert.Equal(mustFail, steps[1].Errors.Count > 0);
        return mustFail ? steps[1].Errors[..1] : steps[1].Output;
    }
}
