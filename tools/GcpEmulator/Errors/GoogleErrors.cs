using System.Globalization;
using System.Text.Json.Nodes;

namespace GcpEmulator;

/// <summary>
/// Error bodies as the real services write them, for <see cref="Fault.Body"/>. Where a text was seen in a public place, the
/// comment names it; the rest follows the error model (AIP-193) and is marked ASSUMED.
/// </summary>
public static partial class GoogleErrors
{
    private const string Console = "https://console.developers.google.com";

    /// <summary>Any error of the classic shape, without status and details.</summary>
    public static string Create(int code, string message, string reason, string domain = "global") =>
        ErrorBody.Create(code, message, reason, domain).ToString();

    /// <summary>403: the token's scopes do not cover the method.</summary>
    /// <remarks>Shape as reported for directory.users.list and gmail drafts.create: errors[] says "Insufficient Permission".</remarks>
    public static string InsufficientScopes(
        string service = "compute.googleapis.com", string method = "compute.v1.InstancesService.AggregatedList") =>
        ErrorBody.Create(403, "Request had insufficient authentication scopes.", "insufficientPermissions", itemMessage: "Insufficient Permission")
            .Status("PERMISSION_DENIED")
            .ErrorInfo("ACCESS_TOKEN_SCOPE_INSUFFICIENT", ("service", service), ("method", method))
            .ToString();

    /// <summary>403 of Storage for the same: another message, reason forbidden, no status and no details.</summary>
    /// <remarks>The whole body as in googleapis/google-cloud-cpp#7334; gsutil and Go clients report the same text.</remarks>
    public static string StorageScopesNotAuthorized() =>
        ErrorBody.Create(403, "Provided scope(s) are not authorized", "forbidden").ToString();

    /// <summary>403 of Storage: an IAM permission is missing on a project or a bucket.</summary>
    /// <remarks>Text as reported by gcloud storage and gsutil users: "X does not have storage.buckets.list access to the Google Cloud
    /// project. Permission 'storage.buckets.list' denied on resource (or it may not exist)."</remarks>
    public static string StoragePermissionDenied(string account, string permission = "storage.buckets.list", string resource = "project") =>
        ErrorBody.Create(403, StorageDenial(account, permission, resource), "forbidden").ToString();

    /// <summary>403 of Compute: an IAM permission is missing.</summary>
    /// <remarks>Text as gcloud compute shows it: "Required 'compute.instances.list' permission for 'projects/p'".</remarks>
    public static string ComputePermissionDenied(string permission = "compute.instances.list", string resource = "projects/demo-project") =>
        ErrorBody.Create(403, $"Required '{permission}' permission for '{resource}'", "forbidden").ToString();

    /// <summary>403: the API is not enabled in the consumer project.</summary>
    /// <remarks>Text, reason accessNotConfigured and ErrorInfo SERVICE_DISABLED with consumer and activationUrl: as many public reports
    /// show; google/api/error_reason.proto, SERVICE_DISABLED.</remarks>
    public static string ServiceDisabled(
        string service = "compute.googleapis.com", string title = "Compute Engine API", long projectNumber = 123456789012)
    {
        string number = projectNumber.ToString(CultureInfo.InvariantCulture);
        string url = $"{Console}/apis/api/{service}/overview?project={number}";
        string message = $"{title} has not been used in project {number} before or it is disabled. Enable it by visiting {url} then retry. "
            + "If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.";
        return ErrorBody.Create(403, message, "accessNotConfigured", "usageLimits")
            .ExtendedHelp(Console)
            .Status("PERMISSION_DENIED")
            .ErrorInfo("SERVICE_DISABLED", ("service", service), ("serviceTitle", title), ("consumer", "projects/" + number),
                ("containerInfo", number), ("activationUrl", url))
            .LocalizedMessage(message)
            .Help("Google developers console API activation", url)
            .ToString();
    }

