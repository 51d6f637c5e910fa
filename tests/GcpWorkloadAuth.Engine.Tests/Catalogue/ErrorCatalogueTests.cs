using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using GcpWorkloadAuth.Engine.Tests.Support;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Tests.Catalogue;

/// <summary>Every failure has an id that is a resource key, a message, advice, and nothing unfilled; every key is used.</summary>
public sealed class ErrorCatalogueTests
{
    // Keys that no method of the catalogue makes: what PowerShell itself throws, and what is no failure.
    private static readonly string[] s_notFailures = ["AnyProject", "WrongInputType", "SecretNotSecure", "EncodingUnknown"];

    // How the keys of warnings, progress and questions begin.
    private static readonly string[] s_beginnings = ["Action", "Diag", "Progress", "Warn"];

    private static readonly MethodInfo[] s_methods =
        [.. typeof(Errors).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.ReturnType == typeof(GcpException))];

    private static readonly Dictionary<string, string> s_texts = Strings.ResourceManager
        .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
        .Cast<DictionaryEntry>()
        .ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);

    public static TheoryData<string> Methods => [.. s_methods.Select(m => m.Name)];

    public static TheoryData<string> Keys => [.. s_texts.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_failure_is_whole(string name)
    {
        MethodInfo method = Assert.Single(s_methods, m => m.Name == name);
        GcpException failure = (GcpException)method.Invoke(null, [.. method.GetParameters().Select(Argument)])!;

        Fails.Check(name, failure);
        Assert.True(s_texts.ContainsKey(failure.ErrorId), "no message");
        Assert.True(s_texts.ContainsKey(failure.ErrorId + "Advice"), "no advice");
        Assert.True(Enum.IsDefined(failure.Kind));
        Assert.EndsWith(".", Regex.Replace(failure.Advice, @"\S+$", "."), StringComparison.Ordinal);
        Assert.Null(failure.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void What_a_failure_is_told_stands_in_it(string name)
    {
        MethodInfo method = s_methods.Single(m => m.Name == name);
        GcpException failure = (GcpException)method.Invoke(null, [.. method.GetParameters().Select(Argument)])!;

        foreach (ParameterInfo parameter in method.GetParameters().Where(p => p.ParameterType == typeof(string)))
        {
            Assert.Contains("<" + parameter.Name + ">", failure.Message + failure.Advice, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Braces_in_what_a_failure_is_told_do_no_harm(string name)
    {
        MethodInfo method = s_methods.Single(m => m.Name == name);
        object?[] arguments = [.. method.GetParameters().Select(p => p.ParameterType == typeof(string) ? "{0} {9} {x" : Argument(p))];

        Assert.Equal(name, ((GcpException)method.Invoke(null, arguments)!).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_is_used(string key)
    {
        if (s_beginnings.Any(b => key.StartsWith(b, StringComparison.Ordinal)) || s_notFailures.Contains(key))
        {
            Assert.True(Sources.Mention("Strings." + key), key + " is not used");
            return;
        }

        string id = key.EndsWith("Advice", StringComparison.Ordinal) ? key[..^"Advice".Length] : key;
        Assert.Contains(s_methods, m => m.Name == id);
        Assert.True(Sources.Mention("Errors." + id + "("), "nothing makes " + id);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_text_is_ascii_and_well_formed(string key)
    {
        string text = s_texts[key];

        Assert.False(string.IsNullOrWhiteSpace(text));
        Assert.Equal(text.Trim(), text);
        Assert.DoesNotMatch(@"[^\x20-\x7E]", text);
        _ = string.Format(CultureInfo.InvariantCulture, text, [.. Enumerable.Repeat<object>(1, 9)]);
    }

    [Fact]
    public void Every_warning_that_is_given_has_a_text()
    {
        string[] given = [.. Sources.Matches(@"Strings\.(Warn\w+)").Distinct()];

        Assert.NotEmpty(given);
        Assert.All(given, key => Assert.True(s_texts.ContainsKey(key), key));
    }

    [Fact]
    public void No_failure_is_made_outside_the_catalogue() =>
        Assert.Equal(["Hosting/Errors.cs"], Sources.FilesWith("new GcpException("));

    private static object? Argument(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        return type == typeof(string) ? "<" + parameter.Name + ">"
            : type == typeof(int) ? 418
            : type == typeof(long) ? 65536L
            : type == typeof(GcpErrorKind) ? GcpErrorKind.Limit
            : type == typeof(double) ? 1.5
            : type == typeof(IEnumerable<string>) ? new[] { "one", "two" }
            : type == typeof(Exception) ? null
            : throw new NotSupportedException("Give the catalogue's test a " + type + ".");
    }
}
