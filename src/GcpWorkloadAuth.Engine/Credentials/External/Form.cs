using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>An HTML form to a token service, with the client's own name and secret where it has them.</summary>
internal static class Form
{
    private const string Type = "application/x-www-form-urlencoded";

    /// <summary>A POST of the fields; those without a value are left out.</summary>
    /// <param name="address">Already checked.</param>
    /// <param name="clientId">Sent by HTTP Basic (RFC 6749, section 2.3.1); null sends none.</param>
    /// <param name="clientSecret">The secret that goes with it.</param>
    /// <param name="fields">Name and value.</param>
    public static SmallRequest Post(Uri address, string? clientId, string? clientSecret, params (string Name, string? Value)[] fields) =>
        Post(address, null, clientId, clientSecret, fields);

    /// <summary>As the other, through other connections than the usual.</summary>
    public static SmallRequest Post(
        Uri address, HttpMessageInvoker? transport, string? clientId, string? clientSecret, params (string Name, string? Value)[] fields)
    {
        StringBuilder text = new();
        foreach ((string name, string? value) in fields)
        {
            if (!string.IsNullOrEmpty(value))
            {
                // Not EscapeDataString: .NET Framework refuses more than 65519 characters there.
                text.Append(text.Length > 0 ? "&" : string.Empty).Append(name).Append('=').Append(WebUtility.UrlEncode(value));
            }
        }

        List<KeyValuePair<string, string>> headers = [new("Accept", "application/json")];
        if (clientId is not null)
        {
            // As Google's own libraries do: neither part is escaped.
            string pair = Convert.ToBase64String(Encoding.UTF8.GetBytes(clientId + ":" + clientSecret));
            headers.Add(new KeyValuePair<string, string>("Authorization", "Basic " + pair));
        }

        return new SmallRequest(HttpMethod.Post, address, headers, Encoding.UTF8.GetBytes(text.ToString()), Type) { Transport = transport };
    }
}
