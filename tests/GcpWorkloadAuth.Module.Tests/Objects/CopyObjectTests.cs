using System.Management.Automation;
using System.Security.Cryptography;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Objects;

/// <summary>Copy-GcsObject.</summary>
public sealed class CopyObjectTests : ObjectTest
{
    [Theory]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a/x gs://demo-project-bucket-0002/y", "y")]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a/x gs://demo-project-bucket-0002/b/", "b/x")]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a/x gs://demo-project-bucket-0002", "a/x")]
    [InlineData("Copy-GcsObject -Bucket demo-project-bucket-0001 -ObjectName a/x demo-project-bucket-0002 y", "y")]
    [InlineData("Copy-GcsObject -Bucket demo-project-bucket-0001 -Name a/x -DestinationBucket demo-project-bucket-0002 -DestinationName b/", "b/")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 a/x | Copy-GcsObject demo-project-bucket-0002 y", "y")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 a/x | Copy-GcsObject -Destination (Get-GcsBucket demo-project-bucket-0002)", "a/x")]
    [InlineData("'gs://demo-project-bucket-0001/a/x' | Copy-GcsObject -Destination gs://demo-project-bucket-0002/z#1", "z#1")]
    public void One_is_copied(string script, string name)
    {
        EmulatedObject source = Cloud.State.Objects.Put(Bucket, "a/x", "content", "text/html", new Dictionary<string, string> { ["k"] = "v" });

        dynamic copy = Assert.Single(Run(script).MustSucceed().Output);

        Assert.Equal(Other, copy.Bucket);
        Assert.Equal(name, copy.Name);
        Assert.Equal(source.Crc32C, copy.Crc32C);
        Assert.Equal("text/html", copy.ContentType);
        Assert.Equal("v", copy.Metadata["k"]);
        Assert.Equal([name], Names(Other));
        Assert.Equal(["a/x"], Names());
    }

    [Fact]
    public void The_token_loop_goes_round_and_one_call_is_enough_for_what_was_listed()
    {
        Put("a", new string('x', 1000));
        Run("Get-GcsObject demo-project-bucket-0001 | Copy-GcsObject gs://demo-project-bucket-0001/b").MustSucceed();
        Assert.Equal(["GET /o", "POST /o/a/rewriteTo/b/demo-project-bucket-0001/o/b"], Asked());

        Cloud.State.Objects.RewriteBytesPerCall = 150;
        Run("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/c").MustSucceed();
        Assert.Equal(7, Asked().Count(a => a.EndsWith("/o/c", StringComparison.Ordinal)));
        Assert.Equal(1000, Cloud.State.Objects.Find(Bucket, "c")!.Size);
    }

    [Theory]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/logs/ gs://demo-project-bucket-0002/old/ -Recurse", "old/1,old/d/2")]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/logs/ gs://demo-project-bucket-0002/old -Recurse", "old/1,old/d/2")]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/logs/ gs://demo-project-bucket-0002 -Recurse", "1,d/2")]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001 gs://demo-project-bucket-0002/all/ -Recurse", "all/a,all/logs/1,all/logs/d/2")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -Delimiter / | Where-Object Uri -like '*/' | Copy-GcsObject gs://demo-project-bucket-0002/p/ -Recurse", "p/1,p/d/2")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 | Copy-GcsObject gs://demo-project-bucket-0002", "a,logs/1,logs/d/2")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 | Copy-GcsObject gs://demo-project-bucket-0002/flat/", "flat/1,flat/2,flat/a")]
    public void Many_are_copied(string script, string expected)
    {
        foreach (string name in new[] { "a", "logs/1", "logs/d/2" })
        {
            Put(name, name);
        }

        Run(script).MustSucceed();

        Assert.Equal(expected, string.Join(',', Names(Other)));
    }

    [Fact]
    public void What_is_there_is_replaced_as_it_was_seen_and_left_alone_with_NoClobber()
    {
        Put("a", "new");
        Put("b", "old");

        Run("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/b -NoClobber").SingleError("ObjectExists", ErrorCategory.ResourceExists);
        Assert.Equal("old", Cloud.State.Objects.Find(Bucket, "b")!.ReadText());

        Run("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/b").MustSucceed();
        Assert.Equal("new", Cloud.State.Objects.Find(Bucket, "b")!.ReadText());
        Assert.All(Requests(EmulatedService.Storage).Where(r => r.Method == "POST"), r => Assert.Contains("ifGenerationMatch=", r.Query, StringComparison.Ordinal));
    }

    [Fact]
    public void A_lost_answer_is_settled_by_comparing_and_a_503_is_tried_again()
    {
        Put("a", "content");
        Cloud.Faults.Add(new Fault { PathPattern = "*/rewriteTo/*", LoseAnswer = true, Times = 1 });
        dynamic copy = Assert.Single(Run("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/a").MustSucceed().Output);
        EmulatedObject made = Assert.Single(Cloud.State.Objects.All(Other, softDeleted: false));
        Assert.Equal(made.Generation, copy.Generation);
        Assert.Empty(Cloud.State.Objects.All(Other, softDeleted: true));

        Cloud.Faults.Add(new Fault { PathPattern = "*/rewriteTo/*", Status = 503, Times = 2 });
        Run("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/b").MustSucceed();
        Assert.Equal(["a", "b"], Names(Other));
    }

    [Fact]
    public void Class_keys_and_metadata_are_the_copy_s_own()
    {
        Cloud.State.Objects.Put(Bucket, "a", "content", "text/plain", new Dictionary<string, string> { ["k"] = "v" });
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        dynamic copy = Assert.Single(Run(
            "Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/cold -StorageClass COLDLINE -CacheControl no-store -ContentType text/css")
            .MustSucceed().Output);
        Assert.Equal(("COLDLINE", "no-store", "text/css", "v"), ((string)copy.StorageClass, (string)copy.CacheControl, (string)copy.ContentType, (string)copy.Metadata["k"]));

        dynamic bare = Assert.Single(Run("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/bare -Metadata @{}").MustSucceed().Output);
        Assert.Equal(0, bare.Metadata.Count);
        Assert.Equal("text/plain", bare.ContentType);

        dynamic kms = Assert.Single(Run(
            "Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/kms -KmsKeyName projects/p/locations/l/keyRings/r/cryptoKeys/k").MustSucceed().Output);
        Assert.StartsWith("projects/p/locations/l/keyRings/r/cryptoKeys/k", kms.KmsKeyName, StringComparison.Ordinal);

        RunResult locked = Run("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/locked -EncryptionKey $args[0] -Verbose", Secret(key)).MustSucceed();
        string sha = Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(key)));
        Assert.Equal(sha, ((dynamic)locked.Output[0]).EncryptionKeySha256);
        Assert.DoesNotContain(key, locked.AllText(), StringComparison.Ordinal);
        Assert.NotEmpty(Run("Copy-GcsObject gs://demo-project-bucket-0002/locked gs://demo-project-bucket-0002/open").Errors);
        Run("Copy-GcsObject gs://demo-project-bucket-0002/locked gs://demo-project-bucket-0002/open -SourceEncryptionKey $args[0]", Secret(key)).MustSucceed();
        Assert.Equal("content", Cloud.State.Objects.Find(Other, "open")!.ReadText());
    }

    [Theory]
    [InlineData("YWJj")]
    [InlineData("no base64!")]
    [InlineData("")]
    public void A_key_that_is_none_is_refused_without_being_repeated(string key)
    {
        RunResult result = Run("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/b -EncryptionKey $args[0]", Secret(key));

        result.SingleError("EncryptionKeyInvalid", ErrorCategory.InvalidArgument);
        Assert.True(key.Length == 0 || !result.AllText().Contains(key, StringComparison.Ordinal));
        Assert.Empty(Requests(EmulatedService.Storage));
    }

    [Fact]
    public void An_old_generation_is_brought_back_by_copying_it_to_its_own_name()
    {
        SetBucket(b => b with { Versioning = true });
        EmulatedObject old = Put("a", "one");
        Put("a", "two");

        Run("Get-GcsObject demo-project-bucket-0001 a -IncludeVersions | Where-Object DeletionTime | Copy-GcsObject -DestinationName a").MustSucceed();
        Assert.Equal("one", Cloud.State.Objects.Find(Bucket, "a")!.ReadText());

        Put("a", "three");
        Run($"Copy-GcsObject 'gs://demo-project-bucket-0001/a#{old.Generation}' gs://demo-project-bucket-0001/a").MustSucceed();
        Assert.Equal("one", Cloud.State.Objects.Find(Bucket, "a")!.ReadText());
    }

    [Theory]
    [InlineData("Copy-GcsObject C:\\temp\\x.txt gs://demo-project-bucket-0001/x", "LocalPathRefused", ErrorCategory.InvalidArgument)]
    [InlineData("Copy-GcsObject ./x.txt gs://demo-project-bucket-0001/x", "LocalPathRefused", ErrorCategory.InvalidArgument)]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a /tmp/x", "LocalPathRefused", ErrorCategory.InvalidArgument)]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a .\\x", "LocalPathRefused", ErrorCategory.InvalidArgument)]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a", "DestinationMissing", ErrorCategory.InvalidArgument)]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/a", "DestinationIsSource", ErrorCategory.InvalidArgument)]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/x -DestinationName y", "ObjectNameTwice", ErrorCategory.InvalidArgument)]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/nope gs://demo-project-bucket-0001/x", "ObjectNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-9999/x", "BucketNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001 gs://demo-project-bucket-0002", "ObjectNameMissing", ErrorCategory.InvalidArgument)]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/x -KmsKeyName k -EncryptionKey ([securestring]::new())", "ParametersExclude", ErrorCategory.InvalidArgument)]
    public void What_is_wrong_is_said(string script, string id, ErrorCategory category)
    {
        Put("a");

        Run(script).SingleError(id, category);

        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void Two_never_go_to_one_name()
    {
        Put("a/x", "1");
        Put("b/x", "2");

        RunResult result = Run("Get-GcsObject demo-project-bucket-0001 | Copy-GcsObject gs://demo-project-bucket-0002/flat/");

        result.SingleError("DestinationTwice", ErrorCategory.InvalidArgument);
        Assert.Equal("1", Cloud.State.Objects.Find(Other, "flat/x")!.ReadText());
    }

    [Fact]
    public void Odd_names_are_copied_moved_and_renamed_back()
    {
        foreach (string name in OddNames)
        {
            Put(name, name);
        }

        Run("Get-GcsObject demo-project-bucket-0001 | Copy-GcsObject gs://demo-project-bucket-0002").MustSucceed();
        Run("Get-GcsObject demo-project-bucket-0002 | Move-GcsObject gs://demo-project-bucket-0003").MustSucceed();
        Run("Move-GcsObject gs://demo-project-bucket-0003 gs://demo-project-bucket-0003/new/ -Recurse").MustSucceed();

        Assert.Empty(Names(Other));
        Assert.Equal(
            OddNames.Select(n => "new/" + n + "=" + n).Order(StringComparer.Ordinal),
            Cloud.State.Objects.All("demo-project-bucket-0003").Select(o => o.Name + "=" + o.ReadText()).Order(StringComparer.Ordinal));
    }
}
