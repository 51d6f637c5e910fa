using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Checks what stands between this session and Google Cloud, and says how to mend what is wrong.</summary>
[Cmdlet(VerbsDiagnostic.Test, "GcpAuthentication", HelpUri = HelpLinks.Base + "Test-GcpAuthentication.md")]
[OutputType(typeof(GcpAuthenticationCheck), typeof(bool))]
public sealed class TestGcpAuthenticationCommand : GcpCmdlet
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>OAuth 2.0 scopes that the session's token must have.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    public string[]? Scope { get; set; }

    /// <summary>IAM permissions that the session's account must have on the project, or on -Bucket for those of Cloud Storage.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Permission { get; set; }

    /// <summary>The bucket on which the permissions of Cloud Storage are checked: a name, a gs:// address or a bucket.</summary>
    [Parameter]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string? Bucket { get; set; }

    /// <summary>How long all checks together may take, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>True where no check failed, else false, in place of the rows.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task ProcessAsync()
    {
        // What is loaded here is asked first: the engine need not be there for it.
        GcpAuthenticationCheck others = RunForeign(() => CommandClashes.Check(this));
        SessionRecord session = Session;
        IPager<GcpAuthenticationCheck> checks = Engine.Diagnose(session, MakeRequest());

        // Whoever stops reading (Select-Object -First) stops the checks.
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Call.Stopping);
        EngineCall call = new(Call.Events, enough.Token);
        bool isWell = true;
        try
        {
            while (await checks.NextAsync(call) is { } page)
            {
                foreach (GcpAuthenticationCheck row in page.Items)
                {
                    isWell &= row.Status != GcpCheckStatus.Fail;
                    Emit(row);
                }
            }
        }
        finally
        {
            enough.Cancel();
        }

        Emit(others);
        if (Quiet)
        {
            WriteObject(isWell);
        }
    }

    private void Emit(GcpAuthenticationCheck row)
    {
        if (!Quiet)
        {
            WriteObject(row);
        }
    }

    // The time-out counts from the cmdlet's start: what loading the engine took is gone.
    private DiagnosisRequest MakeRequest()
    {
        TimeSpan left = TimeSpan.FromSeconds(TimeoutSec) - _clock.Elapsed;
        return new DiagnosisRequest
        {
            Scopes = Scope ?? Array.Empty<string>(),
            Permissions = Permission ?? Array.Empty<string>(),
            Bucket = BareName(Bucket),
            Timeout = left > TimeSpan.Zero ? left : TimeSpan.Zero,
            TimeoutSeconds = TimeoutSec,
        };
    }

    private static string? BareName(string? bucket)
    {
        const string scheme = "gs://";
        return bucket is not null && bucket.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? bucket.Substring(scheme.Length).TrimEnd('/')
            : bucket;
    }
}
