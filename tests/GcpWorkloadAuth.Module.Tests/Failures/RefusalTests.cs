using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>An API says no, each time for another reason.</summary>
public sealed class RefusalTests : FailureTest
{
    private const string Instances = "Get-GceInstance -Project demo-project";
    private const string Buckets = "Get-GcsBucket -Project demo-project";

    [Theory]
    [InlineData(Instances)]
    [InlineData(Buckets)]
    public void The_tokens_scopes_do_not_cover_it(string command)
    {
        Cloud.State.Machine.Attach(Account, "https://www.googleapis.com/auth/logging.write");

        ErrorRecord error = Run(command).SingleError("ScopesInsufficient", ErrorCategory.PermissionDenied);

        Assert.Equal("demo-project", error.TargetObject);
        Assert.Contains("cloud-platform", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(403, ((dynamic)error.Exception).StatusCode);
        OnlyOnce();
        Cloud.State.Machine.Attach(Account);
        Run("Get-GceAccessToken -ForceRefresh").MustSucceed();
        Cloud.State.Tokens.RevokeAll();
        StillWorks();
    }

    [Fact]
    public void An_iam_permission_is_missing()
    {
        Arm("/compute/*", 403, GoogleErrors.ComputePermissionDenied());
        Arm("/storage/*", 403, GoogleErrors.StoragePermissionDenied(Account));

        Assert.Contains("compute.instances.list", Refused(Instances, "PermissionDenied"), StringComparison.Ordinal);
        Assert.Contains("storage.buckets.list", Refused(Buckets, "PermissionDenied"), StringComparison.Ordinal);
        OnlyOnce();
        StillWorks();
    }

    [Fact]
    public void The_api_is_not_enabled_and_where()
    {
        Arm("/compute/*", 403, GoogleErrors.ServiceDisabled(projectNumber: 987654321));

        ErrorRecord error = Run(Instances).SingleError("ApiDisabled", ErrorCategory.PermissionDenied);

        Assert.Contains("compute.googleapis.com", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("987654321", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            "https://console.developers.google.com/apis/api/compute.googleapis.com/overview?project=987654321",
            error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        OnlyOnce();
        StillWorks();
    }

    [Fact]
    public void The_api_is_not_enabled_in_older_words()
    {
        Arm("/compute/*", 403, GoogleErrors.Create(
            403, "Access Not Configured. Compute Engine API has not been used in project 555 before or it is disabled.", "accessNotConfigured", "usageLimits"));

        Assert.Contains("555", Refused(Instances, "ApiDisabled"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Instances)]
    [InlineData(Buckets)]
    public void The_quota_project_may_not_be_used(string command)
    {
        Cloud.State.AddProject("quota-project", 43);
        Cloud.State.Projects.DeniedAsQuotaProject.Add("quota-project");
        Run("Set-GcpContext -QuotaProject quota-project").MustSucceed();

        ErrorRecord error = Run(command).SingleError("QuotaProjectDenied", ErrorCategory.PermissionDenied);

        Assert.Contains("quota-project", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("serviceusage.serviceUsageConsumer", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        OnlyOnce();
        Run("Set-GcpContext -QuotaProject ''").MustSucceed();
        StillWorks();
    }

    [Fact]
    public void The_quota_project_does_not_exist()
    {
        Run("Set-GcpContext -QuotaProject no-such-project").MustSucceed();

        Run(Buckets).SingleError("QuotaProjectDenied", ErrorCategory.PermissionDenied);
    }

    [Fact]
    public void Vpc_service_controls_forbid_it_and_the_identifier_is_told()
    {
        Arm("/storage/*", 403, GoogleErrors.VpcServiceControls("Abc-123_xyz"));
        Arm("/compute/*", 403, GoogleErrors.Create(
            403, "Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: Def-456.", "forbidden"));

        Assert.Contains("Abc-123_xyz", Refused(Buckets, "VpcServiceControlsDenied"), StringComparison.Ordinal);
        Assert.EndsWith("Def-456", Refused(Instances, "VpcServiceControlsDenied").TrimEnd('.'), StringComparison.Ordinal);
        OnlyOnce();
        StillWorks();
    }

    [Fact]
    public void An_organisation_policy_forbids_it()
    {
        Arm("/compute/*", 403, GoogleErrors.OrganizationPolicy());
        Arm("/storage/*", 412, GoogleErrors.ConstraintViolated());

        Assert.Contains("constraints/gcp.restrictServiceUsage", Refused(Instances, "OrganizationPolicyDenied"), StringComparison.Ordinal);
        Assert.Contains("constraints/compute.vmExternalIpAccess", Refused(Buckets, "OrganizationPolicyDenied"), StringComparison.Ordinal);
        OnlyOnce();
        StillWorks();
    }

    [Fact]
    public void Billing_is_not_enabled()
    {
        Arm("/compute/*", 403, GoogleErrors.BillingDisabled());
        Arm("/storage/*", 403, GoogleErrors.StorageBillingDisabled());

        Refused(Instances, "BillingDisabled");
        Refused(Buckets, "BillingDisabled");
        OnlyOnce();
    }

    [Fact]
    public void A_quota_is_used_up()
    {
        Arm("/compute/*", 403, GoogleErrors.QuotaExceeded());

        Run(Instances).SingleError("QuotaExceeded", ErrorCategory.LimitsExceeded);
        OnlyOnce();
    }

    [Fact]
    public void A_filter_that_the_server_does_not_understand()
    {
        ErrorRecord error = Run(Instances + " -Filter 'status == ('").SingleError("RequestInvalid", ErrorCategory.InvalidArgument);

        Assert.Equal("demo-project", error.TargetObject);
        Assert.Contains("filter", error.Exception.Message, StringComparison.Ordinal);
        OnlyOnce();
        StillWorks();
    }

    [Fact]
    public void A_reason_that_nobody_foresaw_is_told_as_it_came()
    {
        Arm("/compute/*", 403, GoogleErrors.Create(403, "The stars are wrong.", "wrongStars"));
        Arm("/storage/*", 418, GoogleErrors.Create(418, "Teapot.", "teapot"));

        ErrorRecord error = Run(Instances).SingleError("PermissionDenied", ErrorCategory.PermissionDenied);
        Assert.Contains("The stars are wrong.", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("wrongStars", ((dynamic)error.Exception).Reason);
        Assert.Contains("Teapot.", Run(Buckets).SingleError("RequestFailed", ErrorCategory.ResourceUnavailable).Exception.Message, StringComparison.Ordinal);
        OnlyOnce();
    }

    [Fact]
    public void One_refused_project_does_not_stop_the_others()
    {
        Cloud.State.AddProject("other-project", 42, instances: 2);
        Arm("/compute/v1/projects/demo-project/*", 403, GoogleErrors.ComputePermissionDenied());

        RunResult result = Run("Get-GceInstance -Project demo-project, other-project");

        // Of several projects, one that refuses is a warning; the others go on.
        Assert.Empty(result.Errors);
        Assert.Contains("demo-project", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void The_failed_request_is_named_without_its_secrets()
    {
        Arm("/storage/*", 403, GoogleErrors.StoragePermissionDenied(Account));

        ErrorRecord error = Run(Buckets).SingleError("PermissionDenied", ErrorCategory.PermissionDenied);

        Assert.StartsWith(Cloud.ApiAddress + "storage/v1/b?project=demo-project&", (string)((dynamic)error.Exception).RequestUri, StringComparison.Ordinal);
    }

    private string Refused(string command, string id) =>
        Run(command).SingleError(id, ErrorCategory.PermissionDenied).Exception.Message;

    // A refusal is not tried again.
    private void OnlyOnce()
    {
        Assert.InRange(Requests(EmulatedService.Compute).Count, 0, 1);
        Assert.InRange(Requests(EmulatedService.Storage).Count, 0, 1);
    }
}
