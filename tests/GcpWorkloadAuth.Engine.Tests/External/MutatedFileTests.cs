using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Credentials.External;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.External;

/// <summary>Whatever a credential file holds: one failure of the catalogue, or a credential that leads to Google alone.</summary>
public sealed partial class MutatedFileTests
{
    private const string Secret = "secret-of-the-client";

    private static readonly string[] s_sources =
    [
        """{"file":"/var/run/token","format":{"type":"json","subject_token_field_name":"t"}}""",
        """{"url":"http://169.254.169.254/metadata/identity","headers":{"Metadata":"True"},"format":{"type":"text"}}""",
        """
        {"environment_id":"aws1","region_url":"http://169.254.169.254/latest/meta-data/placement/availability-zone",
         "url":"http://169.254.169.254/latest/meta-data/iam/security-credentials","imdsv2_session_token_url":"http://169.254.169.254/latest/api/token",
         "regional_cred_verification_url":"https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15"}
        """,
        """{"certificate":{"use_default_certificate_config":true,"trust_chain_path":"/etc/chain.pem"}}""",
        """{"certificate":{"certificate_config_location":"/etc/certificate_config.json"}}""",
        """{"executable":{"command":"/bin/echo x","timeout_millis":5000,"output_file":"/tmp/x"}}""",
    ];

    private static readonly string[] s_strings =
    [
        "", " ", "https://evil.example/v1/token", "https://sts.googleapis.com.evil.example/v1/token", "https://evil.example@sts.googleapis.com/",
        "https://sts.googleapis.com@evil.example/", "http://sts.googleapis.com/v1/token", "https://sts.googleapis.com:444/", "https://a.b.sts.googleapis.com/",
        "https:\\\\evil.example", "https://evil.example/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken",
        "http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token", "//evil.example", "file:///etc/passwd", "evil.example",
        "Metadata-Flavor", "a\r\nb", "\0", "ѕts.googleapis.com", "evil.example.com", "aws2", "aws", "json", "service_account", "../../x",
    ];

    private static readonly Gen<JsonNode?> s_value = Gen.OneOf(
        Gen.Int[0, s_strings.Length - 1].Select(at => (JsonNode?)s_strings[at]),
        Gen.String.Select(text => (JsonNode?)text),
        Gen.Long.Select(number => (JsonNode?)number),
        Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)number),
        Gen.Bool.Select(truth => (JsonNode?)truth),
        Gen.Const(() => (JsonNode?)null),
        Gen.Const(() => (JsonNode?)new JsonArray("x", 1)),
        Gen.Const(() => (JsonNode?)new JsonObject { ["type"] = "json" }));

    private static readonly Gen<(int Source, (int Field, JsonNode? Value, bool Remove)[] Changes)> s_changed =
        Gen.Select(Gen.Int[0, s_sources.Length - 1], Gen.Select(Gen.Int[0, 40], s_value, Gen.Bool).Array[0, 4]);

    [Fact]
    public void A_changed_field_gives_one_failure_or_leads_to_google() => s_changed.Sample(
        sample =>
        {
            JsonObject file = ExternalFiles.Whole(s_sources[sample.Source]);
            foreach ((int field, JsonNode? value, bool remove) in sample.Changes)
            {
                List<(JsonObject Parent, string Name)> places = [.. Places(file)];
                (JsonObject parent, string name) = places[field % places.Count];
                if (remove)
                {
                    parent.Remove(name);
                }
                else
                {
                    parent[name] = value?.DeepClone();
                }
            }

            Check(file.ToJsonString());
        },
        iter: 20_000);

    [Fact]
    public void A_changed_byte_gives_one_failure_or_leads_to_google() => Gen.Select(
        Gen.Int[0, s_sources.Length - 1], Gen.Select(Gen.Int[0, 1500], Gen.Char).Array[1, 5], Gen.Int[0, 1500]).Sample(
        (source, changes, length) =>
        {
            StringBuilder text = new(ExternalFiles.Whole(s_sources[source]).ToJsonString());
            foreach ((int at, char c) in changes)
            {
                text[at % text.Length] = c;
            }

            Check(length < text.Length / 4 ? text.ToString(0, length) : text.ToString());
        },
        iter: 20_000);

    private static IEnumerable<(JsonObject Parent, string Name)> Places(JsonObject node)
    {
        foreach ((string name, JsonNode? value) in node)
        {
            yield return (node, name);
            if (value is JsonObject inner)
            {
                foreach ((JsonObject, string) place in Places(inner))
                {
                    yield return place;
                }
            }
        }
    }

    private static void Check(string text)
    {
        EnvironmentSnapshot environment = Snapshots.Of(("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES", "1"));
        SessionRecord session = new() { AllowExecutable = true };
        try
        {
            CredentialFile file = CredentialFile.FromText(text, "in a test");
            if (file.Type != CredentialFile.ExternalAccountType)
            {
                return;
            }

            ExternalAccountCredential credential = ExternalAccountCredential.Make(
                file, session, environment, new Endpoints(session, environment), MetadataAddress.From(environment));
            string[] parts = credential.Recipe.Split('|');
            Assert.Matches(StsHost(), parts[2]);
            Assert.True(parts[3].Length == 0 || IamAddress().IsMatch(parts[3]), parts[3]);
            Assert.DoesNotContain(Secret, credential.Recipe, StringComparison.Ordinal);
        }
        catch (GcpException failure)
        {
            Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(failure.Message, char.IsControl);
        }
    }

    [GeneratedRegex(@"^https://(sts|sts\.[a-z0-9-]+|[a-z0-9-]+\.sts|[a-z0-9-]+-sts|sts-[a-z0-9-]+\.p)\.googleapis\.com/")]
    private static partial Regex StsHost();

    [GeneratedRegex(
        @"^https://(iamcredentials|iamcredentials\.[a-z0-9-]+|[a-z0-9-]+\.iamcredentials|[a-z0-9-]+-iamcredentials|iamcredentials-[a-z0-9-]+\.p)\.googleapis\.com/v1/projects/-/serviceAccounts/[^/:?#]+:generateAccessToken$")]
    private static partial Regex IamAddress();
}
