using System.Text;
using CsCheck;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Metadata;

/// <summary>Whatever answers at the metadata server's address: an answer that can be used, or one failure of the catalogue.</summary>
[Collection(EnvironmentTests.Name)]
public sealed class MutatedAnswerTests
{
    private const string Flavor = "Metadata-Flavor: Google";

    private static readonly string[] s_answers =
    [
        RawServer.Answer(200, "{\"access_token\":\"ya29.mutated\",\"expires_in\":3599,\"token_type\":\"Bearer\"}", Flavor, "Content-Type: application/json"),
        RawServer.Answer(
            200, "{\"default\":{\"aliases\":[\"default\"],\"email\":\"a@b.iam.gserviceaccount.com\",\"scopes\":[\"https://www.googleapis.com/auth/cloud-platform\"]}}", Flavor, "Content-Type: application/json"),
        RawServer.Answer(200, "{\"instance\":{\"id\":123,\"name\":\"vm\",\"tags\":[\"a\"]},\"project\":{\"projectId\":\"p\"}}", Flavor, "Content-Type: application/json"),
        RawServer.Answer(301, "x", Flavor, "Location: http://evil.example/"),
    ];

    [Fact]
    public async Task One_failure_or_an_answer_and_nobody_else_is_asked()
    {
        string current = string.Empty;
        await using RawServer server = new(connection => connection.SendAsync(Encoding.Latin1.GetBytes(Volatile.Read(ref current))));
        SessionRecord session = new() { Kind = CredentialKind.MetadataServer, Timeout = TimeSpan.FromMilliseconds(60) };
        using ProcessEnvironment environment = new();
        environment.Set("GCE_METADATA_HOST", server.Host);
        IEngine engine = new GoogleEngine();
        Events events = new();

        await Gen.Select(Gen.Int[0, s_answers.Length - 1], Gen.Select(Gen.Int[0, 600], Gen.Char[(char)0, (char)255]).Array[0, 4], Gen.Int[0, 900], Gen.Int[0, 3]).SampleAsync(
            async (which, changes, length, question) =>
            {
                StringBuilder text = new(s_answers[which]);
                foreach ((int at, char c) in changes)
                {
                    text[at % text.Length] = c;
                }

                Volatile.Write(ref current, length < text.Length / 3 ? text.ToString(0, length) : text.ToString());
                try
                {
                    switch (question)
                    {
                        case 0:
                            await engine.GetAccessTokenAsync(session, new TokenRequest { ForceRefresh = true }, events.Call());
                            break;
                        case 1:
                            await engine.GetServiceAccountsAsync(session, events.Call());
                            break;
                        case 2:
                            await engine.GetMetadataAsync(session, new MetadataQuery { Recursive = true }, events.Call());
                            break;
                        default:
                            await engine.GetIdentityTokenAsync(session, new IdentityTokenRequest("a") { ForceRefresh = true }, events.Call());
                            break;
                    }
                }
                catch (GcpException failure)
                {
                    Assert.DoesNotContain(failure.Message, char.IsControl);
                    Assert.DoesNotContain("ya29.mutated", failure.ToString(), StringComparison.Ordinal);
                }
            },
            iter: 400,
            threads: 1);

        Assert.NotEmpty(server.Requests);
    }
}
