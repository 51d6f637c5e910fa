using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>The token: whether there is one, what Google says of it, and what its scopes leave out.</summary>
internal sealed class TokenChecks(DiagnosisFacts facts)
{
    private const string TokenName = "Token";
    private const string TokenInfoName = "Token info";
    private const string ScopesName = "Scopes";

    public IEnumerable<Check> All() =>
        [new Check(TokenName, TokenAsync), new Check(TokenInfoName, TokenInfoAsync), new Check(ScopesName, ScopesAsync)];

    private async Task<GcpAuthenticationCheck> TokenAsync(CheckTimer timer)
    {
        if ((await facts.Credential.ConfigureAwait(false)).Value is null)
        {
            return Rows.Skipped(TokenName, Strings.DiagNoCredential);
        }

        timer.Begin();
        Fact<CachedToken> fetched = await facts.Token.ConfigureAwait(false);
        if (fetched.Value is not { } token)
        {
            return Rows.Fail(TokenName, fetched.Failure!, fetched.Milliseconds);
        }

        string kind = TokenKind.IsJwt(token.Value) ? Strings.DiagTokenSelfSigned : Strings.DiagTokenPlain;
        if (token.ExpiresUtc == DateTime.MaxValue)
        {
            return Rows.Pass(TokenName, Rows.Text(Strings.DiagTokenGiven, kind));
        }

        string end = token.ExpiresUtc.ToLocalTime().ToString("u", CultureInfo.InvariantCulture).TrimEnd('Z');
        string detail = Rows.Text(Strings.DiagToken, kind, end, (int)token.Left.TotalMinutes);
        return token.Left > TimeSpan.Zero
            ? Rows.Pass(TokenName, detail, fetched.Milliseconds)
            : Rows.Fail(TokenName, detail, Strings.DiagTokenEndedAdvice, fetched.Milliseconds);
    }

    private async Task<GcpAuthenticationCheck> TokenInfoAsync(CheckTimer timer)
    {
        if ((await facts.Token.ConfigureAwait(false)).Value is not { } token)
        {
            return Rows.Skipped(TokenInfoName, Strings.DiagNoToken);
        }

        timer.Begin();
        Fact<TokenInfo> info = await facts.TokenInfo.ConfigureAwait(false);
        if (info.Failure is { } failure)
        {
            // That it cannot be asked is no harm to any cmdlet; that it knows the token as none is.
            return failure.Kind == GcpErrorKind.Authentication
                ? Rows.Fail(TokenInfoName, failure, info.Milliseconds)
                : Rows.Warning(TokenInfoName, failure, info.Milliseconds);
        }

        if (info.Value is not { } known)
        {
            EngineSession session = (await facts.Session.ConfigureAwait(false)).Value!;
            Credential credential = (await facts.Credential.ConfigureAwait(false)).Value!;
            string universe = await facts.Universe.ConfigureAwait(false);
            return Rows.Skipped(TokenInfoName, TokenInfoAddress.Of(session, credential, token, universe).Why);
        }

        string left = known.SecondsLeft is { } seconds ? (seconds / 60).ToString(CultureInfo.InvariantCulture) : "?";
        return Rows.Pass(TokenInfoName, Rows.Text(Strings.DiagTokenInfo, known.Email ?? Strings.DiagNotTold, left), info.Milliseconds);
    }

    private async Task<IReadOnlyList<GcpAuthenticationCheck>> ScopesAsync(CheckTimer timer)
    {
        Credential? credential = (await facts.Credential.ConfigureAwait(false)).Value;
        IReadOnlyList<string>? scopes = credential is null ? null : await ActualAsync(credential).ConfigureAwait(false);
        timer.Begin();
        if (scopes is not { Count: > 0 })
        {
            return Rows.One(Rows.Skipped(ScopesName, credential is null ? Strings.DiagNoCredential : Strings.DiagScopesUnknown));
        }

        bool isVm = credential is MetadataCredential;
        string advice = isVm ? Strings.DiagScopesVmAdvice : Strings.DiagScopesAdvice;
        IReadOnlyList<string> leftOut = ScopeCover.LeftOut(scopes);
        string all = string.Join(" ", scopes);
        List<GcpAuthenticationCheck> rows =
        [
            leftOut.Count == 0
                ? Rows.Pass(ScopesName, all)
                : Rows.Warning(ScopesName, Rows.Text(Strings.DiagScopesLeftOut, all, string.Join("; ", leftOut)), advice),
        ];
        foreach (string wanted in facts.Request.Scopes)
        {
            rows.Add(ScopeCover.Covers(scopes, wanted)
                ? Rows.Pass("Scope: " + wanted, Strings.DiagScopeCovered)
                : Rows.Fail("Scope: " + wanted, Strings.DiagScopeMissing, advice));
        }

        return rows;
    }

    // The VM's own scopes cut its tokens whatever was asked for; of any other token Google knows it best, then whoever asked for it.
    private async Task<IReadOnlyList<string>?> ActualAsync(Credential credential)
    {
        if (credential is MetadataCredential metadata)
        {
            Fact<IReadOnlyList<GceServiceAccount>> accounts = await facts.Accounts.ConfigureAwait(false);
            return accounts.Value is null ? null : MetadataChecks.AccountOf(accounts.Value, metadata.AccountName)?.Scopes;
        }

        if ((await facts.TokenInfo.ConfigureAwait(false)).Value is { Scopes.Count: > 0 } info)
        {
            return info.Scopes;
        }

        EngineSession session = (await facts.Session.ConfigureAwait(false)).Value!;
        return (await facts.Token.ConfigureAwait(false)).Value is null ? null : session.DefaultHandle.Scopes;
    }
}
