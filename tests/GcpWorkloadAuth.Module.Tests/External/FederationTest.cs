using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;

namespace GcpWorkloadAuth.Module.Tests.External;

/// <summary>A test with credential files of identity federation, and the emulated services they lead to.</summary>
public abstract class FederationTest : CloudTest
{
    /// <summary>A service account that federated identities may become.</summary>
    protected const string Robot = "robot@demo-project.iam.gserviceaccount.com";

    private const string Connect = "Connect-GcpAccount -CredentialPath $args[0] -Endpoint @{ sts = $args[1]; iamcredentials = $args[1]; awsmetadata = $args[1] }";

    /// <summary>A file of the type external_account.</summary>
    protected string ExternalFile(object source, string? account = null, Action<JsonObject>? change = null) =>
        Environment.WriteFile(Guid.NewGuid().ToString("N") + ".json", Cloud.State.CreateExternalAccount(JsonSerializer.Serialize(source), account, change));

    /// <summary>A file that holds a subject token which is good for exchange.</summary>
    protected string TokenFile(string ending = "") => Environment.WriteFile(Guid.NewGuid().ToString("N"), Cloud.State.Federation.IssueSubjectToken() + ending);

    /// <summary>A file-sourced credential file.</summary>
    protected string FileSourced(string? account = null, Action<JsonObject>? change = null) => ExternalFile(new { file = TokenFile() }, account, change);

    /// <summary>Signs in with a file, its services being the emulated ones.</summary>
    private protected RunResult SignIn(string file, string more = "") => Run(Connect + " " + more, file, Cloud.ApiAddress.AbsoluteUri);

    /// <summary>The form that the Security Token Service was sent last.</summary>
    protected Dictionary<string, string> LastForm() => Requests(EmulatedService.Sts)[^1].Body.Split('&')
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
}
