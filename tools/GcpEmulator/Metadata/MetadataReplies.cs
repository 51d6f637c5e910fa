using System.Net;
using GcpEmulator.Http;

namespace GcpEmulator.Metadata;

/// <summary>
/// Headers and error pages of the metadata server. Headers, content types and the text of the pages: the traces in
/// salrashid123/gce_metadata_server#11 (403), googleapis/gcp-metadata#657 (404); the pages' style sheet is left out.
/// </summary>
internal static class MetadataReplies
{
    /// <summary>Text answers have this type, which is no registered one; JSON is application/json, an identity token text/html.</summary>
    public const string TextType = "application/text";

    public const string JsonType = "application/json";

    public static Reply Sign(Reply reply) => reply
        .With("Metadata-Flavor", "Google")
        .With("Server", "Metadata Server for VM")
        .With("X-XSS-Protection", "0")
        .With("X-Frame-Options", "SAMEORIGIN");

    public static Reply NotFound(string path) =>
        Page(404, "Not Found", $"The requested URL <code>{WebUtility.HtmlEncode(path)}</code> was not found on this server.");

    /// <summary>403 for a missing header; the real server closes the connection behind it.</summary>
    public static Reply Forbidden(string path, string why) =>
        Page(403, "Forbidden",
                $"Your client does not have permission to get URL <code>{WebUtility.HtmlEncode(path)}</code> from this server. {why}")
            .With("Connection", "Close");

    public static Reply MethodNotAllowed(string method) =>
        Page(405, "Method Not Allowed", $"The request method <code>{WebUtility.HtmlEncode(method)}</code> is inappropriate for the URL.")
            .With("Allow", "GET");

    public static Reply BadRequest(string text) => Reply.Text(text, "text/html", 400);

    private static Reply Page(int status, string title, string text) => Reply.Text(
        $"""
        <!DOCTYPE html>
        <html lang=en>
          <meta charset=utf-8>
          <meta name=viewport content="initial-scale=1, minimum-scale=1, width=device-width">
          <title>Error {status} ({title})!!1</title>
          <a href=//www.google.com/><span id=logo aria-label=Google></span></a>
          <p><b>{status}.</b> <ins>That’s an error.</ins>
          <p>{text}  <ins>That’s all we know.</ins>

        """,
        Reply.HtmlType,
        status);
}
