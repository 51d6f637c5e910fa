using GcpWorkloadAuth.Engine.Compute;
using GcpWorkloadAuth.Engine.Compute.Resources;

namespace GcpWorkloadAuth.Engine.Tests.Readers;

public sealed class ResourcePageReaderTests
{
    private static readonly ResourcePageReader<GceInstance> s_reader = new(InstanceReader.Read, "instances");

    [Fact]
    public void A_zonal_page_is_an_array()
    {
        ResourcePage<GceInstance> page = Models.Read("""{"id":"projects/demo","items":[{"name":"a"},{"name":"b"}],"nextPageToken":"next"}""", s_reader.ReadFlat);

        Assert.Equal(["a", "b"], page.Items.Select(i => i.Name));
        Assert.Equal("next", page.NextPageToken);
        Assert.Empty(page.Unreachable);
    }

    [Fact]
    public void An_aggregated_page_is_a_map_of_scopes()
    {
        ResourcePage<GceInstance> page = Models.Read(
            """
            {"items":{"zones/a":{"instances":[{"name":"1"},{"name":"2"}]},"zones/b":{"warning":{"code":"NO_RESULTS_ON_PAGE","message":"none"}},
             "zones/c":{"new":[1],"instances":[{"name":"3"}]}},"nextPageToken":"next","kind":"k"}
            """,
            s_reader.ReadAggregated);

        Assert.Equal(["1", "2", "3"], page.Items.Select(i => i.Name));
        Assert.Equal("next", page.NextPageToken);
        Assert.Empty(page.Unreachable);
    }

    [Fact]
    public void Scopes_that_cannot_be_reached_are_named_once()
    {
        ResourcePage<GceInstance> page = Models.Read(
            """
            {"items":{"zones/a":{"warning":{"code":"UNREACHABLE","data":[{"key":"scope","value":"x"}]}},
              "zones/b":{"warning":{"message":"m","code":"NO_RESULTS_ON_PAGE"}}},
             "unreachables":["https://h/projects/p/zones/a","projects/p/zones/c"]}
            """,
            s_reader.ReadAggregated);

        Assert.Equal(["a", "c"], page.Unreachable.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_zonal_page_names_what_cannot_be_reached()
    {
        ResourcePage<GceInstance> page = Models.Read(
            """{"items":[{"name":"a"}],"warning":{"code":"UNREACHABLE"},"unreachables":["projects/p/zones/z"]}""", s_reader.ReadFlat);

        Assert.Equal(["z"], page.Unreachable);
        Assert.True(page.IsUnreachable);
        Assert.Single(page.Items);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"items\":null}")]
    [InlineData("{\"items\":5,\"warning\":7,\"unreachables\":{}}")]
    [InlineData("{\"items\":\"x\",\"warning\":{\"code\":{}},\"unreachables\":[null,{}]}")]
    [InlineData("[]")]
    [InlineData("null")]
    public void An_empty_or_odd_page_is_a_page_of_nothing(string json)
    {
        foreach (ResourcePage<GceInstance> page in new[] { Models.Read(json, s_reader.ReadFlat), Models.Read(json, s_reader.ReadAggregated) })
        {
            Assert.Empty(page.Items);
            Assert.Null(page.NextPageToken);
            Assert.Empty(page.Unreachable);
        }
    }

    [Fact]
    public void Items_of_the_other_form_read_as_none()
    {
        Assert.Empty(Models.Read("""{"items":{"zones/a":{"instances":[{"name":"1"}]}},"nextPageToken":"n"}""", s_reader.ReadFlat).Items);
        Assert.Empty(Models.Read("""{"items":[{"name":"1"}],"nextPageToken":"n"}""", s_reader.ReadAggregated).Items);
    }

    [Fact]
    public void Odd_scopes_lose_nothing_else()
    {
        ResourcePage<GceInstance> page = Models.Read(
            """{"items":{"a":null,"b":[],"c":{"instances":{}},"d":{"instances":null,"warning":null},"e":{"instances":[{"name":"1"}]}},"nextPageToken":"n"}""",
            s_reader.ReadAggregated);

        Assert.Equal("1", Assert.Single(page.Items).Name);
        Assert.Equal("n", page.NextPageToken);
    }
}
