using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>A prompt with the staged module: what a person would see.</summary>
internal sealed partial class RenderingShell : IDisposable
{
    public const int Width = 120;

    private readonly RenderingHost _host = new(Width);
    private readonly Runspace _runspace;

    public RenderingShell(PSLanguageMode mode = PSLanguageMode.FullLanguage)
        : this(InitialSessionState.CreateDefault2())
    {
        Show("Import-Module '" + Repository.Manifest + "' -ErrorAction Stop");
        _runspace.SessionStateProxy.LanguageMode = mode;
    }

    private RenderingShell(InitialSessionState state)
    {
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
    }

    public static string FormatFile { get; } = Path.Combine(Repository.StagedModule, "bin", "GcpWorkloadAuth.Format.ps1xml");

    /// <summary>
    /// A prompt that knows the module's list views alone. The hosted engine has no Format-List; a list that is the only view is shown
    /// without it.
    /// </summary>
    public static RenderingShell ForLists(TemporaryFolder folder)
    {
        XDocument views = XDocument.Load(FormatFile);
        views.Descendants("View").Where(v => v.Element("ListControl") is null).Remove();
        string file = folder.File("Lists.Format.ps1xml");
        views.Save(file);
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.Formats.Add(new SessionStateFormatEntry(file));
        return new RenderingShell(state);
    }

    /// <summary>
    /// The lines a statement shows, empty ones around them, colours and trailing blanks left out; times and ports are replaced by
    /// words of their length.
    /// </summary>
    public List<string> Show(string statement, params object?[] arguments)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(statement);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        shell.AddCommand("Out-Default");
        shell.Invoke();
        Assert.Empty(shell.Streams.Error);
        List<string> lines = [.. _host.TakeLines().Select(l => Colour().Replace(l, string.Empty).TrimEnd())];
        Assert.DoesNotContain(lines, l => l.StartsWith("ERROR", StringComparison.Ordinal));
        return [.. lines.SkipWhile(l => l.Length == 0).Reverse().SkipWhile(l => l.Length == 0).Reverse().Select(Neutral)];
    }

    public void Dispose() => _runspace.Dispose();

    private static string Neutral(string line) => Port().Replace(Time().Replace(line, "MM/DD/YYYY HH:MM:SS"), "127.0.0.1:PORT0");

    [GeneratedRegex(@"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d")]
    private static partial Regex Time();

    [GeneratedRegex(@"127\.0\.0\.1:\d{4,5}")]
    private static partial Regex Port();

    [GeneratedRegex(@"\x1b\[[\d;]*m")]
    private static partial Regex Colour();
}
