using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Auth;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.ResourceManager;

/// <summary>Resource Manager v3: projects.search, projects.get and projects.testIamPermissions (discovery document of cloudresourcemanager v3).</summary>
internal sealed class ProjectsApi(CloudState state, BearerCheck bearer)
{
    private const string Service = "cloudresourcemanager.googleapis.com";
    private const string TestSuffix = ":testIamPermissions";

    /// <param name="request">The request.</param>
    /// <param name="path">The path's parts behind /v3.</param>
    public Reply Handle(EmulatedRequest request, string[] path)
    {
        string method = request.Method == "POST" ? "TestIamPermissions" : path.Length == 1 ? "SearchProjects" : "GetProject";
        string[] scopes = request.Method == "POST" ? Scopes.ProjectsTest : Scopes.ProjectsRead;
        if (bearer.Check(request, Service, "google.cloud.resourcemanager.v3.Projects." + method, scopes) is Reply refusal)
        {
            return refusal;
        }

        return (request.Method, path) switch
        {
            ("GET", ["projects:search"]) => Search(request),
            ("GET", ["projects", string name]) when state.Projects.Find(name) is { } project =>
                JsonAnswer.Create(request, FieldSchemas.Unchecked, json => Write(json, project)),
            ("GET", ["projects", _]) => Denied(),
            ("POST", ["projects", string action]) when action.EndsWith(TestSuffix, StringComparison.Ordinal) =>
                Test(request, action[..^TestSuffix.Length]),
            _ => GoogleErrors.NotFound("The emulator does not serve " + request.Method + " " + request.Path),
        };
    }

    // A project that does not exist is answered like one that may not be seen (the API's own words, in many public reports).
    private static Reply Denied() => Reply.Json(
        ErrorBody.Create(403, "The caller does not have permission", "forbidden").Status("PERMISSION_DENIED").ToString(), 403);

    private Reply Test(EmulatedRequest request, string name)
    {
        if (state.Projects.Find(name) is not { } project)
        {
            return Denied();
        }

        string[] asked;
        try
        {
            JsonNode? body = JsonNode.Parse(Encoding.UTF8.GetString(request.Body.Span));
            asked = [.. (body?["permissions"] as JsonArray ?? []).Select(p => p?.ToString() ?? string.Empty)];
        }
        catch (JsonException)
        {
            return GoogleErrors.Invalid("Invalid JSON payload received.");
        }

        // Text as testIamPermissions answers to a name that is no permission of the resource.
        return Array.Find(asked, p => p.Split('.').Length < 3) is { } wrong
            ? GoogleErrors.Invalid($"Permission {wrong} is not valid for this resource.")
            : JsonAnswer.Create(
                request, FieldSchemas.Unchecked, json => PermissionJson.Write(json, null, state.Denials.Granted(project.Id, asked)));
    }

    private Reply Search(EmulatedRequest request)
    {
        EmulatedProject[] found = [.. state.Projects.All.Where(p => IsMatch(p, request.Parameter("query"))).OrderBy(p => p.Id, StringComparer.Ordinal)];

        // ASSUMED: 100 where pageSize is not given, and 500 at most.
        int size = int.TryParse(request.Parameter("pageSize"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) && asked > 0
            ? Math.Min(asked, 500)
            : 100;
        int start = 0;
        if (request.Parameter("pageToken") is { Length: > 0 } token
            && (!int.TryParse(token.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out start) || token[0] != 't'))
        {
            return GoogleErrors.Invalid("Invalid page token");
        }

        return JsonAnswer.Create(request, FieldSchemas.Unchecked, json =>
        {
            json.WriteStartObject();
            if (found.Length > start)
            {
                json.WriteStartArray("projects");
                foreach (EmulatedProject project in found.Skip(start).Take(size))
                {
                    Write(json, project);
                }

                json.WriteEndArray();
            }

            if (start + size < found.Length)
            {
                json.WriteString("nextPageToken", "t" + (start + size).ToString(CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();
        });
    }

    // Terms "field:value" and "field=value", all of which must hold; * at the end (documentation of the parameter query). ASSUMED: no OR.
    private static bool IsMatch(EmulatedProject project, string? query)
    {
        foreach (string term in (query ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int at = term.IndexOfAny([':', '=']);
            if (term == "AND" || at < 0)
            {
                continue;
            }

            string field = term[..at];
            string? value = field switch
            {
                "id" or "projectId" => project.Id,
                "displayName" or "name" => project.DisplayName,
                "state" => project.State,
                "parent" => project.Parent,
                _ when field.StartsWith("labels.", StringComparison.Ordinal) => project.Labels.GetValueOrDefault(field["labels.".Length..]),
                _ => null,
            };
            if (value is null || !Wildcard.IsMatch(term[(at + 1)..], value))
            {
                return false;
            }
        }

        return true;
    }

    private static void Write(Utf8JsonWriter json, EmulatedProject project)
    {
        json.WriteStartObject();
        json.WriteString("name", "projects/" + project.Number.ToString(CultureInfo.InvariantCulture));
        json.WriteString("parent", project.Parent);
        json.WriteString("projectId", project.Id);
        json.WriteString("state", project.State);
        json.WriteString("displayName", project.DisplayName);
        json.WriteString("createTime", "2024-05-06T07:08:09.123Z");
        json.WriteString("updateTime", "2024-06-07T08:09:10.456789Z");
        if (project.State == "DELETE_REQUESTED")
        {
            json.WriteString("deleteTime", "2024-07-08T09:10:11Z");
        }

        json.WriteString("etag", "W/\"" + StableNumbers.Fingerprint(project.Id) + "\"");
        if (project.Labels.Count > 0)
        {
            json.WriteStartObject("labels");
            foreach ((string key, string value) in project.Labels)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
