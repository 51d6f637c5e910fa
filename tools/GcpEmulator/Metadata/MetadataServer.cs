using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GcpEmulator.Auth;
using GcpEmulator.Http;

namespace GcpEmulator.Metadata;

/// <summary>
/// The metadata server of the virtual machine: "View and query VM metadata" (Compute Engine documentation) for headers, directories,
/// recursive, alt, wait_for_change; the traces named in <see cref="MetadataReplies"/> for what the answers look like.
/// </summary>
internal sealed class MetadataServer(CloudState state, GoogleKey google, TimeProvider clock, CancellationToken stopping)
{
    private const string Prefix = "/computeMetadata/v1/";
    private readonly MachineTokens _tokens = new(state, google, clock);

    public async ValueTask<Reply> HandleAsync(EmulatedRequest request) => MetadataReplies.Sign(await AnswerAsync(request));

    private async ValueTask<Reply> AnswerAsync(EmulatedRequest request)
    {
        // Documentation: "requests that contain X-Forwarded-For are rejected".
        if (request.Headers.ContainsKey("X-Forwarded-For"))
        {
            return MetadataReplies.Forbidden(request.Path, string.Empty); // ASSUMED: the page names no reason
        }

        if (request.Path == "/")
        {
            // Answers without the header, so that machines can be recognised by the answer's header (google-auth library, ping).
            return request.Method == "GET"
                ? Reply.Text("computeMetadata/\n", MetadataReplies.TextType)
                : MetadataReplies.MethodNotAllowed(request.Method);
        }

        string? flavor = request.Header("Metadata-Flavor");
        if (string.IsNullOrEmpty(flavor))
        {
            return MetadataReplies.Forbidden(request.Path, "Missing Metadata-Flavor:Google header.");
        }

        if (flavor != "Google")
        {
            return MetadataReplies.NotFound(request.Path); // as gce_metadata_server does, which mirrors the real one
        }

        if (request.Method != "GET" && !GuestAttributeWriter.IsFor(request))
        {
            return MetadataReplies.MethodNotAllowed(request.Method);
        }

        return request.Path switch
        {
            "/computeMetadata" or "/computeMetadata/v1" => Redirect(request),
            "/computeMetadata/" => Reply.Text("v1/\n", MetadataReplies.TextType),
            _ when request.Path.StartsWith(Prefix + "instance/guest-attributes", StringComparison.Ordinal)
                && !state.Machine.GuestAttributesEnabled =>
                Reply.Text("Guest attributes endpoint access is disabled.", Reply.HtmlType, 403), // text as in gce_metadata_server
            _ when request.Method != "GET" => GuestAttributeWriter.Answer(request, state.Machine),
            _ when request.Path.StartsWith(Prefix, StringComparison.Ordinal) => await WaitAsync(request),
            _ => MetadataReplies.NotFound(request.Path),
        };
    }

    /// <summary>A hanging GET: answers when the value differs from last_etag, or from what it was at the start, or after timeout_sec.</summary>
    private async ValueTask<Reply> WaitAsync(EmulatedRequest request)
    {
        Task changed = state.Machine.NextChange;
        Reply reply = Read(request);
        if (!request.Flag("wait_for_change") || reply.Status != 200)
        {
            return reply;
        }

        TimeSpan limit = Timeout.InfiniteTimeSpan;
        if (request.Parameter("timeout_sec") is { Length: > 0 } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
            {
                return MetadataReplies.BadRequest("timeout_sec not integer");
            }

            limit = TimeSpan.FromSeconds(seconds); // ASSUMED: 0 answers at once
        }

        string seen = request.Parameter("last_etag") is { Length: > 0 } last ? last : reply.Headers["ETag"];
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, stopping);
        Task timeout = Task.Delay(limit, end.Token);
        while (reply.Status == 200 && reply.Headers["ETag"] == seen)
        {
            if (await Task.WhenAny(changed, timeout) == timeout)
            {
                await timeout; // throws if the client went away
                return Read(request);
            }

            changed = state.Machine.NextChange;
            reply = Read(request);
        }

        await end.CancelAsync();
        return reply;
    }

    private Reply Read(EmulatedRequest request)
    {
        MetadataNode? node = MetadataTree.Build(state);
        foreach (string name in request.Path[Prefix.Length..].TrimEnd('/').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node?.Below(Uri.UnescapeDataString(name));
        }

        bool slash = request.Path.EndsWith('/');
        return node switch
        {
            null => MetadataReplies.NotFound(request.Path),
            { IsDirectory: true } when !slash => Redirect(request),
            { IsDirectory: false } when slash => MetadataReplies.NotFound(request.Path), // ASSUMED
            MetadataNode.Computed computed => _tokens.Answer(request, computed),
            _ => Render(request, node),
        };
    }

    private static Reply Render(EmulatedRequest request, MetadataNode node)
    {
        string? alt = request.Parameter("alt");
        if (alt is not (null or "" or "text" or "json"))
        {
            return MetadataReplies.BadRequest("Invalid value for alt parameter"); // ASSUMED: the text
        }

        bool recursive = request.Flag("recursive");
        bool json = alt == "json" || (alt != "text" && (recursive && node.IsDirectory || node is MetadataNode.Lines { JsonByDefault: true }));
        ReadOnlyMemory<byte> body = node switch
        {
            // ASSUMED: a directory with alt=json but without recursive is listed as an array of names.
            { IsDirectory: true } when !recursive && json =>
                new MetadataNode.Lines(node.Listing().Split('\n', StringSplitOptions.RemoveEmptyEntries)).Json(),
            { IsDirectory: true } when !recursive => Encoding.UTF8.GetBytes(node.Listing()),
            _ when json => node.Json(),
            { IsDirectory: true } => Encoding.UTF8.GetBytes(string.Concat(node.TextLines(string.Empty).Select(line => line + "\n"))),
            MetadataNode.Lines lines => Encoding.UTF8.GetBytes(string.Concat(lines.Items.Select(line => line + "\n"))),
            _ => Encoding.UTF8.GetBytes(((MetadataNode.Value)node).Text),
        };

        // Sixteen hexadecimal digits, as in the documentation's examples of ETags. ASSUMED: two views of one value have two ETags.
        string etag = Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 8));
        return Reply.Bytes(body, json ? MetadataReplies.JsonType : MetadataReplies.TextType).With("ETag", etag);
    }

    /// <summary>301 to the same path with a slash (gce_metadata_server, TestBasePathRedirectHandler). ASSUMED: the query goes along.</summary>
    private static Reply Redirect(EmulatedRequest request) =>
        Reply.Text(request.Path + "/\n", "text/html", 301)
            .With("Location", $"http://{request.Host}{request.Path}/{(request.Query.Length > 0 ? "?" + request.Query : string.Empty)}");
}
