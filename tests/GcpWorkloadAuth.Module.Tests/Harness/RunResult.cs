using System.Management.Automation;
using System.Text;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Harness;

/// <summary>Everything a script wrote.</summary>
internal sealed class RunResult
{
    public RunResult(PowerShell shell, IEnumerable<PSObject> output, ErrorRecord? terminating, TimeSpan elapsed)
    {
        Elapsed = elapsed;
        Output = [.. output];
        Terminating = terminating;
        Errors = [.. shell.Streams.Error];
        if (terminating is not null && !Errors.Contains(terminating))
        {
            Errors.Add(terminating);
        }

        Warnings = [.. shell.Streams.Warning.Select(w => w.Message)];
        Verbose = [.. shell.Streams.Verbose.Select(v => v.Message)];
        Debug = [.. shell.Streams.Debug.Select(d => d.Message)];
        Information = [.. shell.Streams.Information.Select(i => i.ToString())];
        State = shell.InvocationStateInfo.State;
    }

    public List<PSObject> Output { get; }

    public List<ErrorRecord> Errors { get; }

    /// <summary>The error that ended the script; null where it ran to its end.</summary>
    public ErrorRecord? Terminating { get; }

    public List<string> Warnings { get; }

    public List<string> Verbose { get; }

    public List<string> Debug { get; }

    public List<string> Information { get; }

    public PSInvocationState State { get; }

    /// <summary>How long it ran, or how long its end took where it was stopped.</summary>
    public TimeSpan Elapsed { get; }

    public RunResult MustSucceed()
    {
        Assert.True(Errors.Count == 0, "Errors: " + string.Join(Environment.NewLine, Errors.Select(Describe)));
        return this;
    }

    /// <summary>The only error, whose id, category and advice every failure must have.</summary>
    public ErrorRecord SingleError(string errorId, ErrorCategory category)
    {
        ErrorRecord error = Assert.Single(Errors);
        Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails?.RecommendedAction), "no RecommendedAction");
        Assert.DoesNotContain("{0}", error.ToString(), StringComparison.Ordinal);
        return error;
    }

    public T Single<T>() => (T)Assert.Single(Output).BaseObject;

    public List<string> Strings() => [.. Output.Select(o => o.ToString())];

    public object? Property(string name) => Assert.Single(Output).Properties[name]?.Value;

    /// <summary>All that was written, errors with their inner exceptions, for the search for secrets.</summary>
    public string AllText()
    {
        StringBuilder text = new();
        foreach (PSObject item in Output)
        {
            text.AppendLine(item.ToString());
        }

        foreach (ErrorRecord error in Errors)
        {
            text.AppendLine(Describe(error));
            for (Exception? e = error.Exception; e is not null; e = e.InnerException)
            {
                text.AppendLine(e.ToString());
            }
        }

        foreach (string line in Warnings.Concat(Verbose).Concat(Debug).Concat(Information))
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }

    private static string Describe(ErrorRecord error) =>
        error.FullyQualifiedErrorId + " | " + error.CategoryInfo + " | " + error.ErrorDetails?.Message + " | " + error.ErrorDetails?.RecommendedAction
        + " | " + error + " | " + error.Exception?.Message;
}
