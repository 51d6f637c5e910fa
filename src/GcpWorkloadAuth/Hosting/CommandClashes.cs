using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Whether another module of the session has commands by the names of ours: whose is run is the luck of the import order.</summary>
internal static class CommandClashes
{
    private const string Name = "Other modules";
    private const CommandTypes Kinds = CommandTypes.Alias | CommandTypes.Function | CommandTypes.Cmdlet;

    /// <summary>The check's one row. Asks the session's command table alone; no module is loaded or looked for on disk.</summary>
    public static GcpAuthenticationCheck Check(PSCmdlet cmdlet)
    {
        if (cmdlet.MyInvocation.MyCommand is not CmdletInfo { Module: { } own })
        {
            return new GcpAuthenticationCheck(Name, GcpCheckStatus.Skipped, Strings.DiagClashUnknown, string.Empty, null);
        }

        SortedDictionary<string, List<string>> clashes = new(StringComparer.OrdinalIgnoreCase);
        string? example = null;
        foreach (string command in own.ExportedCommands.Keys)
        {
            // A pattern, so that every command of the name is told and none is loaded for it.
            foreach (CommandInfo found in cmdlet.InvokeCommand.GetCommands(command, Kinds, nameIsPattern: true))
            {
                if (!IsOf(found, own.Name))
                {
                    Add(clashes, found.ModuleName is { Length: > 0 } module ? module : Strings.DiagClashSession, found.Name);
                    example ??= found.Name;
                }
            }
        }

        if (example is null)
        {
            return new GcpAuthenticationCheck(Name, GcpCheckStatus.Pass, Strings.DiagClashNone, string.Empty, null);
        }

        List<string> parts = new();
        foreach (KeyValuePair<string, List<string>> clash in clashes)
        {
            parts.Add(clash.Key + ": " + string.Join(", ", clash.Value));
        }

        CommandInfo? runs = cmdlet.InvokeCommand.GetCommand(example, Kinds);
        string winner = runs is null ? "?" : runs.ModuleName is { Length: > 0 } name ? name : Strings.DiagClashSession;
        return new GcpAuthenticationCheck(
            Name,
            GcpCheckStatus.Warning,
            string.Format(CultureInfo.CurrentCulture, Strings.DiagClash, string.Join("; ", parts), example, winner),
            string.Format(CultureInfo.CurrentCulture, Strings.DiagClashAdvice, own.Name + "\\" + example),
            null);
    }

    private static bool IsOf(CommandInfo command, string module) =>
        string.Equals(command.ModuleName, module, StringComparison.OrdinalIgnoreCase);

    private static void Add(SortedDictionary<string, List<string>> clashes, string module, string command)
    {
        if (!clashes.TryGetValue(module, out List<string> names))
        {
            clashes[module] = names = new List<string>();
        }

        if (!names.Contains(command))
        {
            names.Add(command);
        }
    }
}
