using System;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.StorageTransfer;

/// <content>
/// What goes wrong most: it is not the user but an account of Google's own that copies, and it has no rights on a bucket until
/// somebody grants them. Source: https://cloud.google.com/storage-transfer/docs/source-cloud-storage.
/// </content>
internal sealed partial class TransferJobService
{
    private const string AgentDomain = "@storage-transfer-service.iam.gserviceaccount.com";
    private static readonly Regex s_agent = new(@"project-\d+" + Regex.Escape(AgentDomain), RegexOptions.CultureInvariant);

    // "Failed to obtain the location of the Google Cloud Storage (GCS) bucket x due to insufficient permissions." comes as 400
    // FAILED_PRECONDITION or 403, "The specified bucket does not exist." behind the same words.
    private static GcpException? Explain(ApiRefusal refusal, ref string? denial)
    {
        if (refusal.Status is not (400 or 403) || !Contains(refusal, "bucket"))
        {
            return null;
        }

        if (Contains(refusal, "does not exist") && !Contains(refusal, "or it may not exist"))
        {
            return Errors.TransferBucketNotFound(refusal.Message);
        }

        if (!Contains(refusal, "insufficient permissions") && !Contains(refusal, AgentDomain))
        {
            return null;
        }

        denial = refusal.Message;
        return Errors.PermissionDenied(refusal.Message);
    }

    /// <summary>The service agent that a refusal is about; asked for where Google's words do not name it.</summary>
    private async Task<string> AgentAsync(string message, string project, EngineCall call)
    {
        Match named = s_agent.Match(message);
        if (named.Success)
        {
            return named.Value;
        }

        try
        {
            return await client.GetAsync(
                StorageTransferApi.AgentsGet,
                StorageTransferApi.AgentsGet.Format([project], ("prettyPrint", "false"), ("fields", "accountEmail")),
                ReadAgent,
                static refusal => Errors.ResourceNotFound(refusal.Message),
                call).ConfigureAwait(false);
        }
        catch (GcpException)
        {
            // The refusal is what the user must hear of, with as much of the account's name as is known.
            return "project-NUMBER" + AgentDomain;
        }
    }

    private static string ReadAgent(ref JsonCursor json)
    {
        string? email = null;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                if (name == "accountEmail")
                {
                    email = json.String();
                }
                else
                {
                    json.Skip();
                }
            }
        }

        return email ?? throw JsonText.NotAsExpected("an account without an address");
    }

    private static bool Contains(ApiRefusal refusal, string words) =>
        refusal.Message.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
}
