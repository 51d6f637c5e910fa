using System.Management.Automation;
using System.Text;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Transfers;

/// <summary>Read-GcsObject to the pipeline, and to folders.</summary>
public sealed class PipelineTests : TransferTest
{
    [Fact]
    public void Text_lines_and_bytes()
    {
        Cloud.State.Objects.Put(Bucket, "t", "one\r\ntwo\n\nfour");

        Assert.Equal("one\r\ntwo\n\nfour", Run("Read-GcsObject $args[0] t", Bucket).Single<string>());
        Assert.Equal(["one", "two", "", "four"], Run("Read-GcsObject $args[0] t -Line", Bucket).Strings());
        Assert.Equal(Encoding.UTF8.GetBytes("one\r"), Run("Read-GcsObject $args[0] t -AsByteStream -Length 4", Bucket).Output.Select(o => (byte)o.BaseObject));
        Assert.Equal("four"u8.ToArray(), Run("Read-GcsObject $args[0] t -AsByteStream -Raw -Offset -4", Bucket).Single<byte[]>());
        Assert.Equal("wo", Run("Read-GcsObject $args[0] t -Offset 6 -Length 2", Bucket).Single<string>());
        Assert.Empty(Run("Read-GcsObject $args[0] t -AsByteStream -Offset 5000", Bucket).MustSucceed().Output);
    }

    [Fact]
    public void Binary_is_not_harmed()
    {
        byte[] content = Bytes(300_000);
        Cloud.State.Objects.Put(Bucket, "b", content);

        Assert.Equal(content, Run("Read-GcsObject $args[0] b -AsByteStream -Raw", Bucket).Single<byte[]>());
    }

    [Fact]
    public void Text_is_read_as_the_object_says()
    {
        Cloud.State.Objects.Put(Bucket, "latin", [0x47, 0x72, 0xfc, 0xdf, 0x65], "text/plain; charset=ISO-8859-1");
        Cloud.State.Objects.Put(Bucket, "utf16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Gr\u00fc\u00dfe")]);
        Cloud.State.Objects.Put(Bucket, "utf8", Encoding.UTF8.GetBytes("Gr\u00fc\u00dfe"));
        Cloud.State.Objects.Put(Bucket, "odd", "x"u8.ToArray(), "text/plain; charset=no-such");

        Assert.Equal("Gr\u00fc\u00dfe", Run("Read-GcsObject $args[0] latin", Bucket).Single<string>());
        Assert.Equal("Gr\u00fc\u00dfe", Run("Read-GcsObject $args[0] utf16 -Line", Bucket).Single<string>());
        Assert.Equal("Gr\u00fc\u00dfe", Run("Read-GcsObject $args[0] utf8", Bucket).Single<string>());
        Assert.Equal("Gr\u00c3\u00bc\u00c3\u0178e".Length, Run("Read-GcsObject $args[0] utf8 -Encoding latin1", Bucket).Single<string>().Length);
        Run("Read-GcsObject $args[0] odd", Bucket).SingleError("CharsetUnknown", ErrorCategory.NotImplemented);
    }

    [Fact]
    public void Lines_stream_and_First_stops_the_download()
    {
        Cloud.State.Objects.Put(Bucket, "long", string.Concat(Enumerable.Range(0, 400_000).Select(i => i + " some text to fill the line with\n")));

        RunResult result = Run("$n = 0; foreach ($l in (Read-GcsObject $args[0] long -Line | & { process { if (++$n -le 2) { $_ } else { break } } })) { $l }", Bucket);

        Assert.Empty(result.Errors);
        Assert.True(Downloads == 1);
    }

    [Fact]
    public void A_line_split_between_blocks_stays_one()
    {
        string line = new('\u20ac', 100_000);
        Cloud.State.Objects.Put(Bucket, "wide", line + "\r\n" + line);

        Assert.Equal([line, line], Run("Read-GcsObject $args[0] wide -Line", Bucket).Strings());
    }

    [Fact]
    public void Objects_by_prefix_go_to_a_folder_with_their_names()
    {
        foreach (string name in (string[])["logs/a.txt", "logs/deep/b.txt", "logs/deep/", "other/c.txt"])
        {
            Cloud.State.Objects.Put(Bucket, name, name.EndsWith('/') ? "" : name);
        }

        Run("Read-GcsObject $args[0] -Prefix logs/ -OutFolder $args[1]", Bucket, At("flat")).MustSucceed();
        Run("Read-GcsObject $args[0] -Prefix logs/ -Recurse -OutFolder $args[1]", Bucket, At("deep")).MustSucceed();
        Run("Read-GcsObject $args[0] -Glob '**/c.*' -OutFolder $args[1]", Bucket, At("glob")).MustSucceed();

        HoldsOnly("flat/logs/a.txt", "deep/logs/a.txt", "deep/logs/deep/b.txt", "glob/other/c.txt");
        Assert.Equal("logs/deep/b.txt", File.ReadAllText(At("deep/logs/deep/b.txt")));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("a/../../escape")]
    [InlineData("/rooted")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("bell\u0007")]
    public void A_name_that_would_leave_the_folder_is_refused_and_the_others_go_on(string name)
    {
        Cloud.State.Objects.Put(Bucket, name, "bad");
        Cloud.State.Objects.Put(Bucket, "zz-good", "good");

        Run("Read-GcsObject $args[0] -Recurse -OutFolder $args[1]", Bucket, At("in")).SingleError("ObjectNameNoPath", ErrorCategory.InvalidArgument);

        HoldsOnly("in/zz-good");
    }

    [Fact]
    public void A_link_in_the_folder_is_not_followed_out_of_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Directory.CreateDirectory(At("outside"));
        Directory.CreateDirectory(At("in"));
        Directory.CreateSymbolicLink(At("in/link"), At("outside"));
        Cloud.State.Objects.Put(Bucket, "link/x", "x");

        Run("Read-GcsObject $args[0] link/x -OutFolder $args[1]", Bucket, At("in")).SingleError("TargetDenied", ErrorCategory.WriteError);

        Assert.Empty(Directory.GetFiles(At("outside")));
    }

    [Fact]
    public void The_time_of_the_file_comes_back()
    {
        string file = FileOf("up/x", "x"u8.ToArray());
        DateTime time = new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, time);

        Run("$up = Write-GcsObject $args[0] x -File $args[1]; $up | Read-GcsObject -OutFolder $args[2]", Bucket, file, At("down")).MustSucceed();

        Assert.Equal(time, File.GetLastWriteTimeUtc(At("down/x")));
        Assert.Equal(1, Downloads);
        Assert.Equal(2, StorageRequests);
    }

    [Fact]
    public void Many_small_objects_take_one_request_each()
    {
        for (int i = 0; i < 200; i++)
        {
            Cloud.State.Objects.Put(Bucket, "many/" + i, Bytes(4096, i));
        }

        Run("Read-GcsObject $args[0] -Prefix many/ -OutFolder $args[1]", Bucket, Folder).MustSucceed();

        Assert.Equal(200, Directory.GetFiles(At("many")).Length);
        Assert.Equal(201, StorageRequests);
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(Bytes(4096, i), File.ReadAllBytes(At("many/" + i)));
        }
    }
}
