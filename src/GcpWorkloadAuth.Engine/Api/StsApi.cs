using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>Security Token Service v1. Source: its discovery document, https://sts.googleapis.com/$discovery/rest?version=v1.</summary>
internal static class StsApi
{
    /// <summary>A POST that changes nothing on the server: sent twice, it gives two tokens.</summary>
    public static readonly ApiMethod Token = new(ApiService.Sts, "sts.token", HttpMethod.Post, "v1/token", RetryClass.Idempotent);

    public static readonly ApiMethod[] All = [Token];
}
