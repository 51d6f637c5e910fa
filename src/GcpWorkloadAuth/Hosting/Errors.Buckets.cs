using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Changing buckets and who may use them.</content>
internal static partial class Errors
{
    public static GcpException NewBucketNameInvalid(string name) => Make(nameof(Strings.NewBucketNameInvalid), GcpErrorKind.InvalidArgument, name);

    public static GcpException BucketExists(string name, string description) =>
        Make(nameof(Strings.BucketExists), GcpErrorKind.Conflict, name, description);

    public static GcpException BucketNotEmpty(string name) => Make(nameof(Strings.BucketNotEmpty), GcpErrorKind.InvalidState, name);

    public static GcpException BucketKept(string name, int failures) => Make(nameof(Strings.BucketKept), GcpErrorKind.InvalidState, name, failures);

    public static GcpException RetentionChanged(string name) => Make(nameof(Strings.RetentionChanged), GcpErrorKind.InvalidState, name);

    public static GcpException FolderNotFound(string uri) => Make(nameof(Strings.FolderNotFound), GcpErrorKind.NotFound, uri);

    public static GcpException PlacementNeedsLocation(string region) =>
        Make(nameof(Strings.PlacementNeedsLocation), GcpErrorKind.InvalidArgument, region);

    public static GcpException LifecycleRuleInvalid(string why) => Make(nameof(Strings.LifecycleRuleInvalid), GcpErrorKind.InvalidArgument, why);

    public static GcpException CorsRuleInvalid(string why) => Make(nameof(Strings.CorsRuleInvalid), GcpErrorKind.InvalidArgument, why);

    public static GcpException DurationInvalid(string text) => Make(nameof(Strings.DurationInvalid), GcpErrorKind.InvalidArgument, text);

    public static GcpException IamBindingNotFound(string role, string members, string resource) =>
        Make(nameof(Strings.IamBindingNotFound), GcpErrorKind.NotFound, role, members, resource);

    public static GcpException NoSettingNamed() => Make(nameof(Strings.NoSettingNamed), GcpErrorKind.InvalidArgument);

    public static GcpException IamConditionIncomplete() => Make(nameof(Strings.IamConditionIncomplete), GcpErrorKind.InvalidArgument);
}
