using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.External;

/// <summary>external_account on AWS: instance metadata of both versions, variables, and what is refused.</summary>
public sealed class AwsTests : FederationTest
{
    private const string V4 = "http://169.254.169.254";
    private const string V6 = "http://[fd00:ec2::254]";
    private const string Verification = "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15";

    [Theory]
    [InlineData(V4)]
    [InlineData(V6)]
    [InlineData("http://[fd00:0ec2::0254]")]
    public void An_instances_role_proves_who_it_is(string host)
    {
        SignIn(AwsFile(host, version2: true)).MustSucceed();

        Assert.Equal(
            ["PUT /latest/api/token", "GET /latest/meta-data/placement/availability-zone", "GET /latest/meta-data/iam/security-credentials",
                "GET /latest/meta-data/iam/security-credentials/demo-role"],
            Requests(EmulatedService.AwsMetadata).Select(r => r.Method + " " + r.Path));
        Assert.Equal("urn:ietf:params:aws:token-type:aws4_request", LastForm()["subject_token_type"]);
        Assert.Equal(["3"], Run("(Get-GcsBucket -Project demo-project).Count").MustSucceed().Strings());
    }

    [Fact]
    public void Version_1_is_asked_where_the_file_knows_no_other()
    {
        Cloud.State.Federation.Aws.RequiresVersion2 = false;
        SignIn(AwsFile(V4, version2: false)).MustSucceed();
        Assert.DoesNotContain(Requests(EmulatedService.AwsMetadata), r => r.Method == "PUT");

        Cloud.State.Federation.Aws.RequiresVersion2 = true;
        ErrorRecord error = SignIn(AwsFile(V4, version2: false)).SingleError("AwsCredentialsUnavailable", ErrorCategory.AuthenticationError);
        Assert.Contains("401", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_that_say_everything_ask_nobody()
    {
        SetKeys();
        Environment.Set("AWS_REGION", "eu-central-1");
        Environment.Set("AWS_DEFAULT_REGION", "wrong-1");

        SignIn(AwsFile(V4, version2: true)).MustSucceed();

        Assert.Empty(Requests(EmulatedService.AwsMetadata));
    }

    [Fact]
    public void Variables_that_say_half_leave_the_rest_to_the_instance()
    {
        SetKeys();
        SignIn(AwsFile(V4, version2: true)).MustSucceed();
        Assert.Equal(2, Requests(EmulatedService.AwsMetadata).Count);

        Environment.Set("AWS_ACCESS_KEY_ID", null);
        Environment.Set("AWS_DEFAULT_REGION", "eu-central-1");
        Cloud.Requests.Clear();
        SignIn(AwsFile(V4, version2: true)).MustSucceed();
        Assert.Equal(3, Requests(EmulatedService.AwsMetadata).Count);
    }

    [Fact]
    public void Other_keys_in_the_environment_get_another_token()
    {
        SetKeys();
        Environment.Set("AWS_REGION", "eu-central-1");
        SignIn(AwsFile(V4, version2: true)).MustSucceed();
        Run("Get-GceAccessToken").MustSucceed();
        Assert.Single(Requests(EmulatedService.Sts));

        Environment.Set("AWS_SECRET_ACCESS_KEY", "wrong-secret-of-aws");
        RunResult result = Run("Get-GceAccessToken -Verbose");

        result.SingleError("FederationRefused", ErrorCategory.AuthenticationError);
        Assert.DoesNotContain(Cloud.State.Federation.Aws.SessionToken!, result.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret-of-aws", result.AllText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("region_url", "http://169.254.170.2/latest/x")]
    [InlineData("region_url", "http://evil.example/latest/x")]
    [InlineData("url", "https://169.254.169.254/latest/x")]
    [InlineData("url", "http://169.254.169.254:8080/latest/x")]
    [InlineData("url", "http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token")]
    [InlineData("url", "http://169.254.169.254/latest/../computeMetadata/v1/")]
    [InlineData("url", "http://169.254.169.254@evil.example/latest/x")]
    [InlineData("url", "http://[fd00:ec2::253]/latest/x")]
    [InlineData("url", "http://[fd20:ce::254]/latest/x")]
    [InlineData("imdsv2_session_token_url", "http://127.0.0.1/latest/api/token")]
    [InlineData("regional_cred_verification_url", "http://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15")]
    [InlineData("regional_cred_verification_url", "https://iam.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15")]
    [InlineData("regional_cred_verification_url", "https://sts.{region}.amazonaws.com.evil.example?Action=GetCallerIdentity&Version=2011-06-15")]
    [InlineData("regional_cred_verification_url", "https://sts.evil.example?Action=GetCallerIdentity&Version=2011-06-15")]
    public void Other_hosts_are_refused(string field, string url)
    {
        Dictionary<string, string> source = Source(V4, version2: true);
        source[field] = url;

        ErrorRecord error = SignIn(ExternalFile(source)).SingleError("CredentialUrlRefused", ErrorCategory.SecurityError);

        Assert.Contains("'credential_source." + field + "'", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("environment_id", "aws2")]
    [InlineData("environment_id", "azure1")]
    [InlineData("regional_cred_verification_url", "https://sts.{region}.amazonaws.com?Action=AssumeRole&Version=2011-06-15")]
    [InlineData("regional_cred_verification_url", "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15&X=y")]
    public void What_is_not_GetCallerIdentity_of_version_1_is_refused(string field, string value)
    {
        Dictionary<string, string> source = Source(V4, version2: true);
        source[field] = value;

        SignIn(ExternalFile(source)).SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);

        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("url", "AWS_ACCESS_KEY_ID")]
    [InlineData("region_url", "AWS_REGION")]
    public void Without_a_place_to_ask_the_variables_are_named(string field, string variable)
    {
        Dictionary<string, string> source = Source(V4, version2: true);
        source.Remove(field);

        Assert.Contains(
            variable, SignIn(ExternalFile(source)).SingleError("AwsCredentialsUnavailable", ErrorCategory.AuthenticationError).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/availability-zone", 200, "not a zone\n\n<html>")]
    [InlineData("*/availability-zone", 404, "")]
    [InlineData("*/security-credentials", 200, "../../secret")]
    [InlineData("*/security-credentials", 200, "")]
    [InlineData("*/demo-role", 200, "{\"Code\":\"Failed\",\"SecretAccessKey\":\"secret-of-aws\"}")]
    [InlineData("*/demo-role", 200, "secret-of-aws")]
    [InlineData("*/demo-role", 200, "{\"AccessKeyId\":\"a\\r\\nb\",\"SecretAccessKey\":\"secret-of-aws\"}")]
    [InlineData("*/api/token", 403, "secret-of-aws")]
    [InlineData("*/api/token", 200, "a b")]
    public void Odd_answers_of_the_instance_are_one_error_without_the_answer(string path, int status, string body)
    {
        Cloud.Faults.Add(new Fault { PathPattern = path, Status = status, Body = body });

        RunResult result = SignIn(AwsFile(V4, version2: true), "-Verbose");

        result.SingleError("AwsCredentialsUnavailable", ErrorCategory.AuthenticationError);
        Assert.DoesNotContain("secret-of-aws", result.AllText(), StringComparison.Ordinal);
        Assert.Empty(Requests(EmulatedService.Sts));
    }

    [Fact]
    public void An_instance_without_a_role_says_so()
    {
        Cloud.State.Federation.Aws.Role = null;

        Assert.Contains("404", SignIn(AwsFile(V4, version2: true)).SingleError("AwsCredentialsUnavailable", ErrorCategory.AuthenticationError).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_of_aws_is_shown()
    {
        RunResult result = SignIn(AwsFile(V4, version2: true), "-Verbose; Get-GceAccessToken -ForceRefresh -Verbose").MustSucceed();

        AwsMachine aws = Cloud.State.Federation.Aws;
        Assert.NotEmpty(result.Verbose);
        Assert.DoesNotContain(aws.SecretAccessKey, result.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain(aws.SessionToken!, result.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("AQAEemu", result.AllText(), StringComparison.Ordinal);
    }

    private void SetKeys()
    {
        AwsMachine aws = Cloud.State.Federation.Aws;
        Environment.Set("AWS_ACCESS_KEY_ID", aws.AccessKeyId);
        Environment.Set("AWS_SECRET_ACCESS_KEY", aws.SecretAccessKey);
        Environment.Set("AWS_SESSION_TOKEN", aws.SessionToken);
    }

    private string AwsFile(string host, bool version2) => ExternalFile(Source(host, version2));

    private static Dictionary<string, string> Source(string host, bool version2)
    {
        Dictionary<string, string> source = new()
        {
            ["environment_id"] = "aws1",
            ["region_url"] = host + "/latest/meta-data/placement/availability-zone",
            ["url"] = host + "/latest/meta-data/iam/security-credentials",
            ["regional_cred_verification_url"] = Verification,
        };
        if (version2)
        {
            source["imdsv2_session_token_url"] = host + "/latest/api/token";
        }

        return source;
    }
}
