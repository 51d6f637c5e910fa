using System;
using System.Collections;
using System.Management.Automation;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>The settings of a bucket that can be given when it is made and changed later. What is not named is not sent.</summary>
public abstract class GcsBucketSettingsCmdlet : GcpCmdlet
{
    /// <summary>The class of new objects that name none: STANDARD, NEARLINE, COLDLINE, ARCHIVE.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(StorageClassCompleter))]
    [ValidateNotNullOrEmpty]
    public string? StorageClass { get; set; }

    /// <summary>All labels. On a bucket that has some these take their place; @{} takes all away.</summary>
    [Parameter]
    [Alias("Labels")]
    [ValidateNotNull]
    public IDictionary? Label { get; set; }

    /// <summary>Whether the storage class of objects follows their use.</summary>
    [Parameter]
    public GcsToggle? Autoclass { get; set; }

    /// <summary>The coldest class that autoclass moves to: NEARLINE or ARCHIVE. Switches autoclass on.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TerminalStorageClassCompleter))]
    [ValidateNotNullOrEmpty]
    public string? AutoclassTerminalStorageClass { get; set; }

    /// <summary>Whether overwritten and deleted objects stay as noncurrent versions.</summary>
    [Parameter]
    public GcsToggle? Versioning { get; set; }

    /// <summary>What the bucket does by itself to its objects: rules of New-GcsLifecycleRule or of another bucket, or hashtables; @() takes all away.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [LifecycleRule]
    public GcsLifecycleRule[]? LifecycleRule { get; set; }

    /// <summary>How long every object must be kept: '30d', a TimeSpan; 0 takes the policy away.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? RetentionPeriod { get; set; }

    /// <summary>How long deleted objects can be restored: '7d' to '90d', or 0 for not at all.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? SoftDeleteRetention { get; set; }

    /// <summary>Whether IAM alone decides, and ACLs of objects mean nothing.</summary>
    [Parameter]
    public GcsToggle? UniformBucketLevelAccess { get; set; }

    /// <summary>enforced: nobody gets in without an account; inherited: as the organization has it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PublicAccessPreventionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? PublicAccessPrevention { get; set; }

    /// <summary>Which web pages may call the bucket: rules of another bucket, or hashtables with Origin, Method, ResponseHeader, MaxAgeSeconds; @() takes all away.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [CorsRule]
    public GcsCorsRule[]? CorsRule { get; set; }

    /// <summary>As a website: the object that stands for a folder, "index.html"; '' for none.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? MainPageSuffix { get; set; }

    /// <summary>As a website: the object that answers for a missing one, "404.html"; '' for none.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? NotFoundPage { get; set; }

    /// <summary>The bucket that usage logs go to; '' ends them.</summary>
    [Parameter]
    [ResourceName(typeof(GcsBucket))]
    [AllowEmptyString]
    public string? LogBucket { get; set; }

    /// <summary>What the names of usage logs begin with; '' for the bucket's name.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? LogObjectPrefix { get; set; }

    /// <summary>The Cloud KMS key for new objects that name none: projects/P/locations/L/keyRings/R/cryptoKeys/K; '' for Google's own keys.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? DefaultKmsKeyName { get; set; }

    /// <summary>Whether the one who asks pays.</summary>
    [Parameter]
    public GcsToggle? RequesterPays { get; set; }

    /// <summary>Whether every new object is under an event-based hold.</summary>
    [Parameter]
    public GcsToggle? DefaultEventBasedHold { get; set; }

    /// <summary>How fast a dual- or multi-region copies: DEFAULT or ASYNC_TURBO.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RpoCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Rpo { get; set; }

    /// <summary>How many buckets are worked on at a time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    private protected BucketSettings Settings() => new()
    {
        StorageClass = StorageClass,
        Labels = Hosting.Labels.Of(Label),
        Autoclass = Is(Autoclass),
        AutoclassTerminalStorageClass = AutoclassTerminalStorageClass,
        Versioning = Is(Versioning),
        LifecycleRules = LifecycleRule,
        RetentionPeriod = RetentionPeriod,
        SoftDeleteRetention = SoftDeleteRetention,
        UniformBucketLevelAccess = Is(UniformBucketLevelAccess),
        PublicAccessPrevention = PublicAccessPrevention,
        CorsRules = CorsRule,
        MainPageSuffix = MainPageSuffix,
        NotFoundPage = NotFoundPage,
        LogBucket = LogBucket is null ? null : GcsUri.BucketOf(LogBucket),
        LogObjectPrefix = LogObjectPrefix,
        DefaultKmsKeyName = DefaultKmsKeyName,
        RequesterPays = Is(RequesterPays),
        DefaultEventBasedHold = Is(DefaultEventBasedHold),
        Rpo = Rpo,
    };

    private protected static bool? Is(GcsToggle? toggle) => toggle is null ? null : toggle == GcsToggle.On;
}
