using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>
/// V4 signatures with RSA ("V4 signing process", "Canonical requests"): expiry, scope, signed headers, the signature itself. Whoever signs is
/// one of the emulator's service accounts; any of its keys will do, the one of signBlob too.
/// </summary>
internal sealed class SignedUrlCheck(CloudState state, TimeProvider clock)
{
    private const string Algorithm = "GOOG4-RSA-SHA256";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static bool IsSigned(EmulatedRequest request) => request.Has("X-Goog-Signature") || request.Has("X-Goog-Algorithm");

    /// <summary>The account that signed; throws where the signature is no good.</summary>
    public string Check(EmulatedRequest request)
    {
        string Need(string name) => request.Parameter(name) is { Length: > 0 } value
            ? value
            : throw XmlReply.Error(400, "AuthorizationQueryParametersError", "Query-string authentication requires the " + name + " parameter.");
        string date = Need("X-Goog-Date"), signature = Need("X-Goog-Signature"), signedHeaders = Need("X-Goog-SignedHeaders");
        if (Need("X-Goog-Algorithm") != Algorithm)
        {
            throw XmlReply.Error(400, "InvalidArgument", "Invalid argument.", "X-Goog-Algorithm only supports " + Algorithm);
        }

        (string account, string scope) = Credential(Need("X-Goog-Credential"), date);
        CheckTime(date, Need("X-Goog-Expires"));
        string canonical = string.Empty, text = string.Empty;

        // The real hosts have no port to sign; @google-cloud/storage leaves an emulator's port out, others have it as the Host header has it.
        foreach (string host in new[] { request.Host.Split(':')[0], request.Host })
        {
            canonical = Canonical(request, signedHeaders, host);
            text = string.Join('\n', Algorithm, date, scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
            if (Verify(account, Encoding.UTF8.GetBytes(text), signature))
            {
                return account;
            }
        }

        throw Mismatch(text, canonical);
    }

    /// <summary>True if any key of the account made the signature (hexadecimal).</summary>
    public bool Verify(string account, byte[] text, string signature)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(signature);
        }
        catch (FormatException)
        {
            return false;
        }

        return state.ServiceAccounts.Find(account) is { Disabled: false } known && known.KeyIds.Any(id => known.Verify(id, text, bytes));
    }

    /// <summary>ACCOUNT/DATE/LOCATION/storage/goog4_request, for the day of the date.</summary>
    public static (string Account, string Scope) Credential(string credential, string date)
    {
        string[] parts = credential.Split('/');
        if (parts.Length < 5 || parts[^1] != "goog4_request" || parts[^2] != "storage" || !date.StartsWith(parts[^4], StringComparison.Ordinal) || parts[^4].Length != 8)
        {
            throw XmlReply.Error(400, "InvalidCredential", "The credential is not of the form ACCOUNT/DATE/LOCATION/storage/goog4_request."); // ASSUMED: the text
        }

        return (string.Join('/', parts[..^4]), string.Join('/', parts[^4..]));
    }

    private void CheckTime(string date, string expires)
    {
        bool isTime = DateTimeOffset.TryParseExact(
            date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset start);
        if (!isTime || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || seconds == 0)
        {
            throw XmlReply.Error(400, "InvalidArgument", "Invalid argument.");
        }

        if (seconds > Longest.TotalSeconds)
        {
            throw XmlReply.Error(400, "InvalidArgument", "Invalid argument.", "X-Goog-Expires must be less than a week (in seconds); the given X-Goog-Expires is " + expires);
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (now > start.AddSeconds(seconds))
        {
            throw XmlReply.Error(400, "ExpiredToken", "The provided token has expired.",
                "Request signature expired at: " + start.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        }

        if (start > now.AddMinutes(15))
        {
            throw XmlReply.Error(403, "RequestNotYetValid", "Request is not yet valid."); // ASSUMED: the text; documented: 15 minutes of skew
        }
    }

    private static string Canonical(EmulatedRequest request, string signedHeaders, string host)
    {
        string[] names = signedHeaders.Split(';');
        if (!names.Contains("host"))
        {
            throw XmlReply.Error(400, "InvalidArgument", "The host header must be signed."); // documented as required; ASSUMED: the text
        }

        // "Every x-goog-* header that a request uses must be signed." ASSUMED: the text.
        if (request.Headers.Keys.FirstOrDefault(h => h.StartsWith("x-goog-", StringComparison.OrdinalIgnoreCase) && !names.Contains(h.ToLowerInvariant())) is string unsigned)
        {
            throw XmlReply.Error(403, "AccessDenied", "Access denied.", "There were headers present in the request which were not signed: " + unsigned);
        }

        StringBuilder text = new();
        text.Append(request.Method).Append('\n').Append(request.Path).Append('\n').Append(CanonicalQuery(request.Query)).Append('\n');
        foreach (string name in names)
        {
            string value = name == "host" ? host : request.Header(name)
                ?? throw XmlReply.Error(400, "MalformedSecurityHeader", "Your request has a malformed header.", "Header was included in signedheaders, but not in the request: " + name);
            text.Append(name).Append(':').Append(string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Append('\n');
        }

        return text.Append('\n').Append(signedHeaders).Append('\n').Append(request.Header("x-goog-content-sha256") ?? "UNSIGNED-PAYLOAD").ToString();
    }

    /// <summary>All parameters but the signature, escaped anew and in order.</summary>
    private static string CanonicalQuery(string query)
    {
        IEnumerable<string> pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2))
            .Select(p => (Name: Again(p[0]), Value: p.Length > 1 ? Again(p[1]) : string.Empty))
            .Where(p => p.Name != "X-Goog-Signature")
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => p.Name + "=" + p.Value);
        return string.Join('&', pairs);

        static string Again(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text.Replace('+', ' ')));
    }

    private static StorageException Mismatch(string text, string canonical) => new(XmlReply.Create(403, xml =>
    {
        xml.WriteStartElement("Error");
        xml.WriteElementString("Code", "SignatureDoesNotMatch");
        xml.WriteElementString("Message", "Access denied.");
        xml.WriteElementString("Details", "The request signature we calculated does not match the signature you provided. Check your Google secret key and signing method.");
        xml.WriteElementString("StringToSign", text);
        xml.WriteElementString("CanonicalRequest", canonical);
        xml.WriteEndElement();
    }));
}
