using GcpEmulator;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Http;

/// <summary>Refusals whose form is not Google's, or only half of it.</summary>
public sealed class ApiRefusalFormTests
{
    [Theory]
    [InlineData(408, "ServiceUnavailable")]
    [InlineData(429, "RateLimited")]
    [InlineData(500, "ServiceUnavailable")]
    [InlineData(502, "ServiceUnavailable")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(504, "ServiceUnavailable")]
    public void A_busy_or_broken_server_may_be_tried_again_whatever_it_says(int status, string errorId)
    {
        foreach (string body in new[] { GoogleErrors.BackendError(), "<html><title>502</title></html>", string.Empty, "{\"error\":", "nonsense", "null" })
        {
            using HttpReply reply = Replies.Of(status, body, body.StartsWith('{') ? "application/json" : "text/html");
            ApiRefusal refusal = Read(reply, attempt: 4);

            Assert.True(refusal.IsTransient);
            GcpException failure = refusal.Explain(NotFound);
            Fails.Check(errorId, failure);
            Assert.Equal(status, failure.StatusCode);
            Assert.DoesNotContain("<html>", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_tries_are_told()
    {
        using HttpReply reply = Replies.Of(503, GoogleErrors.BackendError());

        Assert.Contains("status 503, 4 tries", Read(reply, attempt: 4).Explain(NotFound).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(407)]
    [InlineData(409)]
    [InlineData(411)]
    public void A_page_in_place_of_json_is_said_to_be_one(int status)
    {
        using HttpReply reply = Replies.Of(status, "<!DOCTYPE html><title>Captive portal</title>", "text/html; charset=utf-8");
        ApiRefusal refusal = Read(reply);

        Assert.False(refusal.IsTransient);
        Fails.Check("ResponseNotJson", refusal.Explain(NotFound), "'text/html'", "Compute Engine");
    }

    [Fact]
    public void Nothing_at_all_is_said_to_be_nothing()
    {
        using HttpReply reply = Replies.Of(403, string.Empty, null);

        Fails.Check("ResponseNotJson", Read(reply).Explain(NotFound), "'nothing'");
    }

    [Theory]
    [InlineData("{\"error\":{\"code\":403,\"message\":\"Half")]
    [InlineData("{\"error\":{\"errors\":[{\"reason\":\"rateLimitExceeded\"")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"error\":\"forbidden\"}")]
    [InlineData("{\"error\":[{\"code\":403}]}")]
    [InlineData("{\"error\":null}")]
    public void Json_that_is_not_whole_or_not_googles_form_names_its_media_type(string body)
    {
        using HttpReply reply = Replies.Of(403, body);

        Fails.Check("ResponseNotJson", Read(reply).Explain(NotFound), "'application/json'");
    }

    [Fact]
    public void A_401_needs_no_form()
    {
        using HttpReply reply = Replies.Of(401, "<html>", "text/html");

        Fails.Check("Unauthenticated", Read(reply).Explain(NotFound), "no reason given");
    }

    [Theory]
    [InlineData(301, "https://evil.example/x", "evil.example")]
    [InlineData(302, "http://evil.example:81/", "evil.example:81")]
    [InlineData(307, "/elsewhere", "compute.googleapis.com")]
    [InlineData(308, "https://me:SECRET@evil.example/?t=SECRET", "evil.example")]
    [InlineData(302, "http://[", "?")]
    public void A_redirect_is_refused_and_says_to_where(int status, string location, string shown)
    {
        using HttpReply reply = Replies.Of(status, string.Empty, null, ("Location", location));
        GcpException failure = Read(reply).Explain(NotFound);

        Fails.Check("RedirectRefused", failure, shown);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(GcpErrorKind.Security, failure.Kind);
    }

    [Fact]
    public void A_redirect_without_a_location_is_refused_too()
    {
        using HttpReply reply = Replies.Of(302, string.Empty, null);

        Fails.Check("RedirectRefused", Read(reply).Explain(NotFound));
    }

    [Fact]
    public void Unknown_fields_and_wrong_kinds_change_nothing()
    {
        const string body = """
            {"x":[1,{"error":2}],"error":{"new":{"a":[1,2]},"code":"403","message":"M","status":7,
             "errors":[null,5,"x",{"reason":["deep"],"domain":{}},{"reason":"forbidden","new":1}],
             "details":[[],{"@type":1,"metadata":[1,2],"reason":"SERVICE_DISABLED","violations":{"type":1}},
                        {"metadata":{"service":"s.googleapis.com","n":5,"o":{"p":1},"consumer":"projects/42"}}]},"y":true}
            """;
        using HttpReply reply = Replies.Of(403, body);
        GcpException failure = Read(reply).Explain(NotFound);

        Fails.Check("ApiDisabled", failure, "s.googleapis.com", "42");
        Assert.Equal("SERVICE_DISABLED", failure.Reason);
    }

    [Fact]
    public void The_first_reason_of_each_sort_counts_and_the_exact_one_before_the_older()
    {
        using HttpReply older = Replies.Of(403, """{"error":{"errors":[{"reason":"one"},{"reason":"two"}]}}""");
        using HttpReply both = Replies.Of(403, """{"error":{"errors":[{"reason":"one"}],"details":[{"reason":"ONE"},{"reason":"TWO"}]}}""");

        Assert.Equal("one", Read(older).Reason);
        Assert.Equal("ONE", Read(both).Reason);
    }

    [Theory]
    [InlineData(409, "Conflict")]
    [InlineData(410, "RequestFailed")]
    [InlineData(412, "PreconditionFailed")]
    [InlineData(413, "RequestFailed")]
    [InlineData(418, "RequestFailed")]
    public void Any_other_status_is_told_with_googles_words(int status, string errorId)
    {
        using HttpReply reply = Replies.Of(status, GoogleErrors.Create(status, "At least one of the pre-conditions you specified did not hold.", "conditionNotMet"));
        ApiRefusal refusal = Read(reply);

        Assert.False(refusal.IsTransient);
        GcpException failure = refusal.Explain(NotFound);
        Assert.Equal(status, failure.StatusCode);
        Fails.Check(errorId, failure, "Compute Engine", "pre-conditions");
    }

    [Fact]
    public void The_request_is_kept_without_its_secrets()
    {
        using HttpReply reply = Replies.Of(403, GoogleErrors.ComputePermissionDenied());

        Assert.Equal("https://compute.googleapis.com/compute/v1/x?upload_id=***", Read(reply).Explain(NotFound).RequestUri);
    }

    private static ApiRefusal Read(HttpReply reply, int attempt = 1) =>
        ApiRefusal.Read(reply, ApiService.Compute, new Uri("https://compute.googleapis.com/compute/v1/x?upload_id=SECRET"), "someone", attempt);

    private static GcpException NotFound(ApiRefusal refusal) => Errors.BucketNotFound("b");
}
