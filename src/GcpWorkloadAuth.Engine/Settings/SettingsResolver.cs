using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Settings;

/// <summary>
/// Project, zone, region and quota project of a session: session, then environment, then (project only) the credential, then
/// gcloud's active configuration, then the metadata server. A parameter never comes here.
/// </summary>
internal static class SettingsResolver
{
    private const string SessionSource = "session";
    private const string MetadataSource = "metadata server";

    /// <summary>The project; asks the metadata server where nothing nearer tells it.</summary>
    public static async Task<SettingValue> ProjectAsync(EngineSession session, EngineCall call)
    {
        // An emulator that takes no token needs no credential either.
        if (ChosenProject(session) is { } chosen)
        {
            return chosen;
        }

        Credential credential = session.Credential;
        if (LocalProject(session) is { } local)
        {
            return local;
        }

        if (credential.Root is not MetadataCredential && !MetadataPlatform.LooksLikeGoogle)
        {
            throw Errors.NoProject();
        }

        // Whoever asks for the project asks an API next: its token is on the way meanwhile.
        session.DefaultHandle.Prefetch(call);
        try
        {
            return FromMetadata(await session.Metadata.GetProjectAsync(call).ConfigureAwait(false));
        }
        catch (GcpException failure) when (credential is MetadataCredential)
        {
            throw ((MetadataCredential)credential).Explain(failure);
        }
    }

    public static SettingValue? LocalProject(EngineSession session) =>
        ChosenProject(session) ?? FromCredential(session.KnownCredential) ?? FromGcloud(session, "core/project");

    private static SettingValue? ChosenProject(EngineSession session) =>
        FromRecord(session.Record.Project)
        ?? FromEnvironment(session, "GOOGLE_CLOUD_PROJECT")
        ?? FromEnvironment(session, "GCLOUD_PROJECT")
        ?? FromEnvironment(session, "CLOUDSDK_CORE_PROJECT");

    public static SettingValue? LocalZone(EngineSession session) =>
        FromRecord(session.Record.Zone) ?? FromEnvironment(session, "CLOUDSDK_COMPUTE_ZONE") ?? FromGcloud(session, "compute/zone");

    public static SettingValue? LocalRegion(EngineSession session) =>
        FromRecord(session.Record.Region) ?? FromEnvironment(session, "CLOUDSDK_COMPUTE_REGION") ?? FromGcloud(session, "compute/region");

    public static SettingValue? QuotaProject(EngineSession session)
    {
        SettingValue? chosen = FromRecord(session.Record.QuotaProject) ?? FromEnvironment(session, "GOOGLE_CLOUD_QUOTA_PROJECT");
        if (chosen is not null)
        {
            return chosen;
        }

        if (session.KnownCredential is { QuotaProject: { } own } credential)
        {
            return new SettingValue(own, credential.Source);
        }

        // LEGACY and CURRENT_PROJECT are gcloud's words for "the resource's own project".
        SettingValue? configured = FromGcloud(session, "billing/quota_project");
        return configured?.Value is "LEGACY" or "CURRENT_PROJECT" or "CURRENT_PROJECT_WITH_FALLBACK" ? null : configured;
    }

    public static SettingValue FromMetadata(string value) => new(value, MetadataSource);

    private static SettingValue? FromRecord(string? value) =>
        string.IsNullOrEmpty(value) ? null : new SettingValue(value!, SessionSource);

    private static SettingValue? FromEnvironment(EngineSession session, string variable) =>
        session.Environment[variable] is { } value ? new SettingValue(value, variable) : null;

    private static SettingValue? FromCredential(Credential? credential) =>
        credential?.ProjectId is { } project ? new SettingValue(project, credential.Source) : null;

    private static SettingValue? FromGcloud(EngineSession session, string property) =>
        session.Gcloud[property] is { } value ? new SettingValue(value, session.Gcloud.Path) : null;
}
