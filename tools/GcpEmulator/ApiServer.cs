using GcpEmulator.Auth;
using GcpEmulator.Compute;
using GcpEmulator.Control;
using GcpEmulator.Federation;
using GcpEmulator.Http;
using GcpEmulator.Iam;
using GcpEmulator.ResourceManager;
using GcpEmulator.Storage;
using GcpEmulator.Testing;
using GcpEmulator.Transfer;

namespace GcpEmulator;

/// <summary>Sends a request on the API port to the service that its path belongs to.</summary>
internal sealed class ApiServer(EmulatedCloud cloud, TokenEndpoint tokens, BearerCheck bearer, GoogleKey google)
{
    private readonly StsEndpoint _sts = new(cloud.State, cloud.Options.Clock);
    private readonly GenerateAccessToken _accountTokens = new(cloud.State, cloud.Options.Clock);
    private readonly AwsMetadata _aws = new(cloud.State.Federation.Aws);
    private readonly StorageApi _storage = new(cloud.State, bearer, cloud.Options.Clock);
    private readonly ComputeApi _compute = new(cloud.State, bearer);
    private readonly IamCredentialsApi _iam = new(cloud.State, bearer, google, cloud.Options.Clock);
    private readonly ProjectsApi _projects = new(cloud.State, bearer);
    private readonly TransferApi _transfer = new(cloud.State, bearer);
    private readonly TestService _testing = new(bearer);
    private readonly ControlApi _control = new(cloud);

    public static EmulatedService Classify(EmulatedRequest request) => request.Segments switch
    {
        ["_emulator", ..] => EmulatedService.Control,
        _ when StorageRoutes.IsJson(request.Segments) || StorageRoutes.HostBucket(request) is not null => EmulatedService.Storage,
        ["v1", "projects", _, "serviceAccounts", _] => EmulatedService.IamCredentials,
        ["compute", "v1", ..] or ["batch", "compute", "v1"] => EmulatedService.Compute,
        ["v3", "projects" or "projects:search", ..] => EmulatedService.ResourceManager,
        ["v1", "transferJobs" or "transferOperations" or "googleServiceAccounts", ..] => EmulatedService.StorageTransfer,
        ["testing", "v1", ..] => EmulatedService.Testing,
        ["v1", "token" or "oauthtoken"] => EmulatedService.Sts,
        ["latest", ..] => EmulatedService.AwsMetadata,
        ["token" or "tokeninfo" or "revoke" or "oauth2", ..] or ["o", "oauth2", ..] => EmulatedService.Token,
        _ => StorageRoutes.IsXml(request) ? EmulatedService.Storage : EmulatedService.Other,
    };

    public async ValueTask<Reply> HandleAsync(EmulatedRequest request)
    {
        string[] path = request.Segments;
        return Classify(request) switch
        {
            EmulatedService.Control => _control.Handle(request, path[1..]),
            EmulatedService.Storage => await _storage.HandleAsync(request),
            EmulatedService.Compute when path[0] == "batch" => await new Compute.BatchApi(_compute).HandleAsync(request),
            EmulatedService.Compute => await _compute.HandleAsync(request, path[2..]),
            EmulatedService.IamCredentials when IsFederated(request) && _accountTokens.Handle(request) is Reply reply => reply,
            EmulatedService.IamCredentials => _iam.Handle(request, path[4]),
            EmulatedService.ResourceManager => _projects.Handle(request, path[1..]),
            EmulatedService.StorageTransfer => _transfer.Handle(request, path[1..]),
            EmulatedService.Testing => _testing.Handle(request, path[2..]),
            EmulatedService.Sts when _sts.Handle(request) is Reply reply => reply,
            EmulatedService.AwsMetadata => _aws.Handle(request),
            EmulatedService.Token when tokens.Handle(request) is Reply reply => reply,
            _ => GoogleErrors.NotFound("The emulator does not serve " + request.Path),
        };
    }

    // A federated identity is no service account: who may work as whom is kept apart for it.
    private bool IsFederated(EmulatedRequest request) =>
        request.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal)
        && cloud.State.Tokens.Find(header[7..])?.Source is TokenSource.Federation;
}
