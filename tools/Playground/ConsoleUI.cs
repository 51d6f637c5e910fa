using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Playground;

/// <summary>Writes to the console, in colour where it is one; errors and warnings to the error stream where it is not.</summary>
internal sealed class ConsoleUI : PSHostUserInterface
{
    private readonly ConsoleRawUI _raw = new();

    public override PSHostRawUserInterface RawUI => _raw;

    public override bool SupportsVirtualTerminal { get; } = !Console.IsOutputRedirected;

    public override void Write(string value) => Console.Out.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        InColour(foregroundColor, () => Console.Out.Write(value));

    public override void WriteLine(string value) => Console.Out.WriteLine(value);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        InColour(foregroundColor, () => Console.Out.WriteLine(value));

    public override void WriteErrorLine(string value) => InColour(ConsoleColor.Red, () => Console.Error.WriteLine(value));

    public override void WriteWarningLine(string message) => InColour(ConsoleColor.Yellow, () => Console.Error.WriteLine("WARNING: " + message));

    public override void WriteVerboseLine(string message) => InColour(ConsoleColor.DarkYellow, () => Console.Error.WriteLine("VERBOSE: " + message));

    public override void WriteDebugLine(string message) => InColour(ConsoleColor.DarkGray, () => Console.Error.WriteLine("DEBUG: " + message));

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        // A tour's output is read afterwards; progress would only blur it.
    }

    public override string ReadLine() => Console.ReadLine() ?? string.Empty;

    public override SecureString ReadLineAsSecureString()
    {
        SecureString secret = new();
        while (!Console.IsInputRedirected && Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            secret.AppendChar(key.KeyChar);
        }

        Console.Out.WriteLine();
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        Dictionary<string, PSObject> answers = [];
        foreach (FieldDescription field in descriptions)
        {
            Console.Out.Write(field.Name + ": ");
            bool isSecret = field.ParameterTypeFullName == typeof(SecureString).FullName;
            answers[field.Name] = isSecret ? PSObject.AsPSObject(ReadLineAsSecureString()) : PSObject.AsPSObject(ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Console.Out.WriteLine(caption);
        Console.Out.WriteLine(message);
        for (int i = 0; i < choices.Count; i++)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {i}: {choices[i].Label.Replace("&", string.Empty, StringComparison.Ordinal)}"));
        }

        Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"Number (default {defaultChoice}): "));
        return int.TryParse(Console.ReadLine(), NumberStyles.None, CultureInfo.InvariantCulture, out int chosen) && chosen < choices.Count
            ? chosen
            : defaultChoice;
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException("The Playground asks for no credential.");

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw new NotSupportedException("The Playground asks for no credential.");

    private void InColour(ConsoleColor colour, Action write)
    {
        if (!SupportsVirtualTerminal)
        {
            write();
            return;
        }

        ConsoleColor before = Console.ForegroundColor;
        Console.ForegroundColor = colour;
        try
        {
            write();
        }
        finally
        {
            Console.ForegroundColor = before;
        }
    }
}
