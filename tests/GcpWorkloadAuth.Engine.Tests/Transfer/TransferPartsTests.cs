using CsCheck;
using GcpWorkloadAuth.Engine.Transfer;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Transfer;

public sealed class TransferPartsTests
{
    [Fact]
    public void Ranges_cover_everything_once() => Gen.Select(Gen.Long[1, 1L << 42], Gen.Int[1, 16]).Sample((size, streams) =>
    {
        List<Piece> pieces = RangePlan.Make(size, streams);
        long next = 0;
        foreach (Piece piece in pieces)
        {
            if (piece.Start != next || piece.End <= piece.Start || piece.Position != piece.Start)
            {
                return false;
            }

            next = piece.End;
        }

        return next == size && (streams > 1 || pieces.Count == 1);
    });

    [Fact]
    public void A_running_CRC_takes_each_byte_once() => Gen.Select(Gen.Byte.Array[1, 500], Gen.Int[1, 60], Gen.Int[0, 40]).Sample((bytes, step, back) =>
    {
        RunningCrc crc = new();
        for (int at = 0; at < bytes.Length; at += step)
        {
            int from = Math.Max(0, at - back);
            crc.Feed(from, bytes, from, Math.Min(bytes.Length - from, step + at - from));
        }

        return crc.Position == bytes.Length && crc.Value == Crc32C.Append(0, bytes, 0, bytes.Length);
    });

    [Fact]
    public async Task The_gate_halves_and_regrows()
    {
        TransferGate gate = new(8);
        CancellationToken ct = TestContext.Current.CancellationToken;
        for (int i = 0; i < 8; i++)
        {
            Assert.True(gate.EnterAsync(ct).IsCompletedSuccessfully);
        }

        Task ninth = gate.EnterAsync(ct);
        Assert.False(ninth.IsCompleted);
        gate.Halve();
        gate.Halve(); // of the same moment
        Assert.Equal(4, gate.Limit);
        for (int i = 0; i < 4; i++)
        {
            gate.Leave(succeeded: false);
        }

        Assert.False(ninth.IsCompleted);
        gate.Leave(succeeded: false);
        await ninth;
        for (int i = 0; i < 4; i++)
        {
            gate.Leave(succeeded: true);
        }

        Assert.Equal(5, gate.Limit);
    }

    [Fact]
    public async Task Who_stops_waiting_takes_no_place()
    {
        TransferGate gate = new(1);
        await gate.EnterAsync(TestContext.Current.CancellationToken);
        using CancellationTokenSource stop = new();
        Task waiting = gate.EnterAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        gate.Leave(succeeded: true);

        Assert.True(gate.EnterAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("a/b.txt", null, null)]
    [InlineData("", "empty", "empty")]
    [InlineData("/a", "empty", "empty")]
    [InlineData("a//b", "empty", "empty")]
    [InlineData("a/", "empty", "empty")]
    [InlineData("../a", "elsewhere", "elsewhere")]
    [InlineData("a/..", "elsewhere", "elsewhere")]
    [InlineData("a/./b", "elsewhere", "elsewhere")]
    [InlineData("a\u0001", "control", "control")]
    [InlineData("a\\b", null, "\\")]
    [InlineData("C:/x", null, ":")]
    [InlineData("file:stream", null, ":")]
    [InlineData("a?b", null, "?")]
    [InlineData("NUL", null, "device")]
    [InlineData("x/con.txt", null, "device")]
    [InlineData("aux .log", null, "device")]
    [InlineData("COM1", null, "device")]
    [InlineData("COM10", null, null)]
    [InlineData("CONSOLE", null, null)]
    [InlineData("dot.", null, "dot")]
    [InlineData("space ", null, "space")]
    [InlineData("...", null, "dot")]
    public void Names_that_make_no_path(string name, string? elsewhere, string? windows)
    {
        Check(elsewhere, ObjectPaths.WhyNot(name, isWindows: false));
        Check(windows, ObjectPaths.WhyNot(name, isWindows: true));

        static void Check(string? part, string? why)
        {
            if (part is null)
            {
                Assert.Null(why);
            }
            else
            {
                Assert.Contains(part, why, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void What_makes_a_path_stays_below_the_folder_and_comes_back_as_itself()
    {
        string folder = Path.Combine(Path.GetTempPath(), "root");
        string[] parts = ["a", "b", ".", "..", "/", "\\", ":", "con"];
        Gen.OneOf(Gen.String[0, 30], Gen.Int[0, parts.Length - 1].Array[1, 8].Select(picked => string.Concat(picked.Select(i => parts[i])))).Sample(name =>
        {
            if (ObjectPaths.WhyNot(name, ObjectPaths.IsWindows) is not null)
            {
                return true;
            }

            string path = ObjectPaths.Below(folder, name);
            return Path.GetFullPath(path) == path
                && path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                && ObjectPaths.NameOf(folder, path) == name;
        });
    }

    [Theory]
    [InlineData("x.JSON", "application/json")]
    [InlineData("a.tar.gz", "application/gzip")]
    [InlineData("none", "application/octet-stream")]
    [InlineData("page.html", "text/html")]
    [InlineData("script.ps1", "text/x-powershell")]
    public void Media_types_by_extension(string path, string expected) => Assert.Equal(expected, MediaTypes.Of(path));
}
