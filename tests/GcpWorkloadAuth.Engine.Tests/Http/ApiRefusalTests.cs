using GcpEmulator;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Http;

/// <summary>What each refusal of Google's APIs means, from bodies as the emulator makes them (their sources stand there).</summary>
public sealed class ApiRefusalTests
{
    [Fact]
    public void Too_few_scopes()
    {
        Fails.Check("ScopesInsufficient", Explain(403, GoogleErrors.InsufficientScopes(), account: "robot@demo.example"), "robot@demo.example");
        Fails.Check("ScopesInsufficient", Explain(403, GoogleErrors.StorageScopesNotAuthorized()));
        Fails.Check(
            "ScopesInsufficient",
            Explain(403, GoogleErrors.Create(403, "Request had insufficient authentication scopes.", "insufficientPermissions")));
    }

    [Fact]
    public void A_missing_permission_says_which()
    {
        GcpException storage = Explain(403, GoogleErrors.StoragePermissionDenied("robot@demo.example"));
        GcpException compute = Explain(403, GoogleErrors.ComputePermissionDenied());

        Fails.Check("PermissionDenied", storage, "storage.buckets.list", "robot@demo.example");
        Fails.Check("PermissionDenied", compute, "compute.instances.list", "projects/demo-project");
        Assert.Equal("forbidden", compute.Reason);
        Assert.Equal(GcpErrorKind.Permission, compute.Kind);
    }

    [Fact]
    public void A_disabled_api_says_which_in_which_project_and_where_to_enable_it()
    {
        GcpException failure = Explain(403, GoogleErrors.ServiceDisabled());

        Fails.Check("ApiDisabled", failure, "compute.googleapis.com", "123456789012");
        Assert.Contains("https://console.developers.google.com/apis/api/compute.googleapis.com/overview?project=123456789012", failure.Advice, StringComparison.Ordinal);
        Assert.Equal("SERVICE_DISABLED", failure.Reason);
    }

