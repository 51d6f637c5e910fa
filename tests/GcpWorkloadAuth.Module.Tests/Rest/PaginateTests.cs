using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Rest;

public sealed class PaginateTests : RestTest
{
    [Fact]
    public void All_pages_come_item_by_item()
    {
        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -Paginate | ForEach-Object { $_.number }", At("pages?count=25&field=things")).MustSucceed();

        Assert.Equal(Enumerable.Range(1, 25).Select(i => (object)(long)i), result.Output.Select(o => o.BaseObject));
        Assert.Equal(3, ApiRequests);
    }

    [Fact]
    public void The_token_of_the_next_page_takes_the_place_of_the_one_given()
    {
        RunResult result = Run(
            "Invoke-GcpRestMethod -Uri $args[0] -Query @{ pageToken = 'p10'; pageSize = 10 } -Paginate | ForEach-Object { $_.number }",
            At("pages?count=25&pageToken=p20")).MustSucceed();

        Assert.Equal(15, result.Output.Count);
        Assert.All(
            Cloud.Requests.All.Where(r => r.Service == EmulatedService.Testing),
            r => Assert.Equal(2, r.Query.Split("pageToken").Length));
    }

    [Fact]
    public void The_first_item_leaves_before_the_second_page_is_asked_for()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/pages", QueryPattern = "*pageToken*", Hang = true });

        RunResult result = Run(
            "do { Invoke-GcpRestMethod -Uri $args[0] -Paginate | ForEach-Object { $_.number; if ($_.number -eq 3) { break } } } while ($false)",
            At("pages?count=25")).MustSucceed();

        Assert.Equal(["1", "2", "3"], result.Strings());
        Assert.Equal(1, ApiRequests);
    }

    [Fact]
    public void Places_that_were_not_reached_are_warned_of_and_are_no_items()
    {
        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -Paginate", At("pages?count=12&also=unreachable")).MustSucceed();

        Assert.Equal(12, result.Output.Count);
        Assert.Contains("far-away", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_with_several_lists_come_whole()
    {
        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -Paginate", At("pages?count=12&also=prefixes")).MustSucceed();

        Assert.Equal(2, result.Output.Count);
        Assert.All(result.Output, page => Assert.NotNull(page.Properties["prefixes"]));
    }

    [Fact]
    public void A_page_that_lists_nothing_is_nothing()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/pages", Body = """{"kind":"testing#page","nextPageToken":"p0"}""", Times = 1 });

        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -Paginate", At("pages?count=2")).MustSucceed();

        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void Fields_do_not_hide_the_next_page()
    {
        string uri = new Uri(Cloud.ApiAddress, "/storage/v1/b?project=demo-project&maxResults=2").AbsoluteUri;

        Assert.Equal(3, Run("Invoke-GcpRestMethod -Uri $args[0] -Query @{ fields = 'items(name)' } -Paginate", uri).MustSucceed().Output.Count);
        Assert.Equal(3, Run("Invoke-GcpRestMethod -Uri ($args[0] + '&fields=items%28name%29') -Paginate", uri).MustSucceed().Output.Count);
    }

    [Fact]
    public void Raw_gives_each_page_as_text()
    {
        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -Paginate -Raw", At("pages?count=25")).MustSucceed();

        Assert.Equal(3, result.Output.Count);
        Assert.All(result.Strings(), text => Assert.StartsWith("{", text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_that_never_ends_is_given_up()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/pages", Body = """{"items":[1],"nextPageToken":"again"}""" });

        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -Paginate", At("pages"));

        result.SingleError("RestPageRepeated", ErrorCategory.InvalidData);
        Assert.Equal(2, ApiRequests);
    }

    [Fact]
    public void A_link_to_the_next_page_is_not_followed()
    {
        using Listener target = new();
        string body = "{\"items\":[1],\"nextPageToken\":\"" + target.Address + "\",\"nextLink\":\"" + target.Address + "\"}";
        Cloud.Faults.Add(new Fault { PathPattern = "*/pages", Body = body, Times = 1 });
        Cloud.Faults.Add(new Fault { PathPattern = "*/pages", Body = """{"items":[2]}""" });

        Run("Invoke-GcpRestMethod -Uri $args[0] -Paginate", At("pages")).MustSucceed();

        Assert.Empty(target.Requests);
        Assert.Equal(2, ApiRequests);
    }

    [Theory]
    [InlineData("-Method POST")]
    [InlineData("-Method HEAD")]
    public void Only_GET_has_pages(string parameters)
    {
        Run("Invoke-GcpRestMethod -Uri $args[0] -Paginate " + parameters, At("pages")).SingleError("RestPaginateNeedsGet", ErrorCategory.InvalidArgument);

        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_warning_comes_before_the_objects_it_is_about()
    {
        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -Paginate 3>&1", At("pages?count=3&also=unreachable")).MustSucceed();

        Assert.Equal([true, false, false, false], result.Output.Select(o => o.BaseObject is WarningRecord));
    }

    [Fact]
    public void Names_that_cannot_both_be_properties_are_warned_of_before_their_object()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/pages", Body = """{"things":[{"Name":1,"name":2},{"name":3}]}""" });

        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -Paginate 3>&1", At("pages?field=things")).MustSucceed();

        Assert.Equal([true, false, false], result.Output.Select(o => o.BaseObject is WarningRecord));
    }
}
