using System;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>What a token is, as far as its form tells.</summary>
internal static class TokenKind
{
    /// <summary>Three parts of Base64: a signed assertion, which no token endpoint has given out.</summary>
    public static bool IsJwt(string token) => token.StartsWith("eyJ", StringComparison.Ordinal) && token.Split('.').Length == 3;
}