    /// <summary>403: the caller may not bill this quota project (header X-Goog-User-Project).</summary>
    /// <remarks>Message and ErrorInfo as reported in google-github-actions/auth#250 and other public issues.</remarks>
    public static string UserProjectDenied(string project, string service = "storage.googleapis.com")
    {
        string url = $"{Console}/iam-admin/iam/project?project={project}";
        string message = $"Caller does not have required permission to use project {project}. Grant the caller the "
            + "roles/serviceusage.serviceUsageConsumer role, or a custom role with the serviceusage.services.use permission, by visiting "
            + $"{url} and then retry. Propagation of the new permission may take a few minutes.";
        return ErrorBody.Create(403, message, "forbidden")
            .Status("PERMISSION_DENIED")
            .ErrorInfo("USER_PROJECT_DENIED", ("service", service), ("containerInfo", project), ("consumer", "projects/" + project))
            .LocalizedMessage(message)
            .Help("Google developer console IAM admin", url)
            .ToString();
    }

    /// <summary>403: a VPC Service Controls perimeter is in the way; the identifier finds the entry in the audit log.</summary>
    /// <remarks>Message, PreconditionFailure and ErrorInfo as in cloudquery/cloudquery#1062.</remarks>
    public static string VpcServiceControls(
        string uniqueIdentifier = "eYhDkfYCuDOCjuj8X4Am9spkxs0kX5YnhAJmc3PZ7pmNNfSsqtQ",
        string service = "storage.googleapis.com", string consumer = "projects/123456789012")
    {
        string message = "Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: " + uniqueIdentifier;
        JsonObject violation = new() { ["type"] = "VPC_SERVICE_CONTROLS", ["description"] = uniqueIdentifier };
        return ErrorBody.Create(403, message, "forbidden")
            .Status("PERMISSION_DENIED")
            .Detail("PreconditionFailure", new() { ["violations"] = new JsonArray(violation) })
            .ErrorInfo("SECURITY_POLICY_VIOLATED", ("uid", uniqueIdentifier), ("service", service), ("consumer", consumer))
            .ToString();
    }

    /// <summary>403: the organisation's policy forbids the service in this project.</summary>
    /// <remarks>Message as the VPC Service Controls documentation shows it from gcloud storage; the reason is in error_reason.proto.
    /// ASSUMED: the errors[] item.</remarks>
    public static string OrganizationPolicy(
        string constraint = "constraints/gcp.restrictServiceUsage", string consumer = "projects/123456789012",
        string service = "compute.googleapis.com") =>
        ErrorBody.Create(403,
                $"Request is disallowed by organization's {constraint} constraint for {consumer} attempting to use service '{service}'.", "forbidden")
            .Status("PERMISSION_DENIED")
            .ErrorInfo("RESOURCE_USAGE_RESTRICTION_VIOLATED", ("consumer", consumer), ("service", service))
            .ToString();

    /// <summary>412: what the request asks for violates a constraint of the organisation.</summary>
    /// <remarks>Text as gcloud reports it for compute.vmExternalIpAccess and the like; status 412 and reason conditionNotMet.</remarks>
    public static string ConstraintViolated(string constraint = "constraints/compute.vmExternalIpAccess", string project = "demo-project") =>
        ErrorBody.Create(412, $"Constraint {constraint} violated for project {project}.", "conditionNotMet")
            .At("If-Match", "header")
            .ToString();

    /// <summary>403: the project has no billing account.</summary>
    /// <remarks>Message as the public reports have it; reason BILLING_DISABLED in google/api/error_reason.proto.</remarks>
    public static string BillingDisabled(long projectNumber = 123456789012, string service = "compute.googleapis.com")
    {
        string number = projectNumber.ToString(CultureInfo.InvariantCulture);
        string url = $"{Console}/billing/enable?project={number}";
        string message = $"This API method requires billing to be enabled. Please enable billing on project #{number} by visiting {url} then retry. "
            + "If you enabled billing for this project recently, wait a few minutes for the action to propagate to our systems and retry.";
        return ErrorBody.Create(403, message, "forbidden")
            .Status("PERMISSION_DENIED")
            .ErrorInfo("BILLING_DISABLED", ("service", service), ("consumer", "projects/" + number))
            .LocalizedMessage(message)
            .Help("Google developers console billing", url)
            .ToString();
    }

