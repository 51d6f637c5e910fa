using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using HelpBuilder;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>What Get-Help shows, and whether the pages still say what the cmdlets do.</summary>
public sealed class HelpTests : IDisposable
{
    private static readonly string s_docs = Path.Combine(Repository.Root, "docs", "en-US");

    private readonly Shell _shell = new();

    public static TheoryData<string> Cmdlets
    {
        get
        {
            using Shell shell = new();
            return [.. shell.Run("Get-Command -Module GcpWorkloadAuth -CommandType Cmdlet | ForEach-Object Name").Strings()];
        }
    }

    public static TheoryData<string> Topics =>
        [.. Directory.GetFiles(s_docs, "about_*.md").Select(f => Path.GetFileNameWithoutExtension(f))];

    [Fact]
    public void The_pages_agree_with_the_module()
    {
        Assert.Empty(HelpDrift.Check(Repository.Manifest, s_docs));
    }

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        Assert.Empty(HelpDrift.CheckLinks(Repository.Root));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_has_whole_help(string name)
    {
        PSObject help = Assert.Single(_shell.Run($"Get-Help {name} -Full").MustSucceed().Output);

        Assert.Contains("MamlCommandHelpInfo#FullView", help.TypeNames);
        Assert.Equal(name, Text(help, "Name"));
        Assert.NotEqual(name, Text(help, "Synopsis"));
        Assert.NotEmpty(Text(help, "Synopsis"));
        Assert.True(Text(help, "description", "Text").Length > 80, "a description");
        Assert.NotEmpty(List(help, "relatedLinks", "navigationLink"));

        List<PSObject> examples = List(help, "examples", "example");
        Assert.True(examples.Count >= 2, $"{examples.Count} examples");
        Assert.All(examples, e => Assert.NotEmpty(Text(e, "code")));
        Assert.All(examples, e => Assert.Contains("Example", Text(e, "title"), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_explained(string name)
    {
        CmdletInfo cmdlet = _shell.Run($"Get-Command {name}").Single<CmdletInfo>();
        PSObject help = Assert.Single(_shell.Run($"Get-Help {name} -Full").Output);

        Dictionary<string, string> explained = List(help, "parameters", "parameter").ToDictionary(p => Text(p, "name"), p => Text(p, "description", "Text"));

        IEnumerable<string> own = cmdlet.Parameters.Keys.Where(p => !Cmdlet.CommonParameters.Contains(p));
        Assert.Equal(own.Order(StringComparer.Ordinal), explained.Keys.Order(StringComparer.Ordinal));
        Assert.All(explained, p => Assert.True(p.Value.Length > 10, "-" + p.Key + ": " + p.Value));
        RunResult one = _shell.Run($"Get-Help {name} -Parameter Context").MustSucceed();
        Assert.Equal("Context", Text(Assert.Single(one.Output), "name"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_question_mark_shows_it_too(string name)
    {
        PSObject help = Assert.Single(_shell.Run($"{name} -?").MustSucceed().Output);

        Assert.Equal(name, Text(help, "Name"));
        Assert.NotEmpty(List(help, "syntax", "syntaxItem"));
    }

    [Fact]
    public void An_alias_leads_to_the_cmdlets_help()
    {
        Assert.Equal("Get-GceAccessToken", _shell.Run("(Get-Help Get-GcpAccessToken).Name").Single<string>());
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_found(string name)
    {
        PSObject help = Assert.Single(_shell.Run($"Get-Help {name}").MustSucceed().Output);

        Assert.True(help.ToString().Length > 1000, help.ToString());
        Assert.Contains(name, help.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(_shell.Run($"(Get-Help {name}).Synopsis").Single<string>());
    }

    [Fact]
    public void Topics_are_listed_with_their_synopsis()
    {
        RunResult result = _shell.Run("Get-Help about_Gcp* | ForEach-Object { \"$($_.Name)|$($_.Synopsis)\" }").MustSucceed();

        Assert.Equal(Topics.Count, result.Output.Count);
        Assert.All(result.Strings(), line => Assert.False(line.EndsWith('|'), line));
    }

    [Fact]
    public void The_security_topic_names_what_must_not_be_done_with_a_token()
    {
        string text = _shell.Run("Get-Help about_GcpWorkloadAuth_Security").Strings().Single();

        Assert.Contains("transcript", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Bearer", text, StringComparison.Ordinal);
    }

    public void Dispose() => _shell.Dispose();

    private static List<PSObject> List(PSObject parent, string outer, string inner) =>
        parent.Properties[outer]?.Value is PSObject node && node.Properties[inner]?.Value is { } value
            ? LanguagePrimitives.GetEnumerable(value) is { } many ? [.. many.Cast<object>().Select(PSObject.AsPSObject)] : [PSObject.AsPSObject(value)]
            : [];

    private static string Text(PSObject item, string property, string? inner = null)
    {
        object? value = item.Properties[property]?.Value;
        if (inner is null)
        {
            return value?.ToString()?.Trim() ?? string.Empty;
        }

        IEnumerable<object> parts = LanguagePrimitives.GetEnumerable(value) is { } many ? many.Cast<object>() : [value!];
        return string.Join('\n', parts.Where(p => p is not null).Select(p => PSObject.AsPSObject(p).Properties[inner]?.Value?.ToString())).Trim();
    }
}
