using System;
using System.Collections;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Makes what an HTML form needs to upload straight to a bucket: its address and its signed fields.</summary>
[Cmdlet(VerbsCommon.New, "GcsPostPolicy", HelpUri = HelpLinks.Base + "New-GcsPostPolicy.md")]
[OutputType(typeof(GcsPostPolicy))]
public sealed class NewGcsPostPolicyCommand : GcpCmdlet
{
    /// <summary>The bucket by name or gs:// address, or a bucket from Get-GcsBucket.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("BucketName")]
    [ResourceName(typeof(GcsBucket))]
    [ValidateNotNullOrEmpty]
    public string Bucket { get; set; } = string.Empty;

    /// <summary>The name that the uploaded object gets.</summary>
    [Parameter(Position = 1)]
    [Alias("ObjectName")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>What the name must begin with; the form's field "key" says the rest.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NamePrefix { get; set; }

    /// <summary>How long the form may be sent: a TimeSpan, at most 7 days with a key, 12 hours where Google signs. One hour where it is not given.</summary>
    [Parameter]
    [Alias("ExpiresIn")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Fields that must have just these values, such as Content-Type or success_action_redirect.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Field { get; set; }

    /// <summary>Fields that must begin with these values.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? FieldPrefix { get; set; }

    /// <summary>The least number of bytes.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MinimumLength { get; set; }

    /// <summary>The greatest number of bytes.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MaximumLength { get; set; }

    /// <summary>Where the bucket stands in the address.</summary>
    [Parameter]
    public GcsUrlStyle Style { get; set; }

    /// <summary>A host of your own that stands for the bucket: a name or an https:// address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    private protected override object? FailureTarget => Bucket;

    private protected override async Task ProcessAsync()
    {
        string bucket = GcsUri.IsUri(Bucket) ? GcsUri.Parse(Bucket).Bucket : Bucket;
        if (Name is null && NamePrefix is null)
        {
            throw Errors.PostPolicyNameMissing(bucket);
        }

        bool hasLength = MyInvocation.BoundParameters.ContainsKey(nameof(MinimumLength)) || MyInvocation.BoundParameters.ContainsKey(nameof(MaximumLength));
        PostPolicyRequest request = new()
        {
            Bucket = bucket,
            Name = Name,
            NamePrefix = NamePrefix,
            Lifetime = Lifetime,
            Fields = SignedArguments.Pairs(Field),
            FieldPrefixes = SignedArguments.Pairs(FieldPrefix),
            Length = hasLength ? (MinimumLength, MaximumLength > 0 ? MaximumLength : long.MaxValue) : null,
            Style = Style,
            HostName = SignedArguments.HostOf(HostName),
        };
        WriteObject(await Engine.SignPostPolicyAsync(Session, request, Call));
    }
}
