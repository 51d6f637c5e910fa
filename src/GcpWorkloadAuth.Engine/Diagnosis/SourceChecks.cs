using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>Every place that a credential may come from, with why it was or was not taken.</summary>
internal sealed class SourceChecks(DiagnosisFacts facts)
{
    private const string Prefix = "Source: ";
    private const string SessionName = Prefix + "session";
    private const string CredentialName = "Credential";
    private const string ImpersonationName = "Impersonation";
    private const string ProjectName = "Project";

    public IEnumerable<Check> All() =>
    [
        new Check(SessionName, SourcesAsync),
        new Check(ImpersonationName, ImpersonationAsync),
        new Check(CredentialName, CredentialAsync),
        new Check(ProjectName, ProjectAsync),
    ];

    private async Task<IReadOnlyList<GcpAuthenticationCheck>> SourcesAsync(CheckTimer timer)
    {
        timer.Begin();
        Fact<EngineSession> session = await facts.Session.ConfigureAwait(false);
        if (session.Value is not { } engine)
        {
            return Rows.One(Rows.Fail(SessionName, session.Failure!));
        }

        GcpException? failure = (await facts.Credential.ConfigureAwait(false)).Failure;
        string? taken = NameOf(engine.Record);
        List<GcpAuthenticationCheck> rows =
        [
            taken is null
                ? Rows.Skipped(SessionName, Strings.DiagSessionSearches)
                : Rows.Pass(SessionName, Rows.Text(Strings.DiagSessionNames, engine.Record.Name, taken)),
        ];
        foreach (SearchPlace place in engine.Search.Places())
        {
            string name = Prefix + place.Name;
            if (taken is not null)
            {
                rows.Add(Rows.Skipped(name, place.Value is null
                    ? place.Missing
                    : Rows.Text(Strings.DiagSourceShadowed, place.Value, taken)));
            }
            else if (place.Value is null)
            {
                rows.Add(Rows.Skipped(name, place.Missing));
            }
            else
            {
                taken = place.Name;
                rows.Add(failure is null
                    ? Rows.Pass(name, Rows.Text(Strings.DiagSourceTaken, place.Value))
                    : Rows.Fail(name, failure));
            }
        }

        return rows;
    }

    private async Task<GcpAuthenticationCheck> ImpersonationAsync(CheckTimer timer)
    {
        timer.Begin();
        Fact<EngineSession> session = await facts.Session.ConfigureAwait(false);
        if (session.Value is not { } engine)
        {
            return Rows.Skipped(ImpersonationName, Strings.DiagNoSession);
        }

        if (engine.Search.Impersonation() is not { } impersonation)
        {
            return Rows.Skipped(ImpersonationName, Strings.DiagNoImpersonation);
        }

        string chain = string.Join(",", impersonation.Chain);
        Fact<Credential> credential = await facts.Credential.ConfigureAwait(false);
        return credential.Failure is { } failure
            ? Rows.Fail(ImpersonationName, Rows.Text(Strings.DiagImpersonationFailed, chain, impersonation.NamedBy, failure.Message), failure.Advice)
            : Rows.Pass(ImpersonationName, Rows.Text(Strings.DiagImpersonation, chain, impersonation.NamedBy));
    }

    private async Task<GcpAuthenticationCheck> CredentialAsync(CheckTimer timer)
    {
        timer.Begin();
        Fact<Credential> found = await facts.Credential.ConfigureAwait(false);
        if (found.Value is not { } credential)
        {
            return Rows.Fail(CredentialName, found.Failure!);
        }

        string account = credential.Account is { } known ? ", " + known : string.Empty;
        return Rows.Pass(CredentialName, Rows.Text(Strings.DiagCredential, credential.Type, credential.Source, account));
    }

    private async Task<GcpAuthenticationCheck> ProjectAsync(CheckTimer timer)
    {
        await facts.Credential.ConfigureAwait(false);
        timer.Begin();
        Fact<SettingValue> project = await facts.Project.ConfigureAwait(false);
        if (project.Value is { } value)
        {
            return Rows.Pass(ProjectName, Rows.Text(Strings.DiagProject, value.Value, value.Source), project.Milliseconds);
        }

        // Where the credential or the metadata server is the trouble, their own rows say it.
        return project.Failure!.Kind is GcpErrorKind.InvalidArgument
            ? Rows.Warning(ProjectName, project.Failure)
            : Rows.Skipped(ProjectName, Strings.DiagNoProject);
    }

    // What the session itself names; null where it leaves the choice to the search.
    private static string? NameOf(SessionRecord record) => record.Kind switch
    {
        CredentialKind.MetadataServer => "-MetadataServer",
        CredentialKind.File => "-CredentialPath '" + record.CredentialPath + "'",
        CredentialKind.Json => "-CredentialJson",
        CredentialKind.AccessToken => "-AccessToken",
        CredentialKind.Gcloud => "-FromGcloud",
        _ => null,
    };
}
