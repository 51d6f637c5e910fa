using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Objects;

/// <summary>Remove-GcsObject and the batches it sends.</summary>
public sealed class RemoveObjectTests : ObjectTest
{
    [Theory]
    [InlineData("Remove-GcsObject demo-project-bucket-0001 b -Force")]
    [InlineData("Remove-GcsObject gs://demo-project-bucket-0001/b -Confirm:$false")]
    [InlineData("'gs://demo-project-bucket-0001/b' | Remove-GcsObject -Force")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 b | Remove-GcsObject -Force")]
    [InlineData("[pscustomobject]@{ Bucket = 'demo-project-bucket-0001'; ObjectName = 'b' } | Remove-GcsObject -Force")]
    [InlineData("$ConfirmPreference = 'None'; Remove-GcsObject demo-project-bucket-0001 b")]
    public void One_is_removed(string script)
    {
        Put("a");
        Put("b");

        Assert.Empty(Run(script).MustSucceed().Output);

        Assert.Equal(["a"], Names());
        Assert.Contains("ifGenerationMatch=", Requests(EmulatedService.Storage)[^1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_go_in_batches_of_a_hundred()
    {
        Cloud.State.Objects.AddSynthetic(Bucket, 1250);

        Run("Get-GcsObject demo-project-bucket-0001 | Remove-GcsObject -Force").MustSucceed();

        Assert.Empty(Names());
        List<LoggedRequest> batches = [.. Requests(EmulatedService.Storage).Where(r => r.Path == "/batch/storage/v1")];
        Assert.Equal(13, batches.Count);
        Assert.All(batches, b => Assert.InRange(Count(b.Body, "DELETE /storage/v1/b/"), 50, 100));
        Assert.All(batches, b => Assert.Equal(Count(b.Body, "DELETE "), Count(b.Body, "ifGenerationMatch=")));
    }

    [Fact]
    public void Each_part_of_a_batch_has_its_own_outcome()
    {
        foreach (int i in Enumerable.Range(0, 10))
        {
            Put("n" + i);
        }

        Cloud.Faults.Add(new Fault { PathPattern = "*/o/n3", Method = "DELETE", Status = 503, Times = 1 });
        Cloud.Faults.Add(new Fault { PathPattern = "*/o/n4", Method = "DELETE", Status = 429, Times = 1 });
        Cloud.Faults.Add(new Fault { PathPattern = "*/o/n5", Method = "DELETE", Status = 401, Times = 1 });
        Cloud.Faults.Add(new Fault { PathPattern = "*/o/n6", Method = "DELETE", Status = 403, Body = """{"error":{"code":403,"message":"No."}}""" });
        RunResult result = Run("Get-GcsObject demo-project-bucket-0001 | Remove-GcsObject -Force");

        Assert.Equal(["n6"], Names());
        Assert.Equal("n6", ((dynamic)result.SingleError("PermissionDenied", ErrorCategory.PermissionDenied).TargetObject).Name);

        // Those that are done are not sent again.
        Assert.Equal(1, Requests(EmulatedService.Storage).Sum(r => Count(r.Body, "/o/n1?")));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_lost_answer_of_a_whole_batch_is_settled(bool isLost, bool isDropped)
    {
        foreach (int i in Enumerable.Range(0, 5))
        {
            Put("n" + i);
        }

        Cloud.Faults.Add(new Fault { PathPattern = "/batch/*", LoseAnswer = isLost, Drop = isDropped, Times = 1 });
        Run("Get-GcsObject demo-project-bucket-0001 | Remove-GcsObject -Force").MustSucceed();

        Assert.Empty(Names());
        Assert.Equal(2, Requests(EmulatedService.Storage).Count(r => r.Path == "/batch/storage/v1"));
    }

    [Fact]
    public void A_lost_answer_of_one_is_settled()
    {
        Put("a");
        Cloud.Faults.Add(new Fault { PathPattern = "*/o/a", Method = "DELETE", LoseAnswer = true, Times = 1 });

        Run("Remove-GcsObject demo-project-bucket-0001 a -Force").MustSucceed();

        Assert.Empty(Names());
    }

    [Fact]
    public void A_lost_answer_never_takes_what_came_after()
    {
        Put("a", "old");
        Fault lost = Cloud.Faults.Add(new Fault { PathPattern = "*/o/a", Method = "DELETE", LoseAnswer = true, Times = 1 });
        Fault slow = Cloud.Faults.Add(new Fault { PathPattern = "*/o/a", Method = "DELETE", Delay = TimeSpan.FromMilliseconds(500), Times = 1 });
        using Timer recreate = new(
            _ =>
            {
                if (lost.Hits == 1 && Cloud.State.Objects.Find(Bucket, "a") is null)
                {
                    Put("a", "new");
                }
            },
            null,
            0,
            5);

        Run("Remove-GcsObject demo-project-bucket-0001 a -Force").MustSucceed();

        Assert.Equal(1, slow.Hits);
        Assert.Equal("new", Cloud.State.Objects.Find(Bucket, "a")?.ReadText());
    }

    [Fact]
    public void What_was_overwritten_since_it_was_listed_stays()
    {
        Put("a", "one");
        RunResult listed = Run("Get-GcsObject demo-project-bucket-0001 a").MustSucceed();
        Put("a", "two");
        Put("b");

        RunResult result = Run("$args[0] | Remove-GcsObject -Force; Remove-GcsObject demo-project-bucket-0001 b -Force", listed.Output);

        result.SingleError("PreconditionFailed", ErrorCategory.InvalidOperation);
        Assert.Equal("two", Cloud.State.Objects.Find(Bucket, "a")!.ReadText());
        Assert.Equal(["a"], Names());
    }

    [Theory]
    [InlineData("Remove-GcsObject demo-project-bucket-0001 a, b -WhatIf")]
    [InlineData("Remove-GcsObject demo-project-bucket-0001 a, b -Force -WhatIf")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 | Remove-GcsObject -Force -WhatIf")]
    [InlineData("Remove-GcsObject gs://demo-project-bucket-0001 -Recurse -Force -WhatIf")]
    [InlineData("Remove-GcsObject demo-project-bucket-0001 -Prefix a -Force -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Remove-GcsObject demo-project-bucket-0001 a, b -Force")]
    public void WhatIf_wins(string script)
    {
        Put("a");
        Put("b");

        Run(script).MustSucceed();

        Assert.Equal(["a", "b"], Names());
        Assert.DoesNotContain(Requests(EmulatedService.Storage), r => r.Method != "GET");
    }

    [Theory]
    [InlineData("Remove-GcsObject demo-project-bucket-0001 a")]
    [InlineData("Remove-GcsObject demo-project-bucket-0001 a -Force -Confirm")]
    public void It_asks_unless_told_otherwise(string script)
    {
        Put("a");

        // No host here can prompt: that it tries is what is seen.
        Assert.NotEmpty(Run(script).Errors);
        Assert.Equal(["a"], Names());
    }

    [Theory]
    [InlineData("Remove-GcsObject demo-project-bucket-0001 -Prefix a/ -Force")]
    [InlineData("Remove-GcsObject gs://demo-project-bucket-0001/a/ -Recurse -Force")]
    [InlineData("'gs://demo-project-bucket-0001/a/' | Remove-GcsObject -Recurse -Force")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -Delimiter / | Where-Object { $_.Name -eq 'a/' } | Remove-GcsObject -Recurse -Force")]
    public void A_prefix_goes_as_a_whole(string script)
    {
        Put("a/1");
        Put("a/b/2");
        Put("a");
        Put("ab");

        Run(script).MustSucceed();

        Assert.Equal(["a", "ab"], Names());
    }

    [Theory]
    [InlineData("Remove-GcsObject demo-project-bucket-0001 -Force", "ObjectNameMissing")]
    [InlineData("Remove-GcsObject gs://demo-project-bucket-0001 -Force", "ObjectNameMissing")]
    [InlineData("Get-GcsBucket demo-project-bucket-0001 | Remove-GcsObject -Force", "ObjectNameMissing")]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -Delimiter / | Remove-GcsObject -Force", "PrefixNotObject")]
    [InlineData("Remove-GcsObject demo-project-bucket-0001 -Name x -Prefix a -Force", "ParametersExclude")]
    [InlineData("Remove-GcsObject demo-project-bucket-0001 -Name '..' -Force", "ObjectNameInvalid")]
    public void Nothing_goes_by_mistake(string script, string id)
    {
        Put("a/1");

        Run(script).SingleError(id, ErrorCategory.InvalidArgument);

        Assert.Equal(["a/1"], Names());
    }

    [Fact]
    public void Generations_are_removed_one_by_one_or_with_everything()
    {
        SetBucket(b => b with { Versioning = true, SoftDeleteDays = 0 });
        EmulatedObject old = Put("a", "one");
        Put("a", "two");
        Put("b");
        Run($"Remove-GcsObject 'gs://demo-project-bucket-0001/a#{old.Generation}' -Force").MustSucceed();
        Assert.Equal(["a", "b"], Names(versions: true));

        Run("Get-GcsObject demo-project-bucket-0001 a | Remove-GcsObject -Force").MustSucceed();
        Assert.Equal(["b"], Names());
        Assert.Equal(["a", "b"], Names(versions: true));

        Run("Get-GcsObject demo-project-bucket-0001 -IncludeVersions | Where-Object DeletionTime | Remove-GcsObject -Force").MustSucceed();
        Assert.Equal(["b"], Names(versions: true));

        Put("b", "again");
        Run("Remove-GcsObject gs://demo-project-bucket-0001 -Recurse -IncludeVersions -Force").MustSucceed();
        Assert.Empty(Names(versions: true));
    }

    [Fact]
    public void Objects_come_from_jobs_too_and_soft_deleted_ones_are_refused()
    {
        Put("a");
        Put("b");
        RunResult listed = Run("Get-GcsObject demo-project-bucket-0001").MustSucceed();

        Run("$args[0] | Remove-GcsObject -Force", Copies(listed)).MustSucceed();
        Assert.Empty(Names());

        RunResult gone = Run("Get-GcsObject demo-project-bucket-0001 -SoftDeleted | Remove-GcsObject -Force");
        Assert.Equal(2, gone.Errors.Count);
        Assert.All(gone.Errors, e => Assert.StartsWith("SoftDeletedObject", e.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_odd_name_is_removed_alone_and_in_a_batch()
    {
        string[] names = [.. OddNames, new string('x', 1024)];
        foreach (string name in names)
        {
            Put(name);
        }

        Run("Remove-GcsObject demo-project-bucket-0001 $args[0] -Force", (object)names).MustSucceed();
        Assert.Empty(Names());

        foreach (string name in names)
        {
            Put(name);
            Run("Get-GcsObject demo-project-bucket-0001 $args[0] | Remove-GcsObject -Force", name).MustSucceed();
            Assert.Empty(Names());
        }
    }

    [Fact]
    public void Missing_ones_retained_ones_and_a_missing_bucket_stop_nobody()
    {
        Put("a");
        Put("held");
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*/o/held",
            Method = "DELETE",
            Status = 403,
            Body = """{"error":{"code":403,"message":"Object is under active Temporary hold.","errors":[{"domain":"global","reason":"retentionPolicyNotMet","message":"x"}]}}""",
        });

        RunResult result = Run("Remove-GcsObject demo-project-bucket-0001 nope, held, a -Force; Remove-GcsObject demo-project-bucket-9999 a -Force");

        Assert.Equal(["ObjectNotFound", "RetentionActive", "ObjectNotFound"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["held"], Names());
    }

    [Fact]
    public void Who_may_delete_and_not_read_can_delete()
    {
        Put("a");
        Cloud.State.Objects.Deny("storage.objects.get");

        Run("Remove-GcsObject demo-project-bucket-0001 a -Force").MustSucceed();

        Assert.Empty(Names());
    }

    [Fact]
    public void An_endpoint_without_batches_is_served_call_by_call()
    {
        Put("a");
        Put("b");
        Cloud.Faults.Add(new Fault { PathPattern = "/batch/*", Status = 404 });

        Run("Get-GcsObject demo-project-bucket-0001 | Remove-GcsObject -Force").MustSucceed();

        Assert.Empty(Names());
    }

    [Fact]
    public async Task Ctrl_C_ends_a_batch_that_hangs()
    {
        Put("a");
        Put("b");
        Fault hang = Cloud.Faults.Add(new Fault { PathPattern = "/batch/*", Hang = true });

        RunResult result = await Shell.StopAsync("Get-GcsObject demo-project-bucket-0001 | Remove-GcsObject -Force", Task.Run(async () =>
        {
            while (hang.Hits == 0)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }, TestContext.Current.CancellationToken));

        Assert.Equal(PSInvocationState.Stopped, result.State);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
