using System.Management.Automation.Language;

namespace Playground;

/// <summary>A plain prompt: reads a command, as many lines as it takes, and runs it.</summary>
internal static class Prompt
{
    public static int Run(Session session)
    {
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = session.Stop();
        int exitCode = 0;
        while (!session.HasExited && Read() is { } command)
        {
            if (!string.IsNullOrWhiteSpace(command))
            {
                exitCode = session.RunScript(command, []);
            }
        }

        return exitCode;
    }

    // Null at the end of the input.
    private static string? Read()
    {
        Console.Write("PS> ");
        string? text = Console.ReadLine();
        while (text is not null && IsIncomplete(text))
        {
            Console.Write(">>  ");
            if (Console.ReadLine() is not { } next)
            {
                return text;
            }

            text += "\n" + next;
        }

        return text;
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return Array.Exists(errors, error => error.IncompleteInput);
    }
}
