using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Gcloud;

/// <summary>
/// Whoever is signed in to gcloud, by running it. gcloud keeps and renews the login; nothing of its files is read but its settings.
/// </summary>
internal sealed class GcloudCredential : Credential
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    // A token whose end gcloud does not know (from a token file of its own): asked for again after this.
    private static readonly TimeSpan s_unknownLife = TimeSpan.FromMinutes(10);

    // What decides, in gcloud, whose token it hands out.
    private static readonly string[] s_deciding =
    [
        "CLOUDSDK_CONFIG", "CLOUDSDK_ACTIVE_CONFIG_NAME", "CLOUDSDK_CORE_ACCOUNT", "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT",
        "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE",
    ];

    private readonly GcloudCommand _command;
    private readonly string _universe;
    private readonly bool _universeIsTrusted;

    /// <param name="environment">The variables that decide for gcloud.</param>
    /// <param name="configuration">Its active configuration; null where there is none.</param>
    /// <param name="trustedUniverse">What -UniverseDomain says; null where it was not given.</param>
    public GcloudCredential(EnvironmentSnapshot environment, GcloudConfiguration? configuration, string? trustedUniverse)
    {
        _command = GcloudCommand.Find(Environment.GetEnvironmentVariable("PATH"), s_timeout);
        _universe = configuration?["core/universe_domain"] ?? Universe.Default;
        _universeIsTrusted = string.Equals(_universe, trustedUniverse, StringComparison.OrdinalIgnoreCase);
        string? impersonated = environment["CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT"] ?? configuration?["auth/impersonate_service_account"];
        Account = impersonated is null
            ? environment["CLOUDSDK_CORE_ACCOUNT"] ?? configuration?["core/account"]
            : impersonated.Substring(impersonated.LastIndexOf(',') + 1).Trim();
        Recipe = "gcloud|" + Secrets.Digest(string.Join(
            "|",
            _command.Path,
            configuration?.Path,
            Account,
            impersonated,
            string.Join("|", Array.ConvertAll(s_deciding, name => environment[name]))));
    }

    public override string Type => "gcloud";

    public override string Source => "gcloud ('" + _command.Path + "')";

    public override string Recipe { get; }

    public override string? Account { get; }

    public override bool CanChooseScopes => false;

    public override Task<Universe> GetUniverseAsync(EngineCall call) => Task.FromResult(new Universe(_universe, _universeIsTrusted));

    public override Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call) =>
        Worker.RunAsync(() => Fetch(call));

    private CachedToken Fetch(EngineCall call)
    {
        ArraySegment<byte> output = new(_command.Run(call.Stopping));
        if (!JsonText.TryRead(output, static (ref JsonCursor json) => json.Value(), out object? value)
            || Find(value, "credential", "access_token") is not { } token
            || !CachedToken.IsToken(token))
        {
            throw Errors.TokenResponseInvalid("gcloud");
        }

        // "2026-01-31T12:00:00Z": config_helper.py of the Google Cloud CLI.
        bool hasEnd = DateTime.TryParse(
            Find(value, "credential", "token_expiry"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out DateTime end);
        return new CachedToken(token, "Bearer", hasEnd ? end - DateTime.UtcNow : s_unknownLife);
    }

    private static string? Find(object? value, string first, string second) =>
        value is Dictionary<string, object?> map && map.TryGetValue(first, out object? inner)
        && inner is Dictionary<string, object?> fields && fields.TryGetValue(second, out object? text)
            ? text as string
            : null;
}
