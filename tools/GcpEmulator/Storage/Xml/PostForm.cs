using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GcpEmulator.Storage;

/// <summary>"POST Object": an HTML form's upload, allowed by a signed policy document ("Policy document", "Signatures").</summary>
internal sealed class PostForm(CloudState state, TimeProvider clock)
{
    private readonly SignedUrlCheck _signatures = new(state, clock);

    public async ValueTask<Reply> TakeAsync(EmulatedRequest request, string bucket)
    {
        EmulatedBucket settings = state.Buckets.Find(bucket) ?? throw StorageException.NoBucket();
        string boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.Header("Content-Type")).Boundary).ToString();
        MultipartReader reader = new(boundary, request.BodyReader.AsStream());
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase) { ["bucket"] = bucket };
        using ContentWriter writer = state.Objects.Folder.CreateWriter();
        bool hasFile = false;
        while (!hasFile && await reader.ReadNextSectionAsync(request.Aborted) is MultipartSection section)
        {
            ContentDispositionHeaderValue? disposition = section.GetContentDispositionHeader();
            string name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).ToString();
            if (string.Equals(name, "file", StringComparison.OrdinalIgnoreCase))
            {
                // "file must be the last field in the form"
                fields.TryAdd("content-type", section.ContentType ?? "application/octet-stream");
                fields["key"] = fields.GetValueOrDefault("key", string.Empty)
                    .Replace("${filename}", HeaderUtilities.RemoveQuotes(disposition?.FileName ?? default).ToString(), StringComparison.Ordinal);
                await BodyCopy.ToAsync(System.IO.Pipelines.PipeReader.Create(section.Body), writer, request.Aborted);
                hasFile = true;
            }
            else
            {
                using StreamReader text = new(section.Body, Encoding.UTF8);
                fields[name] = await text.ReadToEndAsync(request.Aborted);
            }
        }

        if (!hasFile || !fields.TryGetValue("key", out string? key) || key.Length == 0)
        {
            throw XmlReply.Error(400, "InvalidPolicyDocument", "The content of the form does not meet the conditions specified in the policy document.",
                hasFile ? "Missing key" : "Missing file");
        }

        CheckPolicy(fields, writer.Length);
        ObjectDraft draft = UploadEnd.Draft(request, ObjectNames.Check(key), Resource(fields), fields["content-type"], null, writer);
        StoredObject stored = UploadEnd.Store(state, settings, draft, default);
        return Answer(request, fields, stored);
    }

    private static JsonObject Resource(Dictionary<string, string> fields)
    {
        JsonObject resource = [];
        foreach ((string field, string member) in new[]
        {
            ("cache-control", "cacheControl"), ("content-disposition", "contentDisposition"), ("content-encoding", "contentEncoding"),
        })
        {
            if (fields.TryGetValue(field, out string? value))
            {
                resource[member] = value;
            }
        }

        JsonObject metadata = [];
        foreach ((string name, string value) in fields.Where(f => f.Key.StartsWith("x-goog-meta-", StringComparison.OrdinalIgnoreCase)))
        {
            metadata[name["x-goog-meta-".Length..].ToLowerInvariant()] = value;
        }

        if (metadata.Count > 0)
        {
            resource["metadata"] = metadata;
        }

        return resource;
    }

    private void CheckPolicy(Dictionary<string, string> fields, long length)
    {
        if (!fields.TryGetValue("policy", out string? encoded))
        {
            throw XmlReply.Error(403, "AccessDenied", "Access denied.", "The form has no policy document."); // ASSUMED: the text
        }

        string date = fields.GetValueOrDefault("x-goog-date", string.Empty);
        (string account, _) = SignedUrlCheck.Credential(fields.GetValueOrDefault("x-goog-credential", string.Empty), date);
        if (fields.GetValueOrDefault("x-goog-algorithm") != "GOOG4-RSA-SHA256"
            || !_signatures.Verify(account, Encoding.ASCII.GetBytes(encoded), fields.GetValueOrDefault("x-goog-signature", string.Empty)))
        {
            throw XmlReply.Error(403, "SignatureDoesNotMatch", "Access denied.", "The request signature we calculated does not match the signature you provided.");
        }

        state.Objects.CheckPermission(account, "storage.objects.create", fields["bucket"]);
        JsonNode policy = Parse(encoded);
        if (!DateTimeOffset.TryParse(policy["expiration"]?.ToString(), CultureInfo.InvariantCulture, out DateTimeOffset end))
        {
            throw Broken("The policy document has no expiration.");
        }

        if (end < clock.GetUtcNow())
        {
            throw XmlReply.Error(400, "ExpiredToken", "The provided token has expired.", "The policy document expired at " + policy["expiration"]);
        }

        HashSet<string> covered = new(StringComparer.OrdinalIgnoreCase) { "policy", "x-goog-signature", "file", "bucket", "content-type" };
        foreach (JsonNode? condition in policy["conditions"] as JsonArray ?? [])
        {
            CheckCondition(condition, fields, length, covered);
        }

        // "Every form field but x-goog-signature, file, policy and x-ignore-* must be in the list of conditions."
        if (fields.Keys.FirstOrDefault(f => !covered.Contains(f) && !f.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase)) is string extra)
        {
            throw Broken("Policy did not reference these fields: " + extra);
        }
    }

    private static void CheckCondition(JsonNode? condition, Dictionary<string, string> fields, long length, HashSet<string> covered)
    {
        switch (condition)
        {
            case JsonObject exact:
                foreach ((string name, JsonNode? value) in exact)
                {
                    Demand(name, value?.ToString() ?? string.Empty, isPrefix: false, fields, covered);
                }

                break;
            case JsonArray { Count: 3 } range when range[0]?.ToString() == "content-length-range":
                if (length < range[1]!.GetValue<long>() || length > range[2]!.GetValue<long>())
                {
                    bool isSmall = length < range[1]!.GetValue<long>();
                    throw XmlReply.Error(400, isSmall ? "EntityTooSmall" : "EntityTooLarge", isSmall
                        ? "Your proposed upload is smaller than the minimum object size specified in your Policy Document."
                        : "Your proposed upload exceeds the maximum object size specified in your Policy Document.");
                }

                break;
            case JsonArray { Count: 3 } rule when rule[0]?.ToString() is "eq" or "starts-with":
                Demand(rule[1]!.ToString().TrimStart('$'), rule[2]!.ToString(), rule[0]!.ToString() == "starts-with", fields, covered);
                break;
            default:
                throw Broken("Unknown condition " + condition?.ToJsonString());
        }
    }

    private static void Demand(string name, string value, bool isPrefix, Dictionary<string, string> fields, HashSet<string> covered)
    {
        string actual = fields.GetValueOrDefault(name, string.Empty);
        covered.Add(name);
        if (isPrefix ? !actual.StartsWith(value, StringComparison.Ordinal) : actual != value)
        {
            throw Broken($"Policy condition failed: [{(isPrefix ? "starts-with" : "eq")}, ${name}, {value}]");
        }
    }

    private static JsonNode Parse(string encoded)
    {
        try
        {
            return JsonNode.Parse(Convert.FromBase64String(encoded)) ?? throw Broken("Empty policy document.");
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw Broken("The policy document is not JSON in base64.");
        }
    }

    private static Reply Answer(EmulatedRequest request, Dictionary<string, string> fields, StoredObject stored)
    {
        if (fields.TryGetValue("success_action_redirect", out string? target))
        {
            return Reply.Empty(303).With("Location",
                $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}bucket={Uri.EscapeDataString(stored.Bucket)}&key={Uri.EscapeDataString(stored.Name)}");
        }

        if (fields.GetValueOrDefault("success_action_status") == "201")
        {
            return XmlReply.Create(201, xml =>
            {
                xml.WriteStartElement("PostResponse");
                xml.WriteElementString("Location", $"http://{request.Host}/{stored.Bucket}/{stored.Name}");
                xml.WriteElementString("Bucket", stored.Bucket);
                xml.WriteElementString("Key", stored.Name);
                xml.WriteElementString("ETag", "\"" + ObjectJson.ETag(stored) + "\"");
                xml.WriteEndElement();
            });
        }

        return fields.GetValueOrDefault("success_action_status") == "200" ? XmlApi.Stored(stored) : Reply.Empty(204);
    }

    private static StorageException Broken(string details) => XmlReply.Error(
        403, "InvalidPolicyDocument", "The content of the form does not meet the conditions specified in the policy document.", details);
}
