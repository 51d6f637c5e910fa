using System.Globalization;
using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>Holds, the bucket's retention policy and an object's own retention: what may not be deleted or overwritten.</summary>
internal static class Retention
{
    /// <summary>403 retentionPolicyNotMet or objectUnderActiveHold ("HTTP status and error codes for JSON").</summary>
    public static void CheckRemoval(StoredObject? o, EmulatedBucket bucket, DateTimeOffset now)
    {
        if (o is null)
        {
            return;
        }

        // Text: googleapis/google-cloud-rust#4046
        if (o.Flag("temporaryHold") || o.Flag("eventBasedHold"))
        {
            string kind = o.Flag("temporaryHold") ? "Temporary" : "Event-Based";
            throw StorageException.Create(
                403, $"Object '{o.Bucket}/{o.Name}' is under active {kind} hold and cannot be deleted, overwritten or archived until hold is removed.",
                "objectUnderActiveHold");
        }

        // Text: sitespeedio/sitespeed.io#2749; ASSUMED: the same for an object's own retention.
        if (Until(o, bucket) is DateTimeOffset until && until > now)
        {
            string time = until.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffK", CultureInfo.InvariantCulture);
            throw StorageException.Create(
                403, $"Object '{o.Bucket}/{o.Name}' is subject to bucket's retention policy and cannot be deleted, overwritten or archived until {time}",
                "retentionPolicyNotMet");
        }
    }

    /// <summary>The end of what the bucket's policy demands; null without a policy, and while an event-based hold keeps it from beginning.</summary>
    public static DateTimeOffset? ExpiresAt(StoredObject o, EmulatedBucket bucket) =>
        !o.Flag("eventBasedHold") && bucket.RetentionPeriod is TimeSpan period ? o.RetainedFrom + period : null;

    private static DateTimeOffset? Until(StoredObject o, EmulatedBucket bucket)
    {
        DateTimeOffset? policy = ExpiresAt(o, bucket);
        DateTimeOffset? own = o.Resource["retention"] is JsonObject retention
            && DateTimeOffset.TryParse(retention["retainUntilTime"]?.ToString(), CultureInfo.InvariantCulture, out DateTimeOffset time) ? time : null;
        return own is null || policy > own ? policy : own;
    }
}
