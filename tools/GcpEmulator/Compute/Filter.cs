using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GcpEmulator.Compute;

/// <summary>
/// The <c>filter</c> parameter of list methods. Two languages, as the parameter's documentation in the Compute v1 discovery document
/// has it: AIP-160 (=, !=, &lt;, &gt;, &lt;=, &gt;=, :, AND, OR, NOT, parentheses, adjacent expressions are AND) and the older
/// <c>field eq|ne regular-expression</c>, where the expression must match the whole value.
/// </summary>
internal sealed class Filter
{
    private readonly List<FilterToken.Token> _tokens;
    private int _at;

    private Filter(List<FilterToken.Token> tokens) => _tokens = tokens;

    /// <summary>A condition on an instance's JSON, or null if the text is not a filter.</summary>
    public static Func<JsonElement, bool>? Parse(string text)
    {
        if (FilterToken.Split(text) is not { Count: > 0 } tokens)
        {
            return null;
        }

        Filter filter = new(tokens);
        Func<JsonElement, bool>? condition = filter.ParseSequence();
        return condition is not null && filter._at == tokens.Count ? condition : null;
    }

    private bool AtEnd => _at >= _tokens.Count;

    private bool Take(string text)
    {
        if (!AtEnd && _tokens[_at].Is(text))
        {
            _at++;
            return true;
        }

        return false;
    }

    // AIP-160: OR binds tighter than AND, and adjacent terms are a conjunction.
    private Func<JsonElement, bool>? ParseSequence()
    {
        Func<JsonElement, bool>? all = ParseAlternatives();
        while (all is not null && !AtEnd && !_tokens[_at].Is(")"))
        {
            Take("AND");
            if (ParseAlternatives() is not Func<JsonElement, bool> next)
            {
                return null;
            }

            Func<JsonElement, bool> left = all;
            all = e => left(e) && next(e);
        }

        return all;
    }

    private Func<JsonElement, bool>? ParseAlternatives()
    {
        Func<JsonElement, bool>? any = ParseTerm();
        while (any is not null && Take("OR"))
        {
            if (ParseTerm() is not Func<JsonElement, bool> next)
            {
                return null;
            }

            Func<JsonElement, bool> left = any;
            any = e => left(e) || next(e);
        }

        return any;
    }

    private Func<JsonElement, bool>? ParseTerm()
    {
        if (Take("NOT"))
        {
            return ParseTerm() is Func<JsonElement, bool> inner ? e => !inner(e) : null;
        }

        if (!AtEnd && !_tokens[_at].Quoted && _tokens[_at].Text is ['-', _, ..] negated)
        {
            _tokens[_at] = new(negated[1..], false); // AIP-160: a minus sign is the same as NOT
            return ParseTerm() is Func<JsonElement, bool> inner ? e => !inner(e) : null;
        }

        if (!Take("("))
        {
            return ParseComparison();
        }

        Func<JsonElement, bool>? condition = ParseSequence();
        return Take(")") ? condition : null;
    }

    private Func<JsonElement, bool>? ParseComparison()
    {
        if (_at + 2 >= _tokens.Count)
        {
            return null;
        }

        string field = _tokens[_at].Text;
        string op = _tokens[_at + 1].Text;
        if (op is not ("=" or "!=" or "<" or ">" or "<=" or ">=" or ":" or "eq" or "ne"))
        {
            return null;
        }

        _at += 2;
        bool quoted = _tokens[_at].Quoted;
        string literal = _tokens[_at++].Text;
        while (!quoted && !AtEnd && _tokens[_at].Is(":") && _at + 1 < _tokens.Count)
        {
            literal += ":" + _tokens[_at + 1].Text; // an unquoted time or URL
            _at += 2;
        }

        string[] path = field.Split('.');
        if (op is "eq" or "ne")
        {
            Regex? pattern = TryRegex(literal);
            return pattern is null ? null : e => Values(e, path, 0).Any(v => pattern.IsMatch(v)) == (op == "eq");
        }

        return e => Compare(Values(e, path, 0), op, literal);
    }

    private static Regex? TryRegex(string pattern)
    {
        try
        {
            return new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool Compare(IEnumerable<string> values, string op, string literal) => op switch
    {
        "=" => values.Any(v => AreEqual(v, literal)),
        "!=" => !values.Any(v => AreEqual(v, literal)),
        ":" => literal == "*" ? values.Any() : values.Any(v => Has(v, literal)),
        "<" => values.Any(v => Order(v, literal) < 0),
        "<=" => values.Any(v => Order(v, literal) <= 0),
        ">" => values.Any(v => Order(v, literal) > 0),
        _ => values.Any(v => Order(v, literal) >= 0),
    };

    // ASSUMED: = takes * as a wildcard, as AIP-160 says of string equality; zone and machineType also match by their last part.
    private static bool AreEqual(string value, string literal) =>
        literal.Contains('*', StringComparison.Ordinal) ? Wildcard.IsMatch(literal, value)
        : value == literal || value.EndsWith("/" + literal, StringComparison.Ordinal)
        || (value is "true" or "false" && string.Equals(value, literal, StringComparison.OrdinalIgnoreCase));

    // ASSUMED: ":" on text finds it anywhere in the value, without case.
    private static bool Has(string value, string literal) => literal.Contains('*', StringComparison.Ordinal)
        ? Wildcard.IsMatch(literal, value)
        : value.Contains(literal, StringComparison.OrdinalIgnoreCase);

    private static int Order(string value, string literal)
    {
        if (decimal.TryParse(value, CultureInfo.InvariantCulture, out decimal a)
            && decimal.TryParse(literal, CultureInfo.InvariantCulture, out decimal b))
        {
            return a.CompareTo(b);
        }

        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out DateTimeOffset c)
            && DateTimeOffset.TryParse(literal, CultureInfo.InvariantCulture, out DateTimeOffset d)
            ? c.CompareTo(d)
            : string.CompareOrdinal(value, literal);
    }

    private static IEnumerable<string> Values(JsonElement element, string[] path, int depth)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().SelectMany(item => Values(item, path, depth));
        }

        if (depth < path.Length)
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(path[depth], out JsonElement below)
                ? Values(below, path, depth + 1)
                : [];
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.True => ["true"],
            JsonValueKind.False => ["false"],
            JsonValueKind.Number => [element.GetRawText()],
            _ => [string.Empty],
        };
    }
}
