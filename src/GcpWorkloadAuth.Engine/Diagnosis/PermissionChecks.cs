using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Iam;
using GcpWorkloadAuth.Engine.Identities;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>What IAM allows: signatures, and the permissions that the user names.</summary>
internal sealed class PermissionChecks(DiagnosisFacts facts)
{
    private const string SigningName = "Signing";
    private const string PermissionPrefix = "Permission: ";

    // Source: the description of testIamPermissions.
    private const int MostAtOnce = 100;

    // What a script with a bucket does; asked for where -Bucket stands alone.
    private static readonly string[] s_usual =
        ["storage.objects.list", "storage.objects.get", "storage.objects.create", "storage.objects.delete"];

    // Neither an assertion nor the text of a signed URL: a signature of it proves nothing to anybody.
    private static readonly byte[] s_payload = Encoding.ASCII.GetBytes("Test-GcpAuthentication: may this account sign?");

    public IEnumerable<Check> All()
    {
        yield return new Check(SigningName, SigningAsync);
        DiagnosisRequest request = facts.Request;
        if (request.Bucket is { } bucket && request.Permissions.Count == 0)
        {
            string name = "Bucket: " + bucket;
            yield return new Check(name, timer => BucketAsync(name, bucket, timer));
        }

        List<string> ofBucket = [];
        List<string> ofProject = [];
        foreach (string permission in request.Permissions)
        {
            (request.Bucket is not null && IsOfBucket(permission) ? ofBucket : ofProject).Add(permission);
        }

        foreach (List<string> some in Portions(ofBucket))
        {
            yield return Named(some, timer => BucketPermissionsAsync(some, timer));
        }

        foreach (List<string> some in Portions(ofProject))
        {
            yield return Named(some, timer => ProjectPermissionsAsync(some, timer));
        }
    }

    // A signature is asked for, as a signed URL would: that needs no API and no permission but those it needs itself, and tells a
    // disabled API and narrow scopes too. testIamPermissions of the account would need another API (iam) and tell neither.
    private async Task<GcpAuthenticationCheck> SigningAsync(CheckTimer timer)
    {
        Fact<Credential> found = await facts.Credential.ConfigureAwait(false);
        if (found.Value is not { } credential)
        {
            return Rows.Skipped(SigningName, Strings.DiagNoCredential);
        }

        if (credential.Type == CredentialFile.ServiceAccountType)
        {
            return Rows.Skipped(SigningName, Strings.DiagSignsItself);
        }

        if (credential is not (MetadataCredential or ImpersonatedCredential))
        {
            return Rows.Skipped(SigningName, Rows.Text(Strings.DiagSignsNot, credential.Type));
        }

        if ((await facts.Token.ConfigureAwait(false)).Value is null)
        {
            return Rows.Skipped(SigningName, Strings.DiagNoToken);
        }

        EngineSession session = (await facts.Session.ConfigureAwait(false)).Value!;
        timer.Begin();
        try
        {
            BlobSignature signature = await credential.SignAsync(session, s_payload, facts.Call).ConfigureAwait(false);
            return Rows.Pass(SigningName, Rows.Text(Strings.DiagSigns, signature.Account), timer.Milliseconds);
        }
        catch (GcpException failure)
        {
            // Nothing but signed URLs needs it.
            return Rows.Warning(
                SigningName, Rows.Text(Strings.DiagSignsRefused, failure.Message), failure.Advice, timer.Milliseconds);
        }
    }

    private async Task<GcpAuthenticationCheck> BucketAsync(string name, string bucket, CheckTimer timer)
    {
        if ((await facts.Token.ConfigureAwait(false)).Value is null)
        {
            return Rows.Skipped(name, Strings.DiagNoToken);
        }

        PermissionService service = await ServiceAsync().ConfigureAwait(false);
        timer.Begin();
        IReadOnlyList<string> granted = await service.OfBucketAsync(bucket, s_usual, facts.Call).ConfigureAwait(false);
        string[] missing = Array.FindAll(s_usual, permission => !Contains(granted, permission));
        return missing.Length == 0
            ? Rows.Pass(name, Rows.Text(Strings.DiagBucket, string.Join(", ", s_usual)), timer.Milliseconds)
            : Rows.Warning(
                name, Rows.Text(Strings.DiagBucketMissing, string.Join(", ", missing)), Strings.DiagPermissionAdvice, timer.Milliseconds);
    }

    private async Task<IReadOnlyList<GcpAuthenticationCheck>> BucketPermissionsAsync(List<string> permissions, CheckTimer timer)
    {
        if ((await facts.Token.ConfigureAwait(false)).Value is null)
        {
            return Skip(permissions, Strings.DiagNoToken);
        }

        string bucket = facts.Request.Bucket!;
        PermissionService service = await ServiceAsync().ConfigureAwait(false);
        timer.Begin();
        IReadOnlyList<string> granted = await service.OfBucketAsync(bucket, permissions, facts.Call).ConfigureAwait(false);
        return Tell(permissions, granted, Rows.Text(Strings.DiagOnBucket, bucket), timer.Milliseconds);
    }

    private async Task<IReadOnlyList<GcpAuthenticationCheck>> ProjectPermissionsAsync(List<string> permissions, CheckTimer timer)
    {
        Fact<CachedToken> token = await facts.Token.ConfigureAwait(false);
        Fact<SettingValue> project = await facts.Project.ConfigureAwait(false);
        if (token.Value is null || project.Value is null)
        {
            return Skip(permissions, token.Value is null ? Strings.DiagNoToken : Strings.DiagNoProject);
        }

        PermissionService service = await ServiceAsync().ConfigureAwait(false);
        timer.Begin();
        string id = project.Value.Value;
        IReadOnlyList<string> granted = await service.OfProjectAsync(id, permissions, facts.Call).ConfigureAwait(false);
        return Tell(permissions, granted, Rows.Text(Strings.DiagOnProject, id), timer.Milliseconds);
    }

    private async Task<PermissionService> ServiceAsync() =>
        new(DiagnosisFacts.ClientOf((await facts.Session.ConfigureAwait(false)).Value!));

    private static Check Named(List<string> permissions, Func<CheckTimer, Task<IReadOnlyList<GcpAuthenticationCheck>>> work) =>
        new(permissions.ConvertAll(static permission => PermissionPrefix + permission), work);

    private static List<GcpAuthenticationCheck> Skip(List<string> permissions, string why) =>
        permissions.ConvertAll(permission => Rows.Skipped(PermissionPrefix + permission, why));

    private static List<GcpAuthenticationCheck> Tell(
        List<string> permissions, IReadOnlyList<string> granted, string where, long milliseconds) => permissions.ConvertAll(permission =>
        Contains(granted, permission)
            ? Rows.Pass(PermissionPrefix + permission, Rows.Text(Strings.DiagPermissionGranted, where), milliseconds)
            : Rows.Fail(
                PermissionPrefix + permission,
                Rows.Text(Strings.DiagPermissionMissing, where),
                Strings.DiagPermissionAdvice,
                milliseconds));

    // Making and listing buckets are the project's.
    private static bool IsOfBucket(string permission) =>
        permission.StartsWith("storage.", StringComparison.Ordinal) && permission is not ("storage.buckets.create" or "storage.buckets.list");

    private static bool Contains(IReadOnlyList<string> granted, string permission)
    {
        foreach (string one in granted)
        {
            if (string.Equals(one, permission, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<List<string>> Portions(List<string> all)
    {
        for (int start = 0; start < all.Count; start += MostAtOnce)
        {
            yield return all.GetRange(start, Math.Min(MostAtOnce, all.Count - start));
        }
    }
}
