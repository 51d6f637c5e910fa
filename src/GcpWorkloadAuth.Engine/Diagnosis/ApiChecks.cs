using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>Whether the APIs take the session's calls: the cheapest call of each, whose refusal says what is wrong.</summary>
internal sealed class ApiChecks(DiagnosisFacts facts)
{
    private const string Prefix = "API: ";

    public IEnumerable<Check> All() =>
    [
        Make(
            StorageApi.BucketsList,
            project => StorageApi.BucketsList.Format(
                [], ("project", Names.Project(project)), ("maxResults", "1"), ("prettyPrint", "false"), ("fields", "kind"))),
        Make(
            ComputeApi.ProjectsGet,
            project => ComputeApi.ProjectsGet.Format([Names.Project(project)], ("prettyPrint", "false"), ("fields", "name"))),
    ];

    private Check Make(ApiMethod method, Func<string, string> format) =>
        new(Prefix + method.Service.Title, timer => AskAsync(Prefix + method.Service.Title, method, format, timer));

    private async Task<GcpAuthenticationCheck> AskAsync(string name, ApiMethod method, Func<string, string> format, CheckTimer timer)
    {
        Fact<CachedToken> token = await facts.Token.ConfigureAwait(false);
        Fact<SettingValue> project = await facts.Project.ConfigureAwait(false);
        if (token.Value is null || project.Value is null)
        {
            return Rows.Skipped(name, token.Value is null ? Strings.DiagNoToken : Strings.DiagNoProject);
        }

        EngineSession session = (await facts.Session.ConfigureAwait(false)).Value!;
        string id = project.Value.Value;
        timer.Begin();
        try
        {
            await DiagnosisFacts.ClientOf(session).GetAsync(method, format(id), Ignore, _ => Errors.ProjectNotFound(id), facts.Call)
                .ConfigureAwait(false);
            return Rows.Pass(name, Rows.Text(Strings.DiagApiWorks, id), timer.Milliseconds);
        }
        catch (GcpException failure)
        {
            return failure.ErrorId switch
            {
                // Whoever is refused for want of a permission has got past the switch.
                nameof(Strings.PermissionDenied) =>
                    Rows.Pass(name, Rows.Text(Strings.DiagApiWorksDenied, id, failure.Message), timer.Milliseconds),
                nameof(Strings.ScopesInsufficient) => Rows.Warning(name, failure, timer.Milliseconds),
                _ => Rows.Fail(name, failure, timer.Milliseconds),
            };
        }
    }

    private static bool Ignore(ref JsonCursor json)
    {
        json.Value();
        return true;
    }
}
