namespace GcpEmulator;

/// <content>What Compute Engine answers to changes that it refuses.</content>
public static partial class GoogleErrors
{
    /// <summary>412: the fingerprint that was sent is not the current one.</summary>
    /// <remarks>Texts: cloudfoundry/bosh-google-cpi-release#159 (metadata); "Labels fingerprint either invalid or resource labels have
    /// changed, conditionNotMet" in many public reports (labels).</remarks>
    public static string ConditionNotMet(string message = "Supplied fingerprint does not match current metadata fingerprint.") =>
        ErrorBody.Create(412, message, "conditionNotMet").At("If-Match", "header").ToString();

    /// <summary>403: the caller may not use a service account (iam.serviceAccounts.actAs).</summary>
    /// <remarks>Text as in GoogleCloudPlatform/pubsec-declarative-toolkit#607; code SERVICE_ACCOUNT_ACCESS_DENIED as in
    /// kubicorn/kubicorn#475. ASSUMED: that the request itself is answered 403 with the reason forbidden.</remarks>
    public static string ServiceAccountAccessDenied(string account, string user) => ErrorBody.Create(
        403,
        $"The user does not have access to service account '{account}'.  User: '{user}'.  "
            + "Ask a project owner to grant you the iam.serviceAccountUser role on the service account",
        "forbidden").ToString();

    /// <summary>400: a stop or suspend that does not say what becomes of the local SSDs.</summary>
    /// <remarks>The whole answer as in skypilot-org/skypilot#2586.</remarks>
    public static string LocalSsdUndefined() => Create(
        400,
        "VM has a Local SSD attached but an undefined value for `discard-local-ssd`. If using gcloud, please add "
            + "`--discard-local-ssd=false` or `--discard-local-ssd=true` to your command.",
        "badRequest");

    /// <summary>400: an instance that is protected against deletion.</summary>
    /// <remarks>Text and reason as in hashicorp/terraform-provider-google#1211.</remarks>
    public static string DeletionProtected() =>
        Create(400, "Invalid resource usage: 'Resource cannot be deleted if it's protected against deletion.'.", "invalidResourceUsage");

    /// <summary>400: a resource that is just being made or changed.</summary>
    /// <remarks>Text as in googleapis/google-api-python-client#485.</remarks>
    public static string ResourceNotReady(string resource) => Create(400, $"The resource '{resource}' is not ready", "resourceNotReady");
}
