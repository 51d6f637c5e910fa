using System.Runtime.CompilerServices;
using System.Text;
using GcpEmulator;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Identities;

/// <summary>Signing as a service account: with the key, or by IAM.</summary>
public sealed class SignerTests : IAsyncLifetime
{
    private const string Robot = "robot@demo-project.iam.gserviceaccount.com";
    private const string Worker = "worker@demo-project.iam.gserviceaccount.com";
    private const string Middle = "middle@demo-project.iam.gserviceaccount.com";
    private static readonly byte[] s_data = Encoding.UTF8.GetBytes("GOOG4-RSA-SHA256\nwhat is signed");

    private readonly string _folder = Directory.CreateTempSubdirectory("gcp-signer-").FullName;
    private EmulatedCloud _cloud = null!;

    public async ValueTask InitializeAsync() =>
        _cloud = await EmulatedCloud.StartAsync(new EmulatorOptions(), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_key_signs_without_a_request()
    {
        SessionSigner signer = Signer(_cloud.State.CreateServiceAccountKey());

        BlobSignature signature = await signer.SignAsync(s_data, Events.Quiet());

        Assert.Equal(Robot, signature.Account);
        Assert.True(_cloud.State.ServiceAccounts.Find(Robot)!.Verify(signature.KeyId, s_data, signature.Signature));
        Assert.Equal(0, _cloud.Requests.Count());
    }

    [Fact]
    public async Task Many_sign_with_one_key_at_once()
    {
        SessionSigner signer = Signer(_cloud.State.CreateServiceAccountKey());

        BlobSignature[] signatures = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => signer.SignAsync(s_data, Events.Quiet()))));

        Assert.All(signatures, s => Assert.True(_cloud.State.ServiceAccounts.Find(Robot)!.Verify(s.KeyId, s_data, s.Signature)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Iam_signs_for_an_impersonated_account(bool delegated)
    {
        Allow(Robot, delegated ? Middle : Worker);
        Allow(Middle, Worker);
        string key = _cloud.State.CreateServiceAccountKey();
        SessionSigner signer = Signer(_cloud.State.CreateImpersonation(Worker, key, delegated ? [Middle] : []));

        BlobSignature signature = await signer.SignAsync(s_data, Events.Quiet());

        Assert.Equal(Worker, signature.Account);
        Assert.True(_cloud.State.ServiceAccounts.Find(Worker)!.Verify(signature.KeyId, s_data, signature.Signature));
        Assert.Equal(2, _cloud.Requests.Count());
        await signer.SignAsync(s_data, Events.Quiet());
        Assert.Equal(3, _cloud.Requests.Count());
    }

    [Fact]
    public async Task Iam_may_refuse()
    {
        _cloud.State.ServiceAccounts.GetOrAdd(Worker);
        SessionSigner signer = Signer(_cloud.State.CreateImpersonation(Worker, _cloud.State.CreateServiceAccountKey()));

        GcpException refusal = await Fails.WithAsync("ImpersonationDenied", () => signer.SignAsync(s_data, Events.Quiet()));

        Assert.Contains("iam.serviceAccounts.signBlob", refusal.Advice, StringComparison.Ordinal);
        Assert.Equal(403, refusal.StatusCode);
    }

    [Theory]
    [InlineData("""{"keyId":"k"}""")]
    [InlineData("""{"keyId":"k","signedBlob":"no base64!"}""")]
    public async Task An_answer_without_a_signature_is_an_error(string body)
    {
        Allow(Robot, Worker);
        _cloud.Faults.Add(new Fault { PathPattern = "*:signBlob", Status = 200, Body = body });
        SessionSigner signer = Signer(_cloud.State.CreateImpersonation(Worker, _cloud.State.CreateServiceAccountKey()));

        await Fails.WithAsync("ResponseTruncated", () => signer.SignAsync(s_data, Events.Quiet()));
    }

    [Fact]
    public async Task Iam_signs_for_a_vms_account()
    {
        string account = _cloud.State.Project.DefaultServiceAccount;
        SessionSigner signer = new(Make(
            new SessionRecord { Kind = CredentialKind.MetadataServer, Partition = Guid.NewGuid().ToString("N") },
            Snapshots.Of(
                ("GCE_METADATA_HOST", _cloud.MetadataAddress.Authority),
                ("GCE_METADATA_TIMEOUT", "10"),
                ("CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS", _cloud.ApiAddress.AbsoluteUri))));
        await Fails.WithAsync("ImpersonationDenied", () => signer.SignAsync(s_data, Events.Quiet()));
        _cloud.State.Impersonations.Allow(account, account);

        BlobSignature signature = await signer.SignAsync(s_data, Events.Quiet());

        Assert.Equal(account, signature.Account);
        Assert.True(_cloud.State.ServiceAccounts.Find(account)!.Verify(signature.KeyId, s_data, signature.Signature));
    }

    [Fact]
    public async Task A_person_cannot_sign()
    {
        SessionSigner signer = Signer(_cloud.State.CreateAuthorizedUser());

        await Fails.WithAsync("SigningNotSupported", () => signer.SignAsync(s_data, Events.Quiet()));

        Assert.Equal(0, _cloud.Requests.Count());
    }

    private void Allow(string caller, string target)
    {
        _cloud.State.ServiceAccounts.GetOrAdd(target);
        _cloud.State.Impersonations.Allow(caller, target);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern EngineSession Make(SessionRecord record, EnvironmentSnapshot environment);

    private SessionSigner Signer(string json)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".json");
        File.WriteAllText(path, json);
        return new SessionSigner(EngineSession.Of(new SessionRecord
        {
            Kind = CredentialKind.File,
            CredentialPath = path,
            Partition = Guid.NewGuid().ToString("N"),
            Endpoints = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["token"] = new Uri(_cloud.ApiAddress, "/token").AbsoluteUri,
                ["iamcredentials"] = _cloud.ApiAddress.AbsoluteUri,
            },
        }));
    }
}
