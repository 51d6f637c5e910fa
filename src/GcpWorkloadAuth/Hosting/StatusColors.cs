using System;
using System.Management.Automation;
using System.Reflection;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Colours of a status, by the user's own $PSStyle. Where there is none (Windows PowerShell, 7.0 and 7.1) nothing would take the
/// codes out of redirected output again, so the text stays plain; from 7.2 on PowerShell's formatter does, as
/// $PSStyle.OutputRendering and NO_COLOR tell it.
/// </summary>
internal static class StatusColors
{
    private static readonly object? s_style = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")
        ?.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);

    public static string Paint(GcpCheckStatus status)
    {
        string text = status.ToString();
        string? color = status switch
        {
            GcpCheckStatus.Pass => Find("Foreground", "Green"),
            GcpCheckStatus.Warning => Find("Formatting", "Warning"),
            GcpCheckStatus.Fail => Find("Formatting", "Error"),
            _ => null,
        };
        bool isPlain = string.IsNullOrEmpty(color) || s_style is null || IsPlainText(s_style);
        return isPlain ? text : color + text + Find("Reset", null);
    }

    private static bool IsPlainText(object style) =>
        string.Equals(Read(style, "OutputRendering")?.ToString(), "PlainText", StringComparison.Ordinal);

    private static string? Find(string first, string? second)
    {
        object? found = Read(s_style, first);
        return (second is null ? found : Read(found, second)) as string;
    }

    private static object? Read(object? target, string property) => target?.GetType().GetProperty(property)?.GetValue(target);
}
