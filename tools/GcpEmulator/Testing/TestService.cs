using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Auth;
using GcpEmulator.Http;

namespace GcpEmulator.Testing;

/// <summary>
/// A service that Google does not have, for tests of clients that can call any API: /testing/v1. Its shapes are those of the API
/// improvement proposals (AIP-158 pages, AIP-151 operations); what it does is ASSUMED throughout.
/// </summary>
internal sealed class TestService(BearerCheck bearer)
{
    private const string Service = "testing.googleapis.com";
    private readonly TestOperations _operations = new();

    /// <param name="request">The request.</param>
    /// <param name="path">The path's parts behind /testing/v1.</param>
    public Reply Handle(EmulatedRequest request, string[] path)
    {
        if (bearer.Check(request, Service, "testing." + string.Join('.', path), [Scopes.CloudPlatform]) is Reply refusal)
        {
            return refusal;
        }

        return (request.Method, path) switch
        {
            (_, ["echo", ..]) => Echo(request),
            ("GET", ["pages"]) => Page(request),
            ("GET", ["bytes"]) => Reply.Bytes(new byte[Number(request, "length", 1024)], request.Parameter("type") ?? "application/octet-stream"),
            ("GET", ["operations", ..]) => _operations.Get(string.Join('/', path)),
            ("POST" or "DELETE", [.., "operations" or "things"]) => _operations.Start(request, string.Join('/', path[..^1])),
            _ => GoogleErrors.NotFound("The emulator does not serve " + request.Method + " " + request.Path),
        };
    }

    /// <summary>What was sent, as the answer.</summary>
    private static Reply Echo(EmulatedRequest request)
    {
        JsonObject headers = [];
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in request.Headers)
        {
            if (!name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            {
                headers[name.ToLowerInvariant()] = value.ToString();
            }
        }

        return Reply.Json(ErrorBody.Serialize(new JsonObject
        {
            ["method"] = request.Method,
            ["path"] = request.Path,
            ["query"] = request.Query,
            ["headers"] = headers,
            ["body"] = BodyOf(request),
        }));
    }

    private static JsonNode? BodyOf(EmulatedRequest request)
    {
        string text = Encoding.UTF8.GetString(request.Body.Span);
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>Numbers from 1 to count, pageSize a page, in the array that "field" names.</summary>
    private static Reply Page(EmulatedRequest request)
    {
        int count = Number(request, "count", 25);
        int size = Number(request, "pageSize", 10);
        int start = request.Parameter("pageToken") is { } token ? int.Parse(token.AsSpan(1), CultureInfo.InvariantCulture) : 0;
        JsonArray items = [];
        for (int i = start; i < Math.Min(start + size, count); i++)
        {
            items.Add(new JsonObject { ["number"] = i + 1 });
        }

        JsonObject page = new() { ["kind"] = "testing#page" };
        if (items.Count > 0)
        {
            page[request.Parameter("field") ?? "items"] = items;
        }

        foreach (string also in request.Parameter("also")?.Split(',') ?? [])
        {
            page[also] = new JsonArray("far-away");
        }

        if (start + size < count)
        {
            page["nextPageToken"] = "p" + (start + size).ToString(CultureInfo.InvariantCulture);
        }

        return Reply.Json(ErrorBody.Serialize(page));
    }

    private static int Number(EmulatedRequest request, string name, int otherwise) =>
        int.TryParse(request.Parameter(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
