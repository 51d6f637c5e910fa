using System.Text.RegularExpressions;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>Texts that look like a token, wherever they came from: they are never shown.</summary>
internal static class TokenShapes
{
    // JSON Web Tokens, Google's access and refresh tokens, and what is as long and as dense as a token of another maker.
    private static readonly Regex s_token = new(
        @"eyJ[\w-]{8,}(\.[\w-]*)*|ya29\.[\w.-]+|1//[\w-]{10,}|[A-Za-z0-9+/_=-]{80,}", RegexOptions.CultureInvariant);

    public static string Hide(string text) => s_token.Replace(text, "***");
}
