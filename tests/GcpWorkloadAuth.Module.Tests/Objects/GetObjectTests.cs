using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Objects;

/// <summary>Get-GcsObject: lists and gets.</summary>
public sealed class GetObjectTests : ObjectTest
{
    [Fact]
    public void A_bucket_is_listed_in_pages_and_everything_is_in_it()
    {
        Cloud.State.Objects.AddSynthetic(Bucket, 2500);

        RunResult result = Run("Get-GcsObject demo-project-bucket-0001").MustSucceed();

        Assert.Equal(2500, result.Output.Count);
        Assert.Equal(2500, result.Strings().Distinct().Count());
        Assert.Equal(3, Requests(EmulatedService.Storage).Count);
        dynamic first = result.Output[0];
        Assert.Equal(Bucket, first.Bucket);
        Assert.Equal(16L, first.Size);
        Assert.Equal("STANDARD", first.StorageClass);
        Assert.Equal(DateTimeKind.Local, first.CreationTime.Kind);
        Assert.NotNull(first.Crc32C);
        Assert.NotNull(first.Generation);
    }

    [Fact]
    public void The_first_object_comes_before_the_second_page_and_stopping_stops_the_paging()
    {
        Cloud.State.Objects.AddSynthetic(Bucket, 3000);

        // Select-Object is not in this engine; leaving a loop stops the pipeline as -First does.
        RunResult result = Run("foreach ($i in 1) { Get-GcsObject demo-project-bucket-0001 | ForEach-Object { $_; break } }").MustSucceed();

        Assert.Single(result.Output);
        Assert.Single(Requests(EmulatedService.Storage));
    }

    [Theory]
    [InlineData("Get-GcsObject demo-project-bucket-0001 a/1")]
    [InlineData("Get-GcsObject -Bucket demo-project-bucket-0001 -ObjectName a/1")]
    [InlineData("Get-GcsObject gs://demo-project-bucket-0001/a/1")]
    [InlineData("Get-GcsObject gs://demo-project-bucket-0001 a/1")]
    [InlineData("'gs://demo-project-bucket-0001/a/1' | Get-GcsObject")]
    [InlineData("[pscustomobject]@{ Bucket = 'demo-project-bucket-0001'; Name = 'a/1' } | Get-GcsObject")]
    [InlineData("Get-GcsBucket demo-project-bucket-0001 | ForEach-Object { Get-GcsObject $_ a/1 }")]
    public void A_name_is_one_direct_call(string script)
    {
        Put("a/1");
        Put("a/10");

        RunResult result = Run(script).MustSucceed();

        Assert.Equal("a/1", ((dynamic)Assert.Single(result.Output)).Name);
        Assert.Equal("GET /o/a%2F1", Asked()[^1]);
    }

    [Fact]
    public void Several_names_come_in_the_order_they_were_given_and_a_missing_one_stops_nobody()
    {
        foreach (int i in Enumerable.Range(0, 40))
        {
            Put("n" + i);
        }

        RunResult result = Run("Get-GcsObject demo-project-bucket-0001 (@(39..20 | ForEach-Object { \"n$_\" }) + 'nope' + @(0..19 | ForEach-Object { \"n$_\" }))");

        Assert.Equal([.. Enumerable.Range(20, 20).Reverse().Select(i => "n" + i), .. Enumerable.Range(0, 20).Select(i => "n" + i)], result.Strings());
        ErrorRecord error = result.SingleError("ObjectNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("nope", error.TargetObject);
        Assert.Contains("gs://demo-project-bucket-0001/nope", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_a_pipeline_are_asked_for_side_by_side()
    {
        foreach (int i in Enumerable.Range(0, 20))
        {
            Put("n" + i);
        }

        Cloud.Faults.Add(new Fault { PathPattern = "*/o/*", Delay = TimeSpan.FromMilliseconds(300), Times = 20 });
        RunResult result = Run("0..19 | ForEach-Object { \"gs://demo-project-bucket-0001/n$_\" } | Get-GcsObject").MustSucceed();

        Assert.Equal(Enumerable.Range(0, 20).Select(i => "n" + i), result.Strings());
        IReadOnlyList<LoggedRequest> requests = Requests(EmulatedService.Storage);
        Assert.Contains(requests.Skip(1), r => r.StartedAt < requests[0].FinishedAt);
    }

    [Theory]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -Prefix a/", "a/1,a/2,a/b/3")]
    [InlineData("Get-GcsObject gs://demo-project-bucket-0001/a/", "a/1,a/2,a/b/3")]
    [InlineData("Get-GcsObject gs://demo-project-bucket-0001/a/ -Delimiter /", "a/1,a/2,a/b/")]
    [InlineData("'gs://demo-project-bucket-0001/a/' | Get-GcsObject -Recurse", "a/1,a/2,a/b/3")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -Delimiter /", "A,a/,z")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -Delimiter / | Get-GcsObject", "A,a/1,a/2,a/b/3,z")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -Glob '**/[12]'", "a/1,a/2")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -StartOffset a/2 -EndOffset z", "a/2,a/b/3")]
    [InlineData("'demo-project-bucket-0001' | Get-GcsObject -Prefix z", "z")]
    [InlineData("Get-GcsBucket demo-project-bucket-0001 | Get-GcsObject", "A,a/1,a/2,a/b/3,z")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -Prefix nothing/", "")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 'a/'", "!")]
    public void Lists_are_narrowed(string script, string expected)
    {
        foreach (string name in new[] { "A", "a/1", "a/2", "a/b/3", "z" })
        {
            Put(name);
        }

        RunResult result = Run(script);

        if (expected == "!")
        {
            // -Name is literal, a slash at its end included.
            result.SingleError("ObjectNotFound", ErrorCategory.ObjectNotFound);
            return;
        }

        Assert.Equal(expected, string.Join(',', result.MustSucceed().Strings()));
    }

