using System.Text.Json.Nodes;
using GcpEmulator.Auth;
using GcpEmulator.Http;

namespace GcpEmulator.Metadata;

/// <summary>Access and identity tokens of the attached accounts.</summary>
internal sealed class MachineTokens(CloudState state, GoogleKey google, TimeProvider clock)
{
    public Reply Answer(EmulatedRequest request, MetadataNode.Computed node)
    {
        // ASSUMED: a disabled or deleted account has no tokens any more.
        if (state.ServiceAccounts.Find(node.Account.Email) is not { Disabled: false } account)
        {
            return MetadataReplies.NotFound(request.Path);
        }

        return node.Kind == "token" ? AccessToken(request, node.Account) : IdentityToken(request, account);
    }

    private Reply AccessToken(EmulatedRequest request, AttachedAccount account)
    {
        // AIP-4115: scopes, separated by commas, "may be transparently ignored or fulfilled".
        string[] asked = request.Parameter("scopes")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
        bool honoured = state.Machine.HonourScopes && asked.Length > 0;
        (IssuedToken token, int expiresIn) = state.Tokens.ForMachine(account, honoured ? [.. asked] : account.Scopes);
        JsonObject body = new() { ["access_token"] = token.Value, ["expires_in"] = expiresIn, ["token_type"] = "Bearer" };
        return Reply.Text(body.ToJsonString(), MetadataReplies.JsonType);
    }

    // "Verify the identity of VM instances": audience is mandatory, format is standard or full, licenses needs full.
    private Reply IdentityToken(EmulatedRequest request, ServiceAccount account)
    {
        if (request.Parameter("audience") is not { Length: > 0 } audience)
        {
            return MetadataReplies.BadRequest("non-empty audience parameter required");
        }

        string format = request.Parameter("format") ?? "standard";
        if (format is not ("standard" or "full"))
        {
            return MetadataReplies.BadRequest("Invalid format parameter"); // ASSUMED: the text
        }

        DateTimeOffset now = clock.GetUtcNow();
        JsonObject claims = IdentityClaims.Standard(account, audience, now, withEmail: format == "full");
        if (format == "full")
        {
            claims["google"] = new JsonObject { ["compute_engine"] = Machine(request.Flag("licenses")) };
        }

        return Reply.Text(google.Sign(claims), "text/html");
    }

    private JsonObject Machine(bool withLicenses)
    {
        EmulatedInstance instance = state.Machine.Instance;
        JsonObject machine = new()
        {
            ["instance_creation_timestamp"] = instance.CreatedAt.ToUnixTimeSeconds(),
            ["instance_id"] = instance.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["instance_name"] = instance.Name,
        };
        if (withLicenses)
        {
            machine["license_id"] = new JsonArray(MetadataTree.LicenseId(instance));
        }

        machine["project_id"] = state.Project.Id;
        machine["project_number"] = state.Project.Number;
        machine["zone"] = instance.Zone;
        return machine;
    }
}
