using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Control;

/// <summary>
/// /_emulator/ on the API port, for scripts and Pester: what <see cref="EmulatedCloud"/> offers in process, over HTTP. Bodies and
/// answers are JSON; a wrong body is a 400 with an "error" text.
/// </summary>
internal sealed class ControlApi(EmulatedCloud cloud)
{
    public Reply Handle(EmulatedRequest request, string[] path)
    {
        try
        {
            JsonObject body = request.Body.IsEmpty
                ? []
                : JsonNode.Parse(request.Body.Span) as JsonObject ?? throw new FormatException("The body must be a JSON object.");
            JsonNode? answer = Answer(request, request.Method + " " + string.Join('/', path), body);
            return answer is null ? Reply.Empty(204) : Reply.Json(ErrorBody.Serialize(answer));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Reply.Json(ErrorBody.Serialize(new JsonObject { ["error"] = e.Message }), 400);
        }
    }

    private JsonNode? Answer(EmulatedRequest request, string call, JsonObject body)
    {
        switch (call)
        {
            case "GET " or "GET state":
                return ControlJson.Summary(cloud);
            case "GET environment":
                return ControlJson.Environment(cloud.Environment);
            case "POST reset":
                cloud.Reset();
                return null;
            case "GET faults":
                return new JsonArray([.. cloud.Faults.All.Select(FaultJson.Write)]);
            case "POST faults":
                cloud.Faults.Add(FaultJson.Read(body));
                return null;
            case "POST faults/random":
                cloud.Faults.Random = FaultJson.ReadRandom(body);
                return null;
            case "DELETE faults":
                cloud.Faults.Clear();
                return null;
            case "GET requests":
                string pattern = request.Parameter("path") ?? "*";
                return new JsonArray([.. cloud.Requests.All.Where(r => Wildcard.IsMatch(pattern, r.Path)).Select(ControlJson.Request)]);
            case "DELETE requests":
                cloud.Requests.Clear();
                return null;
            default:
                return Change(call, body);
        }
    }

    private JsonNode? Change(string call, JsonObject body)
    {
        CloudState state = cloud.State;
        if (ComputeControl.TryAnswer(state, call, body, out JsonNode? answer))
        {
            return answer;
        }

        switch (call)
        {
            case "POST attach":
                string[] scopes = body["scopes"] is JsonArray list ? [.. list.Select(i => i!.ToString())] : [];
                state.Machine.Attach(Text(body, "email") ?? state.Project.DefaultServiceAccount, scopes);
                return null;
            case "POST detach":
                state.Machine.Detach();
                return null;
            case "POST tokens/revoke":
                state.Tokens.RevokeAll();
                return null;
            case "POST tokens/expire":
                state.Tokens.ExpireAll();
                return null;
            case "POST tokens/life":
                Seconds(body, "remaining", state.Tokens.SetRemainingLife);
                Seconds(body, "lifetime", life => state.Tokens.Lifetime = life);
                Seconds(body, "renewalWindow", window => state.Tokens.RenewalWindow = window);
                return null;
            case "POST keys":
                bool ownTokenUri = body["ownTokenUri"]?.GetValue<bool>() ?? false;
                return JsonNode.Parse(state.CreateServiceAccountKey(Text(body, "email"), Text(body, "tokenUri"), ownTokenUri));
            case "POST users":
                return JsonNode.Parse(state.CreateAuthorizedUser(Text(body, "email") ?? "person@example.com", Text(body, "quotaProject")));
            case "POST subjects":
                return new JsonObject { ["token"] = state.Federation.IssueSubjectToken(Text(body, "subject") ?? "workload-1") };
            case "POST externals":
                return JsonNode.Parse(state.CreateExternalAccount(
                    body["source"]?.ToJsonString() ?? throw new FormatException("source is missing."), Text(body, "account")));
            case "POST impersonations":
                string target = Text(body, "target") ?? throw new FormatException("target is missing.");
                state.ServiceAccounts.GetOrAdd(target);
                state.Impersonations.Allow(Text(body, "caller") ?? state.Project.DefaultServiceAccount, target);
                return null;
            case "POST attributes":
                foreach ((string key, JsonNode? value) in body["instance"] as JsonObject ?? [])
                {
                    state.Machine.SetInstanceAttribute(key, value?.ToString());
                }

                foreach ((string key, JsonNode? value) in body["project"] as JsonObject ?? [])
                {
                    state.Machine.SetProjectAttribute(key, value?.ToString());
                }

                return null;
            case "POST options":
                ControlJson.SetOptions(state, body);
                return null;
            case "GET objects":
                return ObjectsControl.Summary(state.Objects);
            case "POST objects":
                return ObjectsControl.Put(state.Objects, body);
            case "POST permissions":
                ObjectsControl.SetPermission(state.Objects, body);
                return null;
            case "POST unreachable":
                ControlJson.SetUnreachable(state, body);
                return null;
            default:
                throw new FormatException("The control endpoint does not know " + call + ".");
        }
    }

    private static string? Text(JsonObject body, string name) => body[name]?.ToString();

    private static void Seconds(JsonObject body, string name, Action<TimeSpan> set)
    {
        if (body[name] is JsonValue value)
        {
            set(TimeSpan.FromSeconds(value.GetValue<double>()));
        }
    }
}
