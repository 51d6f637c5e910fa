using System;
using System.Collections;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Calls any Google API with the session's token.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GcpRestMethod", SupportsShouldProcess = true, DefaultParameterSetName = PlainSet, HelpUri = HelpLinks.Base + "Invoke-GcpRestMethod.md")]
[OutputType(typeof(PSObject), typeof(string))]
public sealed partial class InvokeGcpRestMethodCommand : GcpCmdlet
{
    private const string PlainSet = "Plain";
    private const string PaginateSet = "Paginate";
    private const string WaitSet = "WaitForOperation";
    private const string OutFileSet = "OutFile";
    private string? _shown;

    /// <summary>The whole https:// address of the method.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [Alias("SelfLink")]
    public Uri Uri { get; set; } = null!;

    /// <summary>The HTTP method.</summary>
    [Parameter(Position = 1)]
    [ValidateSet("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")]
    public string Method { get; set; } = "GET";

    /// <summary>What is sent: a string as it is; a hashtable, an object or a list as JSON.</summary>
    [Parameter]
    [AllowNull]
    public object? Body { get; set; }

    /// <summary>Query parameters, escaped and put in place of those of the same name in the address.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Query { get; set; }

    /// <summary>Headers to send besides the module's own; a value may be a SecureString.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Headers { get; set; }

    /// <summary>The media type of the body; application/json where it is not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    /// <summary>The project that the call is billed to and whose quota it uses, in place of the session's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("BillingProject")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? QuotaProject { get; set; }

    /// <summary>How often a request that failed for a moment is sent again. POST and PATCH never are.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; }

    /// <summary>How long one attempt may take, in seconds; with -WaitForOperation, how long to wait for the operation.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    /// <summary>Ask for all pages of a list, and emit what they list one by one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PaginateSet)]
    public SwitchParameter Paginate { get; set; }

    /// <summary>Where the answer is an operation that goes on, wait for its end and emit its result.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WaitSet)]
    public SwitchParameter WaitForOperation { get; set; }

    /// <summary>The file that the answer is written to as it comes, whatever it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OutFileSet)]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>The answer's own text in place of objects.</summary>
    [Parameter(ParameterSetName = PlainSet)]
    [Parameter(ParameterSetName = PaginateSet)]
    [Parameter(ParameterSetName = WaitSet)]
    public SwitchParameter Raw { get; set; }

    // Without what may be a secret in it.
    private protected override object? FailureTarget => _shown ?? PlainUri();

    private bool IsReading => Method is "GET" or "HEAD";

    private protected override async Task ProcessAsync()
    {
        Method = Method.ToUpperInvariant();
        _shown = null;
        RestRequest request = MakeRequest();
        string shown = Engine.CheckRest(Session, request);
        _shown = shown;
        if (Paginate && Method != "GET")
        {
            throw Errors.RestPaginateNeedsGet(Method);
        }

        if (OutFile is not null)
        {
            await SaveAsync(request, shown);
        }
        else if (IsReading || ShouldProcess(shown, Method))
        {
            await SendAsync(request);
        }
    }

    private async Task SendAsync(RestRequest request)
    {
        if (Paginate)
        {
            await PageAsync(request);
        }
        else if (WaitForOperation)
        {
            await WaitAsync(request);
        }
        else
        {
            Emit(await Engine.SendRestAsync(Session, request, Call));
        }
    }

    private RestRequest MakeRequest() => new()
    {
        Method = Method,
        Uri = Uri,
        Query = RestArguments.Query(Query),
        Headers = RestArguments.Headers(Headers),
        Body = RunForeign(ReadBody),
        ContentType = ContentType,
        QuotaProject = QuotaProject,
        MaximumRetryCount = MyInvocation.BoundParameters.ContainsKey(nameof(MaximumRetryCount)) ? MaximumRetryCount : null,
        Timeout = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) : null,
        WantsText = Raw,
        WantsValue = !Raw,
    };

    private string PlainUri() => Uri.IsAbsoluteUri
        ? Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : Method;

    private object? ReadBody()
    {
        object? body = Body is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : Body;
        bool isReady = body is string or byte[];
        return isReady ? body : JsonValues.From(body, "-Body");
    }

    private async Task SaveAsync(RestRequest request, string shown)
    {
        string path = FileSystemPaths.Resolve(this, OutFile!);
        string action = IsReading ? "Write the answer of " + Method + " " + shown : Method + " " + shown + ", and write the answer";
        if (!ShouldProcess(path, action))
        {
            return;
        }

        using PartialFile file = new(path);
        await Engine.SendRestAsync(Session, request with { Output = file.Stream, OutputName = path }, Call);
        file.Complete();
    }

    private void Emit(RestAnswer answer)
    {
        if (answer.IsEmpty)
        {
            return;
        }

        if (Raw || !answer.IsJson)
        {
            WriteObject(answer.Text);
        }
        else if (answer.Value is not null)
        {
            WriteObject(MetadataValues.ToObject(answer.Value, WarnLeftOut), enumerateCollection: true);
        }
    }

    private void WarnLeftOut(string id, string key) => Warn(nameof(Resources.Strings.WarnDuplicateProperties), key);
}
