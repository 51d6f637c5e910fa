using System.Collections;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Secrets;

/// <summary>
/// Runs scripts with every stream on and looks for secrets in all that comes out: the streams, every property of every object and
/// error however deep (what Format-List * -Force and ConvertTo-Json show), what goes to a file or through a job.
/// </summary>
public abstract class SecretsTest : CloudTest
{
    private const string Loud =
        "$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; $InformationPreference = 'Continue'; $ProgressPreference = 'Continue'; ";

    private readonly List<string> _secrets = [];

    /// <summary>Something else that must not be seen.</summary>
    protected void Hide(string secret) => _secrets.Add(secret);

    /// <summary>A key file whose private key is a secret of this test.</summary>
    protected string SecretKeyFile()
    {
        string path = KeyFile();
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(path));
        foreach (string line in file.RootElement.GetProperty("private_key").GetString()!.Split('\n').Where(l => l.Length == 64))
        {
            Hide(line);
        }

        return path;
    }

    /// <summary>Runs a script as loudly as can be and asserts that it revealed no secret.</summary>
    private protected RunResult RunLoud(string script, params object?[] arguments)
    {
        RunResult result = Run(Loud + script, arguments);
        NoSecretIn(result.AllText(), "a stream");
        IEnumerable<PSObject?> errors = Run("$Error; $Error.Clear()").Output.Concat(result.Errors.Select(PSObject.AsPSObject));
        foreach (PSObject? item in result.Output.Concat(errors))
        {
            if (item is not null)
            {
                NoSecretIn(Everything(item), "a property of " + item.TypeNames[0]);
                NoSecretIn(Serialized(item), "the serialized " + item.TypeNames[0]);
            }
        }

        return result;
    }

    /// <summary>What Export-Clixml makes of an object; a job and remoting go one level less deep.</summary>
    private protected string Serialized(PSObject item) =>
        Run("[System.Management.Automation.PSSerializer]::Serialize($args[0], 2)", item).MustSucceed().Single<string>();

    private protected void NoSecretIn(string text, string where)
    {
        foreach (string secret in Secrets())
        {
            foreach (string form in Forms(secret))
            {
                Assert.False(text.Contains(form, StringComparison.OrdinalIgnoreCase), $"'{form}' is in {where}:\n{text}");
            }
        }
    }

    /// <summary>Every value that can be reached through properties, as text.</summary>
    private protected static string Everything(object item)
    {
        StringBuilder text = new();
        Collect(item, text, new HashSet<object>(ReferenceEqualityComparer.Instance), 0);
        return text.ToString();
    }

    private IEnumerable<string> Secrets() =>
        Cloud.State.Tokens.Issued.Select(t => t.Value)
            .Concat(Cloud.State.Users.All.SelectMany(u => new[] { u.RefreshToken, u.ClientSecret }))
            .Concat(Assertions())
            .Concat(_secrets);

    // The signed part of what was sent to the token endpoint: whoever has it has a token.
    private IEnumerable<string> Assertions() => Cloud.Requests.All
        .Where(r => r.Path == "/token" && r.Body.Contains("assertion=", StringComparison.Ordinal))
        .Select(r => r.Body[(r.Body.IndexOf("assertion=", StringComparison.Ordinal) + 10)..].Split('&')[0]);

    // As it is, escaped, and as serializers and encoders write it.
    private static IEnumerable<string> Forms(string secret)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(secret);
        byte[] utf16 = Encoding.Unicode.GetBytes(secret);
        return
        [
            secret, Uri.EscapeDataString(secret), Convert.ToHexString(utf8), Convert.ToHexString(utf16),
            Convert.ToBase64String(utf8).TrimEnd('=')[..^1], Convert.ToBase64String(utf16).TrimEnd('=')[..^1],
        ];
    }

    private static void Collect(object? value, StringBuilder text, HashSet<object> seen, int depth)
    {
        object? bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (bare is null || depth > 12 || (bare is not (string or ValueType) && !seen.Add(bare)))
        {
            return;
        }

        text.Append(bare).Append('\n');
        if (bare is string or ValueType)
        {
            return;
        }

        if (bare is IDictionary map)
        {
            foreach (DictionaryEntry entry in map)
            {
                Collect(entry.Key, text, seen, depth + 1);
                Collect(entry.Value, text, seen, depth + 1);
            }
        }
        else if (bare is IEnumerable many)
        {
            foreach (object? element in many)
            {
                Collect(element, text, seen, depth + 1);
            }
        }

        if (IsOpened(bare))
        {
            foreach (PSPropertyInfo property in PSObject.AsPSObject(bare).Properties)
            {
                Collect(Read(property), text, seen, depth + 1);
            }
        }
    }

    // What can hold something of ours. Modules, commands and syntax trees are worlds of their own.
    private static bool IsOpened(object value) =>
        value is ErrorRecord or ErrorDetails or ErrorCategoryInfo or InvocationInfo or Exception or PSObject or PSCustomObject or InformationalRecord
        || value.GetType().Namespace is null or "GcpWorkloadAuth" or "GcpWorkloadAuth.Module.Tests.Harness";

    private static object? Read(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
