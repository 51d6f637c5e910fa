namespace GcpEmulator.Compute;

/// <summary>Cuts a filter expression into words, quoted literals, operators and parentheses.</summary>
internal static class FilterToken
{
    public readonly record struct Token(string Text, bool Quoted)
    {
        public bool Is(string text) => !Quoted && Text == text;
    }

    private static readonly string[] Operators = ["!=", "<=", ">=", "=", "<", ">", ":", "(", ")"];

    public static List<Token>? Split(string filter)
    {
        List<Token> tokens = [];
        int at = 0;
        while (at < filter.Length)
        {
            char c = filter[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
                continue;
            }

            if (c is '"' or '\'')
            {
                int end = at + 1;
                System.Text.StringBuilder text = new();
                while (end < filter.Length && filter[end] != c)
                {
                    // Other backslashes belong to a regular expression: gcloud sends operationType eq ".*\bstart\b.*".
                    if (filter[end] == '\\' && end + 1 < filter.Length && filter[end + 1] is '\\' or '"' or '\'')
                    {
                        end++;
                    }

                    text.Append(filter[end++]);
                }

                if (end >= filter.Length)
                {
                    return null;
                }

                tokens.Add(new(text.ToString(), true));
                at = end + 1;
                continue;
            }

            if (Operators.FirstOrDefault(o => filter.AsSpan(at).StartsWith(o, StringComparison.Ordinal)) is string op)
            {
                tokens.Add(new(op, false));
                at += op.Length;
                continue;
            }

            int start = at;
            while (at < filter.Length && !char.IsWhiteSpace(filter[at])
                && filter[at] is not ('(' or ')' or '"' or '\'' or '=' or '!' or '<' or '>' or ':'))
            {
                at++;
            }

            // A literal may hold a colon (a time, a URL) or be a regular expression with "!"; a field never does.
            if (at == start)
            {
                at++;
            }

            tokens.Add(new(filter[start..at], false));
        }

        return tokens;
    }
}