    [Fact]
    public void A_disabled_api_in_the_older_form_still_says_which_and_where()
    {
        GcpException failure = Explain(
            403,
            GoogleErrors.Create(
                403,
                "Access Not Configured. Compute Engine API has not been used in project 4711 before or it is disabled.",
                "accessNotConfigured",
                "usageLimits"));

        Fails.Check("ApiDisabled", failure, "compute.googleapis.com", "4711");
        Assert.Contains("/compute.googleapis.com", failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(400)]
    public void A_quota_project_that_may_not_be_used(int status)
    {
        GcpException failure = Explain(status, GoogleErrors.UserProjectDenied("billing-project"));

        Fails.Check("QuotaProjectDenied", failure, "billing-project");
        Assert.Equal("USER_PROJECT_DENIED", failure.Reason);
    }

    [Theory]
    [InlineData(400, "userProjectMissing")]
    [InlineData(400, "userProjectInvalid")]
    [InlineData(403, "userProjectInvalid")]
    public void A_quota_project_that_storage_does_not_like(int status, string reason) =>
        Fails.Check("QuotaProjectDenied", Explain(status, GoogleErrors.Create(status, "User project specified in the request is invalid.", reason)));

    [Fact]
    public void A_service_perimeter_says_its_identifier()
    {
        GcpException failure = Explain(403, GoogleErrors.VpcServiceControls("uniqueId123"));

        Fails.Check("VpcServiceControlsDenied", failure, "Identifier: uniqueId123");
    }

    [Theory]
    [InlineData("Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: uniqueId123")]
    [InlineData("Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: uniqueId123.")]
    [InlineData("vpcServiceControlsUniqueIdentifier:uniqueId123, and more")]
    public void The_perimeters_identifier_is_found_in_the_message_too(string message)
    {
        GcpException failure = Explain(403, GoogleErrors.Create(403, message, "forbidden"));

        Fails.Check("VpcServiceControlsDenied", failure, "Identifier: uniqueId123");
        Assert.EndsWith("uniqueId123", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_organisation_policy_says_its_constraint()
    {
        Fails.Check("OrganizationPolicyDenied", Explain(403, GoogleErrors.OrganizationPolicy()), "constraints/gcp.restrictServiceUsage");
        Fails.Check("OrganizationPolicyDenied", Explain(412, GoogleErrors.ConstraintViolated()), "constraints/compute.vmExternalIpAccess");
    }

    [Fact]
    public void An_organisation_policy_in_the_violations()
    {
        const string body = """
            {"error":{"code":403,"message":"Operation denied","status":"FAILED_PRECONDITION","details":[
              {"@type":"type.googleapis.com/google.rpc.PreconditionFailure","violations":[
                {"type":"constraints/storage.publicAccessPrevention","subject":"orgpolicy:projects/demo"}]}]}}
            """;
        Fails.Check("OrganizationPolicyDenied", Explain(403, body));
    }

    [Fact]
    public void Billing_that_is_off()
    {
        Fails.Check("BillingDisabled", Explain(403, GoogleErrors.BillingDisabled()), "123456789012");
        Fails.Check("BillingDisabled", Explain(403, GoogleErrors.StorageBillingDisabled()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_throttle_is_a_403_that_may_be_tried_again(bool perUser)
    {
        using HttpReply reply = Replies.Of(403, GoogleErrors.RateLimitExceeded(perUser));
        ApiRefusal refusal = Read(reply);

        Assert.True(refusal.IsTransient);
        GcpException failure = refusal.Explain(NotFound);
        Fails.Check("RateLimited", failure);
        Assert.Equal(GcpErrorKind.Limit, failure.Kind);
    }

    [Theory]
    [InlineData("quotaExceeded")]
    [InlineData("dailyLimitExceeded")]
    public void A_used_up_quota_is_no_throttle(string reason)
    {
        using HttpReply reply = Replies.Of(403, GoogleErrors.QuotaExceeded().Replace("quotaExceeded", reason, StringComparison.Ordinal));
        ApiRefusal refusal = Read(reply);

        Assert.False(refusal.IsTransient);
        Fails.Check("QuotaExceeded", refusal.Explain(NotFound), "CPUS");
    }

    [Fact]
    public void What_is_not_found_means_what_the_caller_says()
    {
        GcpException failure = Explain(404, GoogleErrors.Create(404, "The resource 'projects/demo/zones/z' was not found", "notFound"));

        Fails.Check("BucketNotFound", failure);
        Assert.Equal("notFound", failure.Reason);
        Assert.Equal(404, failure.StatusCode);
    }

    [Fact]
    public void The_caller_sees_googles_message_of_a_404()
    {
        using HttpReply reply = Replies.Of(404, GoogleErrors.Create(404, "The resource 'x' was not found", "notFound"));

        string? seen = null;
        Read(reply).Explain(refusal =>
        {
            seen = refusal.Message;
            return Errors.BucketNotFound("b");
        });

        Assert.Equal("The resource 'x' was not found", seen);
    }

    [Fact]
    public void An_unknown_project_id_in_a_400_is_not_found_either() =>
        Fails.Check("BucketNotFound", Explain(400, GoogleErrors.Create(400, "Unknown project id: nobody", "invalid")));

    [Fact]
    public void A_wrong_request() =>
        Fails.Check("RequestInvalid", Explain(400, GoogleErrors.Create(400, "Invalid value for field 'filter'", "invalid")), "'filter'");

    [Fact]
    public void A_token_that_is_not_accepted()
    {
        GcpException failure = Explain(401, GoogleErrors.InvalidCredentials());

        Fails.Check("Unauthenticated", failure, "Invalid Credentials");
        Assert.Equal(GcpErrorKind.Authentication, failure.Kind);
        Assert.Equal(401, failure.StatusCode);
    }

    [Fact]
    public void An_unknown_reason_of_a_403_is_a_permission()
    {
        GcpException failure = Explain(403, GoogleErrors.Create(403, "Something new.", "aReasonOfTomorrow"));

        Fails.Check("PermissionDenied", failure, "Something new.");
        Assert.Equal("aReasonOfTomorrow", failure.Reason);
    }

    private static GcpException Explain(int status, string body, string account = "someone") =>
        Explain(Replies.Of(status, body), account);

    private static GcpException Explain(HttpReply reply, string account)
    {
        using (reply)
        {
            return Read(reply, account).Explain(NotFound);
        }
    }

    private static ApiRefusal Read(HttpReply reply, string account = "someone") =>
        ApiRefusal.Read(reply, ApiService.Compute, new Uri("https://compute.googleapis.com/compute/v1/x?upload_id=SECRET"), account, 1);

    private static GcpException NotFound(ApiRefusal refusal) => Errors.BucketNotFound("b");
}
