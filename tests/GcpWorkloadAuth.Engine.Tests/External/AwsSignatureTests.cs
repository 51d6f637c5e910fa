using System.Globalization;
using System.Text.Json;
using GcpWorkloadAuth.Engine.Credentials.External;

namespace GcpWorkloadAuth.Engine.Tests.External;

/// <summary>Signature Version 4, by the vectors of google-auth-library-python (tests/test_aws.py), most of which are botocore's.</summary>
public sealed class AwsSignatureTests
{
    private const string Example = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Session = "AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthT+FvwqnKwRcOIfrRh3c/LTo6UDdyJwOOvEVPvLXCrrrUtdnniCEXAMPLE/IvU1dYUg2RVAJBanLiHb4IgRmpRV3zrkuWJOgQs8IZZaIv2BXIa2R4OlgkBN9bkUDNCJiBeb/AXlzBBko7b15fjrBs2+cTQtpZ3CYWFXG8C5zqx37wnOE49mRl/+OtkIKGO7fAE";

    [Theory]
    [InlineData("https://host.foo.com", "b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470")]
    [InlineData("https://host.foo.com/foo/bar/../..", "b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470")]
    [InlineData("https://host.foo.com/./", "b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470")]
    [InlineData("https://host.foo.com/./foo", "910e4d6c9abafaf87898e1eb4c929135782ea25bb0279703146455745391e63a")]
    [InlineData("https://host.foo.com/%E1%88%B4", "8d6634c189aa8c75c2e51e106b6b5121bed103fdb351f7d7d4381c738823af74")]
    [InlineData("https://host.foo.com/?foo=Zoo&foo=aha", "be7148d34ebccdc6423b19085378aa0bee970bdc61d144bd1a8c48c33079ab09")]
    [InlineData("https://host.foo.com/?foo=b&foo=a", "feb926e49e382bec75c9d7dcb2a1b6dc8aa50ca43c25d2bc51143768c0875acc")]
    [InlineData("https://host.foo.com/?%E1%88%B4=bar", "6fb359e9a05394cc7074e0feb42573a2601abc0c869a953e8c5c12e4e01f1a8c")]
    public void Botocores_vectors(string url, string signature)
    {
        SortedDictionary<string, string> headers = new(StringComparer.Ordinal) { ["date"] = "Mon, 09 Sep 2011 23:36:00 GMT", ["host"] = "host.foo.com" };

        string actual = AwsSignature.Authorization(
            new AwsKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null), "us-east-1", "GET", new Uri(url), headers, At("2011-09-09T23:36:00Z"));

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20110909/us-east-1/host/aws4_request, SignedHeaders=date;host, Signature=" + signature, actual);
    }

    [Theory]
    [InlineData(true, "host;x-amz-date;x-amz-security-token", "596aa990b792d763465d73703e684ca273c45536c6d322c31be01a41d02e5b60")]
    [InlineData(false, "host;x-amz-date", "9e722e5b7bfa163447e2a14df118b45ebd283c5aea72019bdf921d6e7dc01a9a")]
    public void Googles_vectors_for_GetCallerIdentity(bool temporary, string names, string signature)
    {
        DateTime time = At("2020-08-11T06:55:22Z");
        SortedDictionary<string, string> headers = new(StringComparer.Ordinal) { ["host"] = "sts.us-east-2.amazonaws.com", ["x-amz-date"] = AwsSignature.Time(time) };
        if (temporary)
        {
            headers["x-amz-security-token"] = Session;
        }

        string actual = AwsSignature.Authorization(
            new AwsKeys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null),
            "us-east-2", "POST", new Uri("https://sts.us-east-2.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15"), headers, time);

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20200811/us-east-2/sts/aws4_request, SignedHeaders=" + names + ", Signature=" + signature,
            actual);
    }

    [Fact]
    public void The_subject_token_is_escaped_json_whose_target_is_signed()
    {
        string token = AwsTokenSource.Sign(
            new Uri("https://sts.us-east-2.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15"),
            "us-east-2", new AwsKeys("AKIA", Example, "session"), "//iam.googleapis.com/x", At("2020-08-11T06:55:22Z"));

        Assert.DoesNotContain('"', token);
        JsonElement json = JsonDocument.Parse(Uri.UnescapeDataString(token)).RootElement;
        Assert.Equal("POST", json.GetProperty("method").GetString());
        Assert.Equal("https://sts.us-east-2.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15", json.GetProperty("url").GetString());
        Dictionary<string, string> headers = json.GetProperty("headers").EnumerateArray()
            .ToDictionary(h => h.GetProperty("key").GetString()!, h => h.GetProperty("value").GetString()!);
        Assert.Equal(["Authorization", "host", "x-amz-date", "x-amz-security-token", "x-goog-cloud-target-resource"], headers.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("SignedHeaders=host;x-amz-date;x-amz-security-token;x-goog-cloud-target-resource,", headers["Authorization"], StringComparison.Ordinal);
        Assert.DoesNotContain(Example, Uri.UnescapeDataString(token), StringComparison.Ordinal);
    }

    private static DateTime At(string time) => DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
