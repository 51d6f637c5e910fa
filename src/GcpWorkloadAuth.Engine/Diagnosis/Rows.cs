using System;
using System.Collections.Generic;
using System.Globalization;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>Makes the rows of the doctor. Whatever text goes in, what looks like a secret comes out hidden.</summary>
internal static class Rows
{
    public static GcpAuthenticationCheck Pass(string check, string detail, long? milliseconds = null) =>
        Make(check, GcpCheckStatus.Pass, detail, string.Empty, milliseconds);

    public static GcpAuthenticationCheck Skipped(string check, string detail) =>
        Make(check, GcpCheckStatus.Skipped, detail, string.Empty, null);

    public static GcpAuthenticationCheck Warning(string check, string detail, string recommendation, long? milliseconds = null) =>
        Make(check, GcpCheckStatus.Warning, detail, recommendation, milliseconds);

    public static GcpAuthenticationCheck Warning(string check, GcpException failure, long? milliseconds = null) =>
        Warning(check, failure.Message, failure.Advice, milliseconds);

    public static GcpAuthenticationCheck Fail(string check, string detail, string recommendation, long? milliseconds = null) =>
        Make(check, GcpCheckStatus.Fail, detail, recommendation, milliseconds);

    public static GcpAuthenticationCheck Fail(string check, GcpException failure, long? milliseconds = null) =>
        Fail(check, failure.Message, failure.Advice, milliseconds);

    /// <summary>What is no failure of the catalogue (a fault of the module, say) as one of it.</summary>
    public static GcpException Explain(Exception e) => e as GcpException ?? Errors.CheckFailed(e.GetType().Name + ": " + e.Message);

    /// <summary>A text of the string resources with its arguments.</summary>
    public static string Text(string format, params object[] arguments) => string.Format(CultureInfo.CurrentCulture, format, arguments);

    public static IReadOnlyList<GcpAuthenticationCheck> One(GcpAuthenticationCheck row) => [row];

    private static GcpAuthenticationCheck Make(
        string check, GcpCheckStatus status, string detail, string recommendation, long? milliseconds) =>
        new(check, status, Redaction.Of(detail), Redaction.Of(recommendation), milliseconds);
}
