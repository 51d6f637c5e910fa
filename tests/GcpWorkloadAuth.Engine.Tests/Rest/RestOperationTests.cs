using GcpWorkloadAuth.Engine.Tests.Support;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Rest;

public sealed class RestOperationTests
{
    [Theory]
    [InlineData("https://run.googleapis.com/v2/projects/p/locations/l/services", """{"name":"projects/p/locations/l/operations/1"}""", "https://run.googleapis.com/v2/projects/p/locations/l/operations/1")]
    [InlineData("https://cloudresourcemanager.googleapis.com/v3/projects", """{"name":"operations/cp.1","metadata":{}}""", "https://cloudresourcemanager.googleapis.com/v3/operations/cp.1")]
    [InlineData("https://x.googleapis.com/v1beta1/a:do?b=1", """{"name":"o/1","done":false}""", "https://x.googleapis.com/v1beta1/o/1")]
    [InlineData("https://compute.googleapis.com/compute/beta/x", """{"name":"operations/1"}""", "https://compute.googleapis.com/operations/1")]
    [InlineData("https://compute.googleapis.com/compute/v1/projects/p/zones/z/instances", """{"name":"op","status":"RUNNING","operationType":"insert","selfLink":"https://www.googleapis.com/compute/v1/projects/p/zones/z/operations/op"}""", "https://compute.googleapis.com/compute/v1/projects/p/zones/z/operations/op")]
    [InlineData("http://127.0.0.1:1/own/compute/v1/projects/p", """{"name":"op","status":"DONE","operationType":"x","selfLink":"https://evil.example/compute/v1/operations/op"}""", "http://127.0.0.1:1/own/compute/v1/operations/op")]
    public void It_is_asked_for_where_the_request_went(string request, string answer, string address) =>
        Assert.Equal(address, RestOperation.From(RestPageTests.Value(answer), new Uri(request))?.Address.AbsoluteUri);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"name":7,"done":true}""")]
    [InlineData("""{"name":"projects/p"}""")]
    [InlineData("""{"name":"projects/p/operations/1","title":"no operation"}""")]
    [InlineData("""{"name":"x","status":"DONE","selfLink":"https://x/v1/y"}""")]
    public void What_is_none(string answer) => Assert.Null(RestOperation.From(RestPageTests.Value(answer), new Uri("https://x.googleapis.com/v1/y")));

    [Theory]
    [InlineData("operations/../x")]
    [InlineData("../operations/x")]
    [InlineData("/operations/x")]
    [InlineData("operations//x")]
    [InlineData("operations/x#y")]
    [InlineData("operations/x?y")]
    [InlineData("operations/x\\\\y")]
    [InlineData("operations/%2E%2e")]
    public void A_name_that_is_no_path(string name) => Fails.With(
        "RestOperationInvalid",
        () => RestOperation.From(RestPageTests.Value("{\"name\":\"" + name + "\",\"done\":false}"), new Uri("https://x.googleapis.com/v1/y")));

    [Theory]
    [InlineData("""{"name":"operations/1","done":true,"error":{"code":5,"message":"m"}}""", "NotFound:NOT_FOUND:m")]
    [InlineData("""{"name":"operations/1","done":true,"error":{"code":8}}""", "Limit:RESOURCE_EXHAUSTED:RESOURCE_EXHAUSTED")]
    [InlineData("""{"name":"operations/1","done":true,"error":{"code":99,"message":"m"}}""", "Unavailable:99:m")]
    [InlineData("""{"name":"operations/1","done":true,"error":{}}""", "Unavailable::no reason given")]
    [InlineData("""{"name":"o","status":"DONE","operationType":"x","selfLink":"v1/o","httpErrorStatusCode":409,"httpErrorMessage":"CONFLICT","error":{"errors":[{"code":"RESOURCE_ALREADY_EXISTS","message":"m"}]}}""", "InvalidArgument:RESOURCE_ALREADY_EXISTS:m")]
    [InlineData("""{"name":"o","status":"DONE","operationType":"x","selfLink":"v1/o","httpErrorStatusCode":403,"httpErrorMessage":"FORBIDDEN"}""", "Permission::FORBIDDEN")]
    [InlineData("""{"name":"o","status":"DONE","operationType":"x","selfLink":"v1/o","error":{"errors":[7]}}""", "Unavailable::no reason given")]
    [InlineData("""{"name":"operations/1","done":true}""", "")]
    public void Its_errors(string answer, string expected)
    {
        RestOperation operation = RestOperation.From(RestPageTests.Value(answer), new Uri("https://x.googleapis.com/v1/y"))!;

        Assert.True(operation.IsDone);
        Assert.Equal(expected, string.Join(';', operation.Failures.Select(f => f.Kind + ":" + f.Reason + ":" + f.Message.Split(": ", 2)[1])));
        Assert.All(operation.Failures, f => Fails.Check("RestOperationFailed", f));
    }
}
