using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Credentials.External;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

/// <summary>Keys, people and signed-in federated people: whatever their files hold, one failure, or Google's own token endpoint.</summary>
public sealed class MutatedCredentialTests
{
    private const string Secret = "secret-of-the-client-or-the-key";
    private static readonly string s_key = MakeKey();

    private static readonly string[] s_files =
    [
        new JsonObject
        {
            ["type"] = "service_account", ["project_id"] = "demo-project", ["private_key_id"] = "1", ["private_key"] = s_key,
            ["client_email"] = "robot@demo-project.iam.gserviceaccount.com", ["token_uri"] = "https://oauth2.googleapis.com/token",
            ["universe_domain"] = "googleapis.com",
        }.ToJsonString(),
        new JsonObject
        {
            ["type"] = "authorized_user", ["client_id"] = "client-1", ["client_secret"] = Secret, ["refresh_token"] = "1//" + Secret,
            ["quota_project_id"] = "demo-project", ["universe_domain"] = "googleapis.com",
        }.ToJsonString(),
        new JsonObject
        {
            ["type"] = "external_account_authorized_user", ["client_id"] = "client-1", ["client_secret"] = Secret, ["refresh_token"] = Secret,
            ["token_url"] = "https://sts.googleapis.com/v1/oauthtoken", ["token_info_url"] = "https://sts.googleapis.com/v1/introspect",
            ["universe_domain"] = "googleapis.com",
        }.ToJsonString(),
    ];

    private static readonly string[] s_strings =
    [
        "", " ", "https://evil.example/token", "https://oauth2.googleapis.com.evil.example/token", "https://oauth2.googleapis.com@evil.example/",
        "http://oauth2.googleapis.com/token", "https://oauth2.googleapis.com:444/token", "https:\\\\evil.example", "//evil.example", "evil.example",
        "https://sts.googleapis.com.evil.example/", "authorized_user", "service_account", "a\r\nb", "\0", "оauth2.googleapis.com",
    ];

    private static readonly Gen<JsonNode?> s_value = Gen.OneOf(
        Gen.Int[0, s_strings.Length - 1].Select(at => (JsonNode?)s_strings[at]),
        Gen.String.Select(text => (JsonNode?)text),
        Gen.Long.Select(number => (JsonNode?)number),
        Gen.Bool.Select(truth => (JsonNode?)truth),
        Gen.Const(() => (JsonNode?)null),
        Gen.Const(() => (JsonNode?)new JsonArray("x", 1)),
        Gen.Const(() => (JsonNode?)new JsonObject { ["type"] = "x" }));

    [Fact]
    public void A_changed_field_gives_one_failure_or_leads_to_google() =>
        Gen.Select(Gen.Int[0, s_files.Length - 1], Gen.Select(Gen.Int[0, 20], s_value, Gen.Bool).Array[0, 3]).Sample(
            (which, changes) =>
            {
                JsonObject file = JsonNode.Parse(s_files[which])!.AsObject();
                foreach ((int at, JsonNode? value, bool remove) in changes)
                {
                    string name = file.ElementAt(at % file.Count).Key;
                    if (remove && file.Count > 1)
                    {
                        file.Remove(name);
                    }
                    else
                    {
                        file[name] = value?.DeepClone();
                    }
                }

                Check(file.ToJsonString());
            },
            iter: 5_000);

    [Fact]
    public void A_changed_character_gives_one_failure_or_leads_to_google() =>
        Gen.Select(Gen.Int[0, s_files.Length - 1], Gen.Select(Gen.Int[0, 2500], Gen.Char).Array[1, 4], Gen.Int[0, 4000]).Sample(
            (which, changes, length) =>
            {
                StringBuilder text = new(s_files[which]);
                foreach ((int at, char c) in changes)
                {
                    text[at % text.Length] = c;
                }

                Check(length < text.Length / 4 ? text.ToString(0, length) : text.ToString());
            },
            iter: 5_000);

    private static void Check(string text)
    {
        try
        {
            CredentialFile file = CredentialFile.FromText(text, "in a test");
            SessionRecord session = new();
            Credential? credential = file.Type switch
            {
                CredentialFile.ServiceAccountType or CredentialFile.AuthorizedUserType => new FileCredential(file, null, null),
                CredentialFile.ExternalUserType => new ExternalUserCredential(file, new Endpoints(session, Snapshots.Empty), null),
                _ => null,
            };
            if (credential is null)
            {
                return;
            }

            Assert.False(credential.IsLoopback);
            Uri endpoint = new(credential.Recipe.Split('|')[2]);
            Assert.Equal(443, endpoint.Port);
            Assert.True(
                endpoint.Host is "oauth2.googleapis.com" or "accounts.google.com" || CheckedUrl.IsHostOf(endpoint.Host, CheckedUrl.Sts, Universe.Default),
                endpoint.AbsoluteUri);
            Assert.DoesNotContain(Secret, credential.Recipe, StringComparison.Ordinal);
            if (file.Type == CredentialFile.ServiceAccountType)
            {
                Assert.NotEmpty(new ServiceAccountKey(file).Sign([1]));
            }
        }
        catch (GcpException failure)
        {
            Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(s_key.Substring(40, 40), failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(failure.Message, char.IsControl);
        }
    }

    private static string MakeKey()
    {
        using RSA key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
