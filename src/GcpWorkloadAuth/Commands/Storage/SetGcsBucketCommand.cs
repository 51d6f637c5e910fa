using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Changes the settings of buckets that are named, and no others.</summary>
[Cmdlet(VerbsCommon.Set, "GcsBucket", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Set-GcsBucket.md")]
[OutputType(typeof(GcsBucket))]
public sealed class SetGcsBucketCommand : GcsBucketSettingsCmdlet
{
    private static readonly BucketSettings s_nothing = new();
    private SideBySide? _work;
    private BucketSettings _settings = s_nothing;

    /// <summary>Names, gs:// addresses or buckets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Bucket", "BucketName")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Labels that are added, or whose value changes; the others stay.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? AddLabel { get; set; }

    /// <summary>Keys of labels that go; the others stay.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveLabel { get; set; }

    /// <summary>Makes the retention policy final, once all else is set. It can then never be shortened or removed. Asks, unless -Force is given.</summary>
    [Parameter]
    public SwitchParameter LockRetention { get; set; }

    /// <summary>Changes the bucket only if its metadata is of this metageneration.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? IfMetagenerationMatch { get; set; }

    /// <summary>Asks nothing, not even for -LockRetention. -WhatIf wins over it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Task BeginAsync()
    {
        if (Label is not null && (AddLabel is not null || RemoveLabel is not null))
        {
            throw Errors.ParametersExclude("-Label", AddLabel is not null ? "-AddLabel" : "-RemoveLabel");
        }

        _settings = Settings() with { AddLabels = Hosting.Labels.Of(AddLabel), RemoveLabels = RemoveLabel, LockRetention = LockRetention };
        if (_settings == s_nothing)
        {
            throw Errors.NoSettingNamed();
        }

        _settings = _settings with { IfMetagenerationMatch = IfMetagenerationMatch };
        _work = MakeSideBySide(ThrottleLimit);
        return Task.CompletedTask;
    }

    private protected override async Task ProcessAsync()
    {
        foreach (string text in Name)
        {
            string name = GcsUri.BucketOf(text);
            if (ShouldProcess("gs://" + name, LockRetention ? Strings.ActionLockRetention : Strings.ActionSetBucket, Force)
                && (!LockRetention || await MayLockAsync(text, name)))
            {
                await _work!.StartAsync(
                    () => ForItemAsync(text, async () => WriteObject(await Engine.UpdateBucketAsync(Session, name, _settings, Call))));
            }
        }
    }

    private protected override Task EndAsync() => _work?.FinishAsync() ?? Task.CompletedTask;

    // Nothing undoes it: it is asked whatever $ConfirmPreference says.
    private async Task<bool> MayLockAsync(string target, string name)
    {
        if (Force || IsConfirmed)
        {
            return true;
        }

        string period = string.Empty;
        bool isFound = false;
        await ForItemAsync(target, async () =>
        {
            GcsBucket bucket = await Engine.GetBucketAsync(Session, name, Call);
            period = (RetentionPeriod ?? bucket.RetentionPeriod)?.ToString("c", CultureInfo.InvariantCulture) ?? "-";
            isFound = true;
        });
        return isFound && ShouldContinue(string.Format(CultureInfo.CurrentCulture, Strings.ActionQueryLock, name, period), Strings.ActionLockRetention);
    }

    // -Confirm:$false, said on the line, is a word; with -Confirm it has just been asked.
    private bool IsConfirmed => MyInvocation.BoundParameters.ContainsKey("Confirm");
}
