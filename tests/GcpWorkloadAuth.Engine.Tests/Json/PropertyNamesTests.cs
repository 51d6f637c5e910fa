using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Tests.Json;

public sealed class PropertyNamesTests
{
    private static string s_first = string.Empty;

    // Before any test fills the table.
#pragma warning disable CA2255 // Tests are an application.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void TakeAPlace() => s_first = Get("property-names-test");

    [Fact]
    public void A_name_is_one_string()
    {
        Assert.Equal("property-names-test", s_first);
        Assert.Same(s_first, Get("property-names-test"));
        Assert.Same(string.Empty, Get(string.Empty));
    }

    [Fact]
    public void A_long_name_is_right_and_not_kept()
    {
        string name = new('n', 49);

        Assert.Equal(name, Get(name));
        Assert.NotSame(Get(name), Get(name));
    }

    [Fact]
    public void Names_that_begin_alike_stay_apart() =>
        Assert.Equal(["instances", "instance", "instancesX", "ä"], new[] { "instances", "instance", "instancesX", "ä" }.Select(Get));

    [Fact]
    public void The_table_is_bounded_and_right_beyond_its_bounds()
    {
        string[] names = [.. Enumerable.Range(0, 5000).Select(i => "bounded-" + i)];
        Assert.Equal(names, names.Select(Get));

        int kept = names.Count(n => ReferenceEquals(Get(n), Get(n)));

        Assert.InRange(kept, 0, 1024);
        Assert.Same(s_first, Get("property-names-test"));
    }

    [Fact]
    public async Task Many_threads_get_the_right_strings_at_once()
    {
        ConcurrentBag<string> wrong = [];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(
            () =>
            {
                for (int i = 0; i < 4000; i++)
                {
                    string name = "thread-" + ((i * 7) + t) % 1500;
                    if (Get(name) != name)
                    {
                        wrong.Add(name);
                    }
                }
            },
            TestContext.Current.CancellationToken)));

        Assert.Empty(wrong);
    }

    private static string Get(string name) => PropertyNames.Get(Encoding.UTF8.GetBytes(name));
}
