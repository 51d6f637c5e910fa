namespace HelpBuilder;

/// <summary>A difference between a page and the module, or something a page lacks.</summary>
/// <param name="Page">The file.</param>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Message">What is wrong.</param>
public sealed record HelpFinding(string Page, string Rule, string Message)
{
    /// <summary>One line for a build log.</summary>
    public override string ToString() => $"{Page}: {Rule}: {Message}";
}
