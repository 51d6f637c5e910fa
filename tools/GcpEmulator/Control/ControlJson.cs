using System.Globalization;
using System.Text.Json.Nodes;

namespace GcpEmulator.Control;

/// <summary>What the control endpoint shows. Tokens are shown by their first characters only.</summary>
internal static class ControlJson
{
    public static JsonObject Summary(EmulatedCloud cloud)
    {
        CloudState state = cloud.State;
        return new JsonObject
        {
            ["metadataAddress"] = cloud.MetadataAddress.AbsoluteUri,
            ["apiAddress"] = cloud.ApiAddress.AbsoluteUri,
            ["project"] = state.Project.Id,
            ["projectNumber"] = state.Project.Number,
            ["machine"] = state.Machine.Instance.Name,
            ["zone"] = state.Machine.Instance.Zone,
            ["serviceAccounts"] = new JsonArray([.. state.Machine.Accounts.Select(a => new JsonObject
            {
                ["email"] = a.Email,
                ["scopes"] = new JsonArray([.. a.Scopes.Select(s => (JsonNode)s)]),
            })]),
            ["buckets"] = state.Buckets.All.Count,
            ["instances"] = state.Instances.All().Count,
            ["tokens"] = new JsonArray([.. state.Tokens.Issued.Select(t => new JsonObject
            {
                ["token"] = t.Value[..14] + "...",
                ["account"] = t.Account,
                ["source"] = t.Source.ToString(),
                ["expiresAt"] = t.ExpiresAt.ToString("O", CultureInfo.InvariantCulture),
                ["good"] = state.Tokens.IsGood(t),
            })]),
            ["faults"] = cloud.Faults.All.Count,
            ["requests"] = cloud.Requests.Count(),
        };
    }

    public static JsonObject Environment(IReadOnlyDictionary<string, string> variables)
    {
        JsonObject json = [];
        foreach ((string name, string value) in variables)
        {
            json[name] = value;
        }

        return json;
    }

    public static JsonNode Request(LoggedRequest r)
    {
        JsonObject headers = [];
        foreach ((string name, string value) in r.Headers)
        {
            headers[name] = value;
        }

        return new JsonObject
        {
            ["sequence"] = r.Sequence,
            ["service"] = r.Service.ToString(),
            ["method"] = r.Method,
            ["path"] = r.Path,
            ["query"] = r.Query,
            ["headers"] = headers,
            ["body"] = r.Body,
            ["status"] = r.Status,
            ["startedAt"] = r.StartedAt.ToString("O", CultureInfo.InvariantCulture),
            ["finishedAt"] = r.FinishedAt?.ToString("O", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>{"anonymousStorage": true, "honourScopes": true, "guestAttributes": true, "universeDomain": "x.example",
    /// "rewriteBytesPerCall": 1048576}, any of them.</summary>
    public static void SetOptions(CloudState state, JsonObject body)
    {
        foreach ((string name, JsonNode? value) in body)
        {
            switch (name)
            {
                case "anonymousStorage":
                    state.AllowAnonymousStorage = value!.GetValue<bool>();
                    break;
                case "honourScopes":
                    state.Machine.HonourScopes = value!.GetValue<bool>();
                    break;
                case "guestAttributes":
                    state.Machine.GuestAttributesEnabled = value!.GetValue<bool>();
                    break;
                case "universeDomain":
                    state.Machine.UniverseDomain = value?.ToString();
                    break;
                case "rewriteBytesPerCall":
                    state.Objects.RewriteBytesPerCall = value?.GetValue<long>();
                    break;
                default:
                    throw new FormatException($"'{name}' is no option.");
            }
        }
    }

    /// <summary>{"zone": "us-central1-a"} or {"bucket": "name"}, with "reachable": true to undo.</summary>
    public static void SetUnreachable(CloudState state, JsonObject body)
    {
        bool unreachable = !(body["reachable"]?.GetValue<bool>() ?? false);
        if (body["zone"] is JsonNode zone)
        {
            state.Instances.SetUnreachable(zone.ToString(), unreachable);
        }

        if (body["bucket"] is JsonNode bucket)
        {
            state.Buckets.SetUnreachable(bucket.ToString(), unreachable);
        }
    }
}
