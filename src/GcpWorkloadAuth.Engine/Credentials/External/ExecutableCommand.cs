using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// The command line of an executable source, taken apart: words between blanks, and what stands between double or single quotes as
/// one. No shell reads it; a backslash is itself, but for \" between double quotes.
/// </summary>
internal sealed class ExecutableCommand
{
    private ExecutableCommand(string program, IReadOnlyList<string> arguments)
    {
        Program = program;
        Arguments = arguments;
    }

    /// <summary>The program's absolute path.</summary>
    public string Program { get; }

    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Takes the field "command" apart, and refuses what is no program with an absolute path.</summary>
    public static ExecutableCommand From(FileFields executable)
    {
        const string field = "command";
        List<string> words = Split(executable.Demand(field)) ?? throw executable.Invalid(field, "a quote is not closed");
        if (words.Count == 0 || !IsAbsolute(words[0]))
        {
            throw executable.Invalid(field, "it does not begin with the absolute path of a program on this machine");
        }

        // Windows drops dots and blanks at a name's end, and runs these through a shell.
        string name = words[0].TrimEnd('.', ' ');
        if (name.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bat", StringComparison.OrdinalIgnoreCase))
        {
            throw executable.Invalid(field, "it is a batch file, which only a shell can run");
        }

        return new ExecutableCommand(words[0], words.GetRange(1, words.Count - 1));
    }

    /// <summary>The words of a command; null where a quote is not closed.</summary>
    public static List<string>? Split(string command)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool inWord = false;
        char quote = '\0';
        for (int i = 0; i < command.Length; i++)
        {
            char c = command[i];
            if (quote == '"' && c == '\\' && i + 1 < command.Length && command[i + 1] == '"')
            {
                word.Append('"');
                i++;
            }
            else if (quote == '\0' ? c is '"' or '\'' : c == quote)
            {
                quote = quote == '\0' ? c : '\0';
                inWord = true;
            }
            else if (quote == '\0' && c == ' ')
            {
                if (inWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }

                inWord = false;
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return quote == '\0' ? words : null;
    }

    // A share is another machine's.
    private static bool IsAbsolute(string path) => Path.DirectorySeparatorChar == '/'
        ? path.StartsWith("/", StringComparison.Ordinal)
        : path.Length > 3 && path[1] == ':' && path[2] is '\\' or '/';
}
