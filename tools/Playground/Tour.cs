using System.Management.Automation;
using System.Management.Automation.Language;

namespace Playground;

/// <summary>Shows a script statement by statement: what is said of it, the statement, what it gives.</summary>
internal static class Tour
{
    /// <summary>Runs a script so. Returns how many statements failed.</summary>
    public static int Run(Session session, string file)
    {
        ScriptBlockAst script = Parser.ParseFile(file, out Token[] tokens, out ParseError[] errors);
        if (errors.Length > 0)
        {
            throw new ParseException(errors);
        }

        int failures = 0;
        int end = script.ParamBlock?.Extent.EndOffset ?? 0;
        foreach (StatementAst statement in script.EndBlock.Statements)
        {
            ShowRemarks(session, tokens, end, statement.Extent.StartOffset);
            ShowStatement(session, statement.Extent.Text);
            failures += session.Show(statement.Extent.Text) ? 0 : 1;
            session.UI.WriteLine();
            end = statement.Extent.EndOffset;
        }

        return failures;
    }

    private static void ShowRemarks(Session session, Token[] tokens, int from, int to)
    {
        foreach (Token token in tokens)
        {
            bool isBetween = token.Extent.StartOffset >= from && token.Extent.EndOffset <= to;
            if (isBetween && token.Kind == TokenKind.Comment && !token.Text.StartsWith("<#", StringComparison.Ordinal))
            {
                session.UI.WriteLine(ConsoleColor.DarkGreen, ConsoleColor.Black, token.Text);
            }
        }
    }

    private static void ShowStatement(Session session, string text)
    {
        string prefix = "PS> ";
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            session.UI.Write(ConsoleColor.DarkGray, ConsoleColor.Black, prefix);
            session.UI.WriteLine(ConsoleColor.Yellow, ConsoleColor.Black, line);
            prefix = ">>  ";
        }
    }
}
