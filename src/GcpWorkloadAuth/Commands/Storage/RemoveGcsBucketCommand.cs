using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Deletes buckets; with -Recurse, what is in them too.</summary>
[Cmdlet(
    VerbsCommon.Remove, "GcsBucket", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpLinks.Base + "Remove-GcsBucket.md")]
public sealed class RemoveGcsBucketCommand : GcpCmdlet
{
    // What is written into a bucket while it is emptied is deleted too, so often.
    private const int Passes = 3;
    private SideBySide? _work;

    /// <summary>Names, gs:// addresses or buckets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Bucket", "BucketName")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Empties the bucket first: objects with all their generations, managed folders, unfinished uploads.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Deletes the bucket only if its metadata is of this metageneration.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? IfMetagenerationMatch { get; set; }

    /// <summary>How many buckets are worked on at a time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Asks nothing. -WhatIf wins over it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task ProcessAsync()
    {
        _work ??= MakeSideBySide(ThrottleLimit);
        foreach (string text in Name)
        {
            string name = GcsUri.BucketOf(text);
            if (ShouldProcess("gs://" + name, Recurse ? Strings.ActionRemoveBucketAll : Strings.ActionRemoveBucket, Force))
            {
                await _work.StartAsync(() => ForItemAsync(text, () => RemoveAsync(name)));
            }
        }
    }

    private protected override Task EndAsync() => _work?.FinishAsync() ?? Task.CompletedTask;

    private async Task RemoveAsync(string name)
    {
        GcsBucket? known = await KnownAsync(name);
        if (Recurse && known is not null && IfMetagenerationMatch is { } wanted && wanted != known.Metageneration)
        {
            // Seen before anything is lost. The server would say so only after it.
            throw Errors.PreconditionFailed("Cloud Storage", "ifMetagenerationMatch");
        }

        BucketEmptying emptying = new(Engine, Session, Call, name)
        {
            MakeWork = MakeSideBySide,
            Fail = WriteFailure,
            Show = WriteProgress,
            Warn = Warn,
        };
        for (int pass = 1; ; pass++)
        {
            if (Recurse)
            {
                await emptying.RunAsync(known);
                if (emptying.Failures > 0)
                {
                    SayWhatIsKept(known, isWarning: true);
                    throw Errors.BucketKept(name, emptying.Failures);
                }
            }

            try
            {
                await Engine.DeleteBucketAsync(Session, name, IfMetagenerationMatch, Call);
                SayWhatIsKept(known, isWarning: Recurse);
                return;
            }
            catch (GcpException failure) when (Recurse && failure.ErrorId == nameof(Strings.BucketNotEmpty) && pass < Passes)
            {
                // Somebody wrote into it meanwhile.
            }
        }
    }

    // Who may delete a bucket need not be allowed to read it.
    private async Task<GcsBucket?> KnownAsync(string name)
    {
        try
        {
            return await Engine.GetBucketAsync(Session, name, Call);
        }
        catch (GcpException failure) when (failure is { StatusCode: 403, Kind: GcpErrorKind.Permission })
        {
            return null;
        }
    }

    private void SayWhatIsKept(GcsBucket? known, bool isWarning)
    {
        if (known is null || known.SoftDeleteRetention == TimeSpan.Zero)
        {
            return;
        }

        string text = string.Format(
            CultureInfo.CurrentCulture,
            Strings.WarnSoftDeleteKeeps,
            known.Name,
            known.SoftDeleteRetention.TotalDays.ToString("0.##", CultureInfo.CurrentCulture) + " d",
            DateTime.UtcNow.Add(known.SoftDeleteRetention).ToLocalTime().ToString("g", CultureInfo.CurrentCulture));
        if (isWarning)
        {
            WriteWarning(text);
        }
        else
        {
            WriteVerbose(text);
        }
    }
}
