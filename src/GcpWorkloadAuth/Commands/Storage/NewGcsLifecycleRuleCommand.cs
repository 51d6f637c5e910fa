using System;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Makes a lifecycle rule for New-GcsBucket and Set-GcsBucket. Nothing is sent.</summary>
[Cmdlet(VerbsCommon.New, "GcsLifecycleRule", DefaultParameterSetName = ByDelete, HelpUri = HelpLinks.Base + "New-GcsLifecycleRule.md")]
[OutputType(typeof(GcsLifecycleRule))]
public sealed class NewGcsLifecycleRuleCommand : GcpCmdlet
{
    private const string ByDelete = "Delete";
    private const string ByClass = "SetStorageClass";
    private const string ByAbort = "AbortIncompleteMultipartUpload";

    /// <summary>Deletes the object; a live one of a bucket with versioning becomes noncurrent.</summary>
    [Parameter(ParameterSetName = ByDelete, Mandatory = true)]
    public SwitchParameter Delete { get; set; }

    /// <summary>Moves the object to this storage class.</summary>
    [Parameter(ParameterSetName = ByClass, Mandatory = true)]
    [ArgumentCompleter(typeof(StorageClassCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SetStorageClass { get; set; }

    /// <summary>Ends uploads of several parts that were begun and not finished, and frees their parts.</summary>
    [Parameter(ParameterSetName = ByAbort, Mandatory = true)]
    public SwitchParameter AbortIncompleteMultipartUpload { get; set; }

    /// <summary>Days since it was created, at least.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Age { get; set; }

    /// <summary>Created before midnight UTC of this day.</summary>
    [Parameter]
    public DateTime? CreatedBefore { get; set; }

    /// <summary>Its custom time lies before midnight UTC of this day.</summary>
    [Parameter]
    public DateTime? CustomTimeBefore { get; set; }

    /// <summary>Became noncurrent before midnight UTC of this day.</summary>
    [Parameter]
    public DateTime? NoncurrentTimeBefore { get; set; }

    /// <summary>Days since the custom time, at least.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? DaysSinceCustomTime { get; set; }

    /// <summary>Days since it became noncurrent, at least.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? DaysSinceNoncurrentTime { get; set; }

    /// <summary>Live objects only; -Live:$false for noncurrent ones only.</summary>
    [Parameter]
    [Alias("IsLive")]
    public SwitchParameter Live { get; set; }

    /// <summary>Names that begin with one of these.</summary>
    [Parameter]
    [Alias("MatchesPrefix")]
    [ValidateNotNullOrEmpty]
    public string[]? Prefix { get; set; }

    /// <summary>Names that end with one of these.</summary>
    [Parameter]
    [Alias("MatchesSuffix")]
    [ValidateNotNullOrEmpty]
    public string[]? Suffix { get; set; }

    /// <summary>Objects of one of these storage classes.</summary>
    [Parameter]
    [Alias("MatchesStorageClass")]
    [ArgumentCompleter(typeof(StorageClassCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? FromStorage { get; set; }

    /// <summary>At least so many newer versions of it exist.</summary>
    [Parameter]
    [Alias("NumNewerVersions")]
    [ValidateRange(0, int.MaxValue)]
    public int? NewerVersionCount { get; set; }

    private protected override bool FailuresTerminate => true;

    private protected override Task ProcessAsync()
    {
        WriteObject(LifecycleRuleAttribute.Check(new GcsLifecycleRule
        {
            Action = ParameterSetName,
            StorageClass = SetStorageClass,
            Age = Age,
            CreatedBefore = CreatedBefore?.Date,
            CustomTimeBefore = CustomTimeBefore?.Date,
            NoncurrentTimeBefore = NoncurrentTimeBefore?.Date,
            DaysSinceCustomTime = DaysSinceCustomTime,
            DaysSinceNoncurrentTime = DaysSinceNoncurrentTime,
            IsLive = MyInvocation.BoundParameters.ContainsKey(nameof(Live)) ? Live.IsPresent : null,
            MatchesPrefix = Prefix ?? [],
            MatchesSuffix = Suffix ?? [],
            MatchesStorageClass = FromStorage ?? [],
            NumNewerVersions = NewerVersionCount,
        }));
        return Task.CompletedTask;
    }
}
