using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

public sealed class TokenCacheTests
{
    // The cache is the process's.
    private readonly string _mine = Guid.NewGuid().ToString("N") + "|";

    [Fact]
    public void A_key_has_one_cell()
    {
        Assert.Null(TokenCache.TryCell(_mine + "a"));
        TokenCell cell = TokenCache.Cell(_mine + "a");

        Assert.Same(cell, TokenCache.Cell(_mine + "a"));
        Assert.Same(cell, TokenCache.TryCell(_mine + "a"));
        Assert.NotSame(cell, TokenCache.Cell(_mine + "A"));
    }

    [Fact]
    public void Forgetting_drops_what_begins_so_and_nothing_else()
    {
        TokenCell gone = Fill(_mine + "metadata|h|default|scope");
        TokenCell stays = Fill(_mine + "metadata|h|default2|scope");

        TokenCache.Forget(_mine + "metadata|h|default|");

        Assert.Null(gone.Current);
        Assert.Null(TokenCache.TryCell(_mine + "metadata|h|default|scope"));
        Assert.NotNull(stays.Current);
        Assert.Same(stays, TokenCache.TryCell(_mine + "metadata|h|default2|scope"));
    }

    [Fact]
    public void A_handle_of_the_same_recipe_has_the_same_cell_whatever_the_order_of_its_scopes()
    {
        StubCredential credential = new();
        TokenHandle one = new(credential, null, ["b", "a"], _mine);

        Assert.Same(one.Cell, new TokenHandle(new StubCredential(), null, ["a", "b"], _mine).Cell);
        Assert.Equal(["b", "a"], one.Scopes);
    }

    [Fact]
    public void Another_account_other_scopes_and_another_partition_have_other_cells()
    {
        StubCredential credential = new();
        TokenCell[] cells =
        [
            new TokenHandle(credential, null, [], _mine).Cell,
            new TokenHandle(credential, null, ["a"], _mine).Cell,
            new TokenHandle(credential, null, ["a", "b"], _mine).Cell,
            new TokenHandle(credential, "other@demo.example", [], _mine).Cell,
            new TokenHandle(credential, "other@demo.example", ["a"], _mine).Cell,
            new TokenHandle(credential, null, [], _mine + "partition|").Cell,
        ];

        Assert.Equal(cells.Length, cells.Distinct().Count());
    }

    [Fact]
    public async Task What_a_handle_prefetches_its_next_call_finds()
    {
        TokenHandle handle = new(new StubCredential(), null, [], _mine);
        handle.Prefetch(Events.Quiet());

        Assert.Equal("token", (await handle.GetAsync(force: false, Events.Quiet())).Value);
    }

    private static TokenCell Fill(string key)
    {
        TokenCell cell = TokenCache.Cell(key);
        new TokenSource().FetchAndAnswer(cell, TokenSource.Token("t", 3600));
        return cell;
    }
}