    [Fact]
    public void Prefixes_and_buckets_come_from_jobs_too()
    {
        Put("a/1");
        RunResult prefixes = Run("Get-GcsObject demo-project-bucket-0001 -Delimiter /").MustSucceed();
        RunResult buckets = Run("Get-GcsBucket demo-project-bucket-0001").MustSucceed();

        Assert.Equal("GcpWorkloadAuth.GcsPrefix", prefixes.Output[0].BaseObject.GetType().FullName);
        Assert.Equal("gs://demo-project-bucket-0001/a/", ((dynamic)prefixes.Output[0]).Uri);
        Assert.Equal(["a/1"], Run("$args[0] | Get-GcsObject", Copies(prefixes)).MustSucceed().Strings());
        Assert.Equal(["a/1"], Run("$args[0] | Get-GcsObject", Copies(buckets)).MustSucceed().Strings());
        RunResult objects = Run("Get-GcsObject demo-project-bucket-0001").MustSucceed();
        Assert.Equal(["a/1"], Run("$args[0] | Get-GcsObject", Copies(objects)).MustSucceed().Strings());
        Assert.Equal(["a/1"], Run("$args[0] | Get-GcsObject", objects.Output).MustSucceed().Strings());
    }

    [Fact]
    public void Versions_are_listed_and_asked_for()
    {
        SetBucket(b => b with { Versioning = true });
        EmulatedObject old = Put("x", "one");
        Put("x", "two");
        Put("xy");

        Assert.Single(Run("Get-GcsObject demo-project-bucket-0001 x").MustSucceed().Output);
        RunResult versions = Run("Get-GcsObject demo-project-bucket-0001 x -IncludeVersions").MustSucceed();
        Assert.Equal(["x", "x"], versions.Strings());
        Assert.Single(versions.Output, o => ((dynamic)o).DeletionTime is not null);
        Assert.Equal(3, Run("Get-GcsObject demo-project-bucket-0001 -IncludeVersions").MustSucceed().Output.Count);
        Assert.Equal(old.Generation, ((dynamic)Run($"Get-GcsObject 'gs://demo-project-bucket-0001/x#{old.Generation}'").MustSucceed().Output[0]).Generation);
        Assert.Equal(old.Generation, ((dynamic)Run($"Get-GcsObject demo-project-bucket-0001 x -Generation {old.Generation}").MustSucceed().Output[0]).Generation);
        Run("Get-GcsObject demo-project-bucket-0001 x -Generation 5").SingleError("ObjectNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void Soft_deleted_objects_are_listed_and_asked_for_again()
    {
        EmulatedObject gone = Put("x");
        Cloud.State.Objects.Delete(Bucket, "x");
        Put("y");

        RunResult result = Run("Get-GcsObject demo-project-bucket-0001 -SoftDeleted").MustSucceed();

        dynamic found = Assert.Single(result.Output);
        Assert.Equal(gone.Generation, found.Generation);
        Assert.NotNull(found.SoftDeletionTime);
        Assert.NotNull(found.HardDeletionTime);
        Assert.Equal(gone.Generation, ((dynamic)Assert.Single(Run("$args[0] | Get-GcsObject", result.Output).MustSucceed().Output)).Generation);
        Assert.Equal(["x"], Run("Get-GcsObject demo-project-bucket-0001 x -SoftDeleted").MustSucceed().Strings());
        Run("Get-GcsObject demo-project-bucket-0001 y -SoftDeleted").SingleError("ObjectNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void Every_odd_name_is_listed_and_got_by_name_and_by_address()
    {
        string[] names = [.. OddNames, new string('x', 1024), string.Concat(Enumerable.Repeat("\uD83D\uDE00", 256))];
        foreach (string name in names)
        {
            Put(name);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), Run("Get-GcsObject demo-project-bucket-0001").MustSucceed().Strings().Order(StringComparer.Ordinal));
        Assert.Equal(names, Run("Get-GcsObject demo-project-bucket-0001 $args[0]", (object)names).MustSucceed().Strings());
        Assert.Equal(names, Run("Get-GcsObject demo-project-bucket-0001 | Get-GcsObject").MustSucceed().Strings().OrderBy(n => Array.IndexOf(names, n)));

        // An address is literal too; "a#2" would name a generation, and what ends in a slash a prefix.
        string[] plain = [.. names.Where(n => n != "a#2" && !n.EndsWith('/'))];
        Assert.Equal(plain, Run("$args[0] | ForEach-Object { Get-GcsObject \"gs://demo-project-bucket-0001/$_\" }", (object)plain).MustSucceed().Strings());
    }

    [Theory]
    [InlineData("Get-GcsObject demo-project-bucket-9999", "BucketNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-GcsObject demo-project-bucket-9999 x", "ObjectNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-GcsObject demo-project-bucket-0001 x", "ObjectNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-GcsObject 'bad name'", "BucketNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Get-GcsObject gs://", "StorageUriInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Get-GcsObject gs:///x", "StorageUriInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Get-GcsObject gs://demo-project-bucket-0001/x y", "ObjectNameTwice", ErrorCategory.InvalidArgument)]
    [InlineData("Get-GcsObject demo-project-bucket-0001 '.'", "ObjectNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Get-GcsObject demo-project-bucket-0001 '..'", "ObjectNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Get-GcsObject demo-project-bucket-0001 ('x' * 1025)", "ObjectNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Get-GcsObject demo-project-bucket-0001 ([string][char]0xD83D)", "ObjectNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Get-GcsObject demo-project-bucket-0001 \"a`nb\"", "ObjectNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -Delimiter / -Recurse", "ParametersExclude", ErrorCategory.InvalidArgument)]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -IncludeVersions -SoftDeleted", "ParametersExclude", ErrorCategory.InvalidArgument)]
    public void What_is_wrong_is_said(string script, string id, ErrorCategory category) => Run(script).SingleError(id, category);

    [Fact]
    public void A_break_on_the_way_is_mended_and_a_lasting_one_is_an_error_after_the_pages_before()
    {
        Cloud.State.Objects.AddSynthetic(Bucket, 1500);
        Cloud.Faults.Add(new Fault { PathPattern = "*/o", Drop = true, Times = 1 });
        Cloud.Faults.Add(new Fault { PathPattern = "*/o", Status = 503, Skip = 1, Times = 1 });

        Assert.Equal(1500, Run("Get-GcsObject demo-project-bucket-0001").MustSucceed().Output.Count);

        Cloud.Faults.Add(new Fault { PathPattern = "*/o", Status = 403, Skip = 1, Times = 1 });
        RunResult result = Run("Get-GcsObject demo-project-bucket-0001");
        Assert.Equal(1000, result.Output.Count);
        Assert.Single(result.Errors);
    }

    [Fact]
    public async Task Ctrl_C_ends_a_list_that_hangs()
    {
        Fault hang = Cloud.Faults.Add(new Fault { PathPattern = "*/o", Hang = true });

        RunResult result = await Shell.StopAsync("Get-GcsObject demo-project-bucket-0001", Task.Run(async () =>
        {
            while (hang.Hits == 0)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }, TestContext.Current.CancellationToken));

        Assert.Equal(PSInvocationState.Stopped, result.State);
    }
}
