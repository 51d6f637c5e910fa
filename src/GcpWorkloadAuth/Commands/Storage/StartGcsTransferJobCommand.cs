using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Has Google copy from bucket to bucket: makes a job of the Storage Transfer Service and runs it once.</summary>
[Cmdlet(VerbsLifecycle.Start, "GcsTransferJob", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Start-GcsTransferJob.md")]
[OutputType(typeof(GcsTransferJob))]
public sealed class StartGcsTransferJobCommand : GcpCmdlet
{
    /// <summary>What is copied: gs://bucket, gs://bucket/prefix/, a bucket's name, a bucket or a prefix.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("SourceBucket")]
    [GcsPlace]
    [ValidateNotNullOrEmpty]
    public string Source { get; set; } = string.Empty;

    /// <summary>Where it goes, as -Source.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [Alias("DestinationBucket")]
    [GcsPlace]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Only objects whose names, behind the source's prefix, begin with one of these.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? IncludePrefix { get; set; }

    /// <summary>No objects whose names, behind the source's prefix, begin with one of these.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ExcludePrefix { get; set; }

    /// <summary>When objects that are there already are overwritten: Different, Never or Always.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OverwriteWhenCompleter))]
    [ValidateNotNullOrEmpty]
    public string? OverwriteWhen { get; set; }

    /// <summary>Objects are deleted from the source once they are copied.</summary>
    [Parameter]
    public SwitchParameter DeleteFromSource { get; set; }

    /// <summary>Objects that only the destination has are deleted there.</summary>
    [Parameter]
    public SwitchParameter DeleteExtraneous { get; set; }

    /// <summary>Words about the job, for people.</summary>
    [Parameter]
    [ValidateLength(1, 1024)]
    public string? Description { get; set; }

    /// <summary>The job's name, with or without "transferJobs/"; without it, a new one of the module's own.</summary>
    [Parameter]
    [Alias("JobName")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The project that the job belongs to; without it, the session's.</summary>
    [Parameter]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    public string? Project { get; set; }

    /// <summary>Asks nothing. -WhatIf wins over it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Task BeginAsync()
    {
        if (DeleteFromSource && DeleteExtraneous)
        {
            throw Errors.ParametersExclude("-DeleteFromSource", "-DeleteExtraneous");
        }

        return Task.CompletedTask;
    }

    private protected override Task ProcessAsync() => ForItemAsync(Source, StartAsync);

    private async Task StartAsync()
    {
        (string sourceBucket, string sourcePath) = Place(Source);
        (string bucket, string path) = Place(Destination);
        string from = Address(sourceBucket, sourcePath);
        string to = Address(bucket, path);
        if (from == to)
        {
            throw Errors.DestinationIsSource(to);
        }

        TransferJobRequest request = new()
        {
            Name = Name is null ? null : TransferJobNames.Whole(Name),
            SourceBucket = sourceBucket,
            SourcePath = sourcePath,
            DestinationBucket = bucket,
            DestinationPath = path,
            IncludePrefixes = IncludePrefix ?? [],
            ExcludePrefixes = ExcludePrefix ?? [],
            OverwriteWhen = OverwriteWhen?.ToUpperInvariant(),
            DeleteFromSource = DeleteFromSource,
            DeleteExtraneous = DeleteExtraneous,
            Description = Description,
        };
        string action = DeleteExtraneous ? Strings.ActionStartTransferMirror
            : DeleteFromSource ? Strings.ActionStartTransferMove
            : Strings.ActionStartTransfer;
        if (!ShouldProcess(from, string.Format(CultureInfo.CurrentCulture, action, to)) || (DeleteExtraneous && !MayDelete(from, to)))
        {
            return;
        }

        string project = Project ?? await Engine.GetProjectAsync(Session, Call);
        WriteObject(await Engine.StartTransferJobAsync(Session, request with { Project = project }, Call));
    }

    // Only this switch destroys anything that was not copied before, so only it asks as a cmdlet of ConfirmImpact High does: where a
    // lower preference or -Confirm has not asked already, and -Confirm:$false has not said no to questions.
    private bool MayDelete(string from, string to)
    {
        bool asks = !Force && !MyInvocation.BoundParameters.ContainsKey("Confirm")
            && LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference)
            && preference == ConfirmImpact.High;
        return !asks || ShouldContinue(string.Format(CultureInfo.CurrentCulture, Strings.ActionMirrorQuestion, from, to), Strings.ActionMirrorCaption);
    }

    private static (string Bucket, string Path) Place(string text)
    {
        GcsObjectCopyCmdlet.DemandRemote(text);
        (string bucket, string path) = GcsUri.IsUri(text) ? GcsUri.Split(text) : (text, string.Empty);
        return path.Length == 0 || path.EndsWith("/", StringComparison.Ordinal) ? (bucket, path) : throw Errors.TransferPathInvalid(text);
    }

    private static string Address(string bucket, string path) => "gs://" + bucket + (path.Length > 0 ? "/" + path : string.Empty);
}