    /// <summary>403 of Storage for the same: the owning project's billing account is not usable.</summary>
    /// <remarks>Cloud Storage, "HTTP status and error codes for JSON": 403 accountDisabled.</remarks>
    public static string StorageBillingDisabled() =>
        ErrorBody.Create(403, "The billing account for the owning project is disabled in state absent", "accountDisabled").ToString();

    /// <summary>403 (not 429): too many requests a minute; Compute Engine's throttle, to be retried later.</summary>
    /// <remarks>Compute Engine, "Rate quotas": 403 rateLimitExceeded. ErrorInfo RATE_LIMIT_EXCEEDED in error_reason.proto.</remarks>
    public static string RateLimitExceeded(bool perUser = false, string service = "compute.googleapis.com", long projectNumber = 123456789012)
    {
        string number = projectNumber.ToString(CultureInfo.InvariantCulture);
        string limit = perUser ? "ReadRequestsPerMinutePerUser" : "ReadRequestsPerMinutePerProject";
        string period = perUser ? "minute per user" : "minute";
        string message = $"Quota exceeded for quota metric 'Read requests' and limit 'Read requests per {period}' "
            + $"of service '{service}' for consumer 'project_number:{number}'.";
        return ErrorBody.Create(403, message, perUser ? "userRateLimitExceeded" : "rateLimitExceeded", "usageLimits")
            .Status("PERMISSION_DENIED")
            .ErrorInfo("RATE_LIMIT_EXCEEDED", ("service", service), ("consumer", "projects/" + number),
                ("quota_limit", limit), ("quota_metric", service + "/read_requests"))
            .ToString();
    }

    /// <summary>429 of Storage: too many requests to one object or bucket.</summary>
    /// <remarks>Cloud Storage, "HTTP status and error codes for JSON": 429 rateLimitExceeded; text as client libraries' issues show it.</remarks>
    public static string StorageRateLimit() => ErrorBody.Create(
        429, "The object exceeded the rate limit for object mutation operations (create, update, and delete). Please reduce your request rate.",
        "rateLimitExceeded", "usageLimits").ToString();

    /// <summary>403: a resource quota is used up; retrying does not help.</summary>
    /// <remarks>Text as gcloud reports it: "Quota 'CPUS' exceeded.  Limit: 24.0 in region us-central1."</remarks>
    public static string QuotaExceeded(string metric = "CPUS", double limit = 24, string region = "europe-west1") =>
        ErrorBody.Create(403, string.Create(CultureInfo.InvariantCulture, $"Quota '{metric}' exceeded.  Limit: {limit:0.0} in region {region}."),
            "quotaExceeded", "usageLimits").ToString();

    /// <summary>503 as the JSON APIs answer when a server behind them fails.</summary>
    /// <remarks>Cloud Storage, "HTTP status and error codes for JSON": 503 backendError.</remarks>
    public static string BackendError() => ErrorBody.Create(503, "Backend Error", "backendError").ToString();

    /// <summary>401 of an API that knows the token is no longer good.</summary>
    public static string InvalidCredentials() => StorageInvalidCredentials();

    /// <summary>An error of the token endpoint (RFC 6749, 5.2).</summary>
    public static string OAuth(string error, string description, string? subtype = null)
    {
        JsonObject body = new() { ["error"] = error, ["error_description"] = description };
        if (subtype is not null)
        {
            body["error_subtype"] = subtype;
        }

        return ErrorBody.Serialize(body);
    }

    /// <summary>400 of the token endpoint: the user must sign in again because of a session length policy.</summary>
    /// <remarks>"Control session length for Google Cloud" documentation: invalid_grant with error_subtype invalid_rapt.</remarks>
    public static string InvalidRapt() => OAuth("invalid_grant", "reauth related error (invalid_rapt)", "invalid_rapt");

    internal static string StorageDenial(string account, string permission, string resource) =>
        $"{account} does not have {permission} access to the Google Cloud {(resource == "project" ? "project" : "Storage " + resource)}. "
        + $"Permission '{permission}' denied on resource (or it may not exist).";
}
