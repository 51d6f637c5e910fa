using CsCheck;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Http;

/// <summary>
/// Door 3 for addresses nobody thought of: a variable sends the token to Google or to loopback, -Endpoint only over TLS or to
/// loopback, and what is shown of an address holds no hidden value.
/// </summary>
public sealed class TokenDestinationTests
{
    private static readonly Gen<string> s_hosts = Gen.OneOf(
        "storage.googleapis.com", "googleapis.com", "evil.example", "evil-googleapis.com", "storage.googleapis.com.evil.example", "localhost", "LOCALHOST",
        "127.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]", "0.0.0.0", "0x7f000001", "169.254.169.254", "xn--storage-.googleapis.com", "loopback",
        "localhost.", "googleapis.com.", "storage。googleapis.com", "ｇoogleapis.com", "a.ｇoogleapis.com", "evil.example\u2100.googleapis.com",
        "-.googleapis.com", ".googleapis.com", "*.googleapis.com", "a_b.googleapis.com", "%2e.googleapis.com", "", "a b");

    private static readonly Gen<string> s_addresses =
        from scheme in Gen.OneOf("https://", "http://", "HTTPS://", "https:/", "https:\\\\", "//", "", "ftp://", "file://", "javascript:", " https://", "https://\t")
        from user in Gen.OneOf("", "", "", "me@", "me:pw@", "storage.googleapis.com@", "storage.googleapis.com:443@", "storage.googleapis.com%2f@", "@")
        from host in s_hosts
        from glue in Gen.OneOf("", "", "", "\\", "/", "#", "?", "%00", "\r\n", ";", "@", ":", "\\@")
        from second in Gen.OneOf("", "", "", "storage.googleapis.com", "evil.example", "localhost")
        from port in Gen.OneOf("", "", ":443", ":80", ":8443", ":0", ":99999", ":x")
        from path in Gen.OneOf("", "/", "/storage/v1/", "/@storage.googleapis.com/", "/..", "?a=b", "#.googleapis.com")
        select scheme + user + host + glue + second + port + path;

    [Fact]
    public void A_variable_sends_the_token_nowhere_but_to_google_or_loopback() => s_addresses.Sample(
        address =>
        {
            foreach (string variable in new[] { "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", "STORAGE_EMULATOR_HOST" })
            {
                Endpoint? endpoint = Try(() => new Endpoints(new SessionRecord(), Snapshots.Of((variable, address.Trim()))).Of(ApiService.Storage, Universe.Default));
                if (endpoint is null || address.Trim().Length == 0)
                {
                    continue;
                }

                switch (endpoint.Trust)
                {
                    case EndpointTrust.Google:
                        Assert.Equal(("https", 443, string.Empty), (endpoint.Address.Scheme, endpoint.Address.Port, endpoint.Address.UserInfo));
                        Assert.EndsWith(".googleapis.com", endpoint.Address.IdnHost, StringComparison.OrdinalIgnoreCase);
                        break;
                    case EndpointTrust.Emulator or EndpointTrust.Anonymous:
                        Assert.True(IsThisMachine(endpoint.Address), endpoint.Address + " is not this machine");
                        break;
                    default:
                        Assert.Fail("a variable must not earn the trust " + endpoint.Trust);
                        break;
                }

                StaysThere(endpoint);
            }
        },
        iter: 6000);

    [Fact]
    public void A_named_endpoint_gets_the_token_only_over_tls_or_on_this_machine() => s_addresses.Sample(
        address =>
        {
            Endpoint? endpoint = Try(() => new Endpoints(
                new SessionRecord { Endpoints = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["storage"] = address } },
                Snapshots.Empty).Of(ApiService.Storage, Universe.Default));
            if (endpoint is not null)
            {
                Assert.True(endpoint.Address.Scheme == "https" || IsThisMachine(endpoint.Address), endpoint.Address.AbsoluteUri);
                Assert.Equal(string.Empty, endpoint.Address.UserInfo + endpoint.Address.Query + endpoint.Address.Fragment);
                StaysThere(endpoint);
            }
        },
        iter: 6000);

    [Fact]
    public void A_universe_is_a_domain_or_refused() => s_addresses.Sample(
        text =>
        {
            Endpoint? endpoint = Try(() => new Endpoints(new SessionRecord(), Snapshots.Empty).Of(ApiService.Storage, text));
            if (endpoint is not null)
            {
                Assert.Equal(("https", "storage." + text.ToLowerInvariant(), 443), (endpoint.Address.Scheme, endpoint.Address.Host, endpoint.Address.Port));
            }
        },
        iter: 3000);

    [Fact]
    public void What_is_shown_of_an_address_holds_no_value_of_a_name_that_is_not_listed()
    {
        Gen<string> names = Gen.OneOf("upload_id", "X-Goog-Signature", "access_token", "key", "Alt", "alt ", "a%00lt", "", "prefix%20", "q");
        Gen<string> values = Gen.String[Gen.Char["abcdefghij0123456789%+/=.-_~;:@"], 0, 20].Select(v => "SECRET" + v);
        Gen.Select(names, Gen.OneOf("=", "=", ""), values).Array[1, 4].Sample(
            pairs =>
            {
                string query = string.Join("&", pairs.Select(p => p.Item1 + p.Item2 + p.Item3)) + "&alt=json";
                if (Uri.TryCreate("https://SECRET:SECRET@h.example/path?" + query + "#SECRET", UriKind.Absolute, out Uri? uri))
                {
                    string shown = DisplayUri.Of(uri);
                    Assert.DoesNotContain("SECRET", Named(shown), StringComparison.Ordinal);
                    Assert.StartsWith("https://h.example/path?", shown, StringComparison.Ordinal);
                    Assert.EndsWith("alt=json", shown, StringComparison.Ordinal);
                }
            },
            iter: 3000);
    }

    [Fact]
    public void What_is_shown_of_a_text_that_is_no_address_holds_no_password_and_no_query() => s_addresses.Sample(
        address =>
        {
            string shown = DisplayUri.OfText(address.Replace("pw@", "SECRET@", StringComparison.Ordinal) + "?x=SECRET#SECRET");
            Assert.DoesNotContain("SECRET", shown, StringComparison.Ordinal);
        },
        iter: 3000);

    // A name that runs into its value ("qSECRET=...") is a name.
    private static string Named(string shown) => System.Text.RegularExpressions.Regex.Replace(shown, @"(?<=[?&])[^=&]*SECRET[^=&]*=\*\*\*", "name=***");

    private static bool IsThisMachine(Uri address) =>
        address.IdnHost is "localhost" || (System.Net.IPAddress.TryParse(address.IdnHost, out System.Net.IPAddress? ip) && System.Net.IPAddress.IsLoopback(ip));

    // Whatever is asked of it, the request goes to the host that was checked.
    private static void StaysThere(Endpoint endpoint)
    {
        Uri request = new(endpoint.Address, StorageApi.BucketsGet.Format(["//evil.example/..\\@"], ("fields", "@evil.example#")));
        Assert.Equal(endpoint.Address.Authority, request.Authority);
        Assert.Equal(endpoint.Address.Scheme, request.Scheme);
    }

    private static Endpoint? Try(Func<Endpoint> work)
    {
        try
        {
            return work();
        }
        catch (GcpException failure)
        {
            Assert.Contains(failure.ErrorId, new[] { "EndpointInvalid", "EndpointRefused", "UniverseInvalid" });
            Assert.DoesNotContain("pw@", failure.Message, StringComparison.Ordinal);
            return null;
        }
    }
}
