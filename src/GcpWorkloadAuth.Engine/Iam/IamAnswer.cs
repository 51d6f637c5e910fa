using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Iam;

/// <summary>The answers of generateIdToken (token) and signBlob (keyId, signedBlob). Nothing of them is kept in a shared table.</summary>
internal readonly struct IamAnswer(string? token, string? keyId, string? signedBlob)
{
    public string? Token { get; } = token;

    public string? KeyId { get; } = keyId;

    /// <summary>Base64.</summary>
    public string? SignedBlob { get; } = signedBlob;

    public static IamAnswer Read(ref JsonCursor json)
    {
        string? token = null;
        string? keyId = null;
        string? signedBlob = null;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                switch (name)
                {
                    case "token":
                        token = json.String();
                        break;
                    case "keyId":
                        keyId = json.String();
                        break;
                    case "signedBlob":
                        signedBlob = json.String();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
        }

        return new IamAnswer(token, keyId, signedBlob);
    }
}
