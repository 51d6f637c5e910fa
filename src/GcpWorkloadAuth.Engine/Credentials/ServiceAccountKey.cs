using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>
/// The private key of a service account, taken out of its file once. Signs, and gets identity tokens with what it signs. As
/// <see cref="GoogleLibrary"/> it names the library's types, and a VM's token never comes here.
/// </summary>
/// <remarks>
/// The library's own identity tokens come through a manager that goes on trying for minutes after the caller has stopped; so the
/// assertion is made here.
/// </remarks>
internal sealed class ServiceAccountKey
{
    // What Google's token endpoint calls itself, wherever the request is sent.
    private const string EndpointAudience = "https://oauth2.googleapis.com/token";
    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly object _gate = new();
    private readonly CredentialFile _file;
    private readonly ServiceAccountCredential _credential;

    public ServiceAccountKey(CredentialFile file)
    {
        _file = file;
        try
        {
            _credential = CredentialFactory.FromJson<ServiceAccountCredential>(file.Text);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The library's message may quote the file.
            throw Errors.CredentialKeyInvalid(file.Source);
        }
    }

    /// <summary>RSA with SHA-256, PKCS #1 v1.5.</summary>
    public byte[] Sign(byte[] data)
    {
        // Nobody promises that an RSA key may be used by several threads at once.
        lock (_gate)
        {
            return Convert.FromBase64String(_credential.CreateSignature(data));
        }
    }

    /// <summary>An identity token of the account. Source: "Using OAuth 2.0 for Server to Server Applications", target_audience.</summary>
    public async Task<CachedToken> FetchIdentityAsync(Uri tokenEndpoint, string audience, EngineCall call)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = Assertion(audience),
        };
        using HttpClient client = new GoogleHttpFactory(_file.Source, tokenEndpoint, call).CreateHttpClient(new CreateHttpClientArgs());
        using FormUrlEncodedContent content = new(form);
        using HttpResponseMessage response = await client.PostAsync(tokenEndpoint, content, call.Stopping).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        string? token = JsonText.TryRead(new ArraySegment<byte>(body), ReadIdToken, out string? found) ? found : null;
        return IdentityJwt.ToCachedToken(token) ?? throw Errors.TokenResponseInvalid(tokenEndpoint.Authority);
    }

    private static string? ReadIdToken(ref JsonCursor json)
    {
        string? token = null;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                if (name == "id_token")
                {
                    token = json.String();
                }
                else
                {
                    json.Skip();
                }
            }
        }

        return token;
    }

    private string Assertion(string audience)
    {
        Dictionary<string, object?> header = new() { ["alg"] = "RS256", ["typ"] = "JWT" };
        if (_file["private_key_id"] is { } keyId)
        {
            header["kid"] = keyId;
        }

        long now = (long)(DateTime.UtcNow - s_epoch).TotalSeconds;
        Dictionary<string, object?> claims = new()
        {
            ["iss"] = _file["client_email"],
            ["sub"] = _file["client_email"],
            ["aud"] = EndpointAudience,
            ["target_audience"] = audience,
            ["iat"] = now,
            ["exp"] = now + 3600,
        };
        string signed = Encode(JsonBody.Write(header)) + "." + Encode(JsonBody.Write(claims));
        return signed + "." + Encode(Sign(Encoding.ASCII.GetBytes(signed)));
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
