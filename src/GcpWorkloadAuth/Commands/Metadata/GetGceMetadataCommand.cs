using System;
using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Reads the metadata of this VM or its project, and waits for it to change.</summary>
[Cmdlet(VerbsCommon.Get, "GceMetadata", DefaultParameterSetName = ObjectSet, HelpUri = HelpLinks.Base + "Get-GceMetadata.md")]
[OutputType(typeof(string), typeof(PSObject), typeof(long), typeof(ulong), ParameterSetName = new[] { ObjectSet })]
[OutputType(typeof(Hashtable), typeof(string), ParameterSetName = new[] { HashtableSet })]
[OutputType(typeof(string), ParameterSetName = new[] { RawSet })]
public sealed class GetGceMetadataCommand : GcpCmdlet
{
    private const string ObjectSet = "Object";
    private const string HashtableSet = "Hashtable";
    private const string RawSet = "Raw";

    // The longest a wait is left to the server before it is asked again; the guest agent uses the same.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(60);

    private static readonly char[] s_lineEnds = { '\n', '\r' };

    /// <summary>
    /// What to read, as in 'instance/attributes/name'; below 'instance/' where it does not begin with instance/, project/ or
    /// universe/. A directory gives the names in it. Without it, everything as one object.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(MetadataPathCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>A directory with all that is below it, as one object.</summary>
    [Parameter]
    [Alias("Recursive")]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Hashtables in place of objects: keys that differ only in case stay apart.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HashtableSet)]
    public SwitchParameter AsHashtable { get; set; }

    /// <summary>The server's own text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RawSet)]
    public SwitchParameter Raw { get; set; }

    /// <summary>Wait until the value changes, then emit the new one.</summary>
    [Parameter]
    public SwitchParameter WaitForChange { get; set; }

    /// <summary>The ETag of the value already known: a change since then is emitted at once. Goes with -WaitForChange.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LastETag { get; set; }

    /// <summary>The name of a variable that receives the ETag of the emitted value, for the next -LastETag.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ETagVariable { get; set; }

    /// <summary>How long to wait for a change, in seconds; without it, for ever.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; }

    /// <summary>Read the project's metadata: -Path is below 'project/'.</summary>
    [Parameter]
    public SwitchParameter Project { get; set; }

    private protected override async Task ProcessAsync()
    {
        foreach (string path in Path ?? new[] { Project ? "project/" : string.Empty })
        {
            await ForItemAsync(path, () => ReadAsync(path));
        }
    }

    private async Task ReadAsync(string path)
    {
        string full = FullPath(path);
        MetadataQuery query = new()
        {
            Path = full,
            Recursive = Recurse || Path is null,
            AsText = Raw,
            LastETag = LastETag,
        };
        MetadataAnswer answer = WaitForChange
            ? await WaitAsync(query)
            : await Engine.GetMetadataAsync(Session, query, Call);
        if (ETagVariable is not null)
        {
            SessionState.PSVariable.Set(ETagVariable, answer.ETag);
        }

        Emit(answer);
    }

    private async Task<MetadataAnswer> WaitAsync(MetadataQuery query)
    {
        Stopwatch waited = Stopwatch.StartNew();
        string? known = query.LastETag;
        if (known is null)
        {
            known = (await Engine.GetMetadataAsync(Session, query, Call)).ETag;
        }

        while (true)
        {
            TimeSpan hang = s_hang;
            if (TimeoutSec > 0)
            {
                TimeSpan left = TimeSpan.FromSeconds(TimeoutSec) - waited.Elapsed;
                if (left <= TimeSpan.Zero)
                {
                    throw Errors.MetadataWaitTimedOut(query.Path, TimeoutSec);
                }

                hang = left < hang ? left : hang;
            }

            MetadataAnswer answer = await Engine.GetMetadataAsync(
                Session,
                new MetadataQuery
                {
                    Path = query.Path,
                    Recursive = query.Recursive,
                    AsText = query.AsText,
                    WaitForChange = true,
                    LastETag = known,
                    WaitTimeout = hang,
                },
                Call);
            if (!answer.TimedOut)
            {
                return answer;
            }
        }
    }

    private void Emit(MetadataAnswer answer)
    {
        if (Raw)
        {
            WriteObject(answer.Text);
        }
        else if (answer.IsDirectory)
        {
            WriteObject(
                answer.Text.Split(s_lineEnds, StringSplitOptions.RemoveEmptyEntries), enumerateCollection: true);
        }
        else if (!answer.IsJson)
        {
            WriteObject(answer.Text);
        }
        else
        {
            object? value = AsHashtable ? MetadataValues.ToHashtable(answer.Value) : MetadataValues.ToObject(answer.Value, (id, key) => Warn(id, key));
            WriteObject(value, enumerateCollection: true);
        }
    }

    private string FullPath(string path)
    {
        string trimmed = path.TrimStart('/');
        if (trimmed.StartsWith("computeMetadata/v1/", StringComparison.Ordinal))
        {
            trimmed = trimmed.Substring("computeMetadata/v1/".Length);
        }

        if (trimmed.Length == 0 || IsRooted(trimmed, "instance") || IsRooted(trimmed, "project") || IsRooted(trimmed, "universe"))
        {
            return trimmed;
        }

        return (Project ? "project/" : "instance/") + trimmed;
    }

    private static bool IsRooted(string path, string root) =>
        path == root || path.StartsWith(root + "/", StringComparison.Ordinal);
}
