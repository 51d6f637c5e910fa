using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Buckets;

/// <summary>Get-GcsBucketIamPolicy, Add-GcsBucketIamBinding, Remove-GcsBucketIamBinding.</summary>
public sealed class BucketPolicyTests : BucketTest
{
    private const string Viewer = "roles/storage.objectViewer";
    private const string Until = "-ConditionTitle until -ConditionExpression 'request.time < timestamp(\"2030-01-01T00:00:00Z\")'";

    [Fact]
    public void A_policy_is_read_in_version_3()
    {
        RunResult result = Run("Get-GcsBucketIamPolicy demo-project-bucket-0001").MustSucceed();

        Assert.Equal("GcpWorkloadAuth.GcpIamPolicy", result.Output[0].TypeNames[0]);
        Assert.Equal(Bucket, result.Property("Resource"));
        Assert.Contains("optionsRequestedPolicyVersion=3", Requests(EmulatedService.Storage).Single().Query, StringComparison.Ordinal);
        Assert.NotEmpty((string)result.Property("ETag")!);
        Assert.Contains(Bindings(), b => b.Role == "roles/storage.legacyBucketOwner" && b.Members.Contains("projectOwner:demo-project"));
    }

    [Fact]
    public void A_role_is_given_and_the_policy_comes_back()
    {
        RunResult result = Run($"Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com, group:all@example.com").MustSucceed();

        JsonObject sent = SentBody();
        Assert.Equal("3", sent["version"]!.ToString());
        Assert.NotNull(sent["etag"]);
        Assert.Single(result.Output);
        Assert.Equal(["user:ann@example.com", "group:all@example.com"], Bindings().Single(b => b.Role == Viewer).Members);
        Assert.Equal(5, Bindings().Count);
    }

    [Fact]
    public void Members_are_added_to_the_binding_there_is()
    {
        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com").MustSucceed();
        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com, user:bob@example.com").MustSucceed();

        Assert.Equal(["user:ann@example.com", "user:bob@example.com"], Bindings().Single(b => b.Role == Viewer).Members);
    }

    [Fact]
    public void What_is_there_is_not_written()
    {
        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com").MustSucceed();
        Cloud.Requests.Clear();

        Assert.Single(Run($"Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com").MustSucceed().Output);
        Assert.Empty(Changes());
    }

    [Fact]
    public void The_same_role_under_a_condition_is_another_binding()
    {
        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com").MustSucceed();
        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com {Until}").MustSucceed();
        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:bob@example.com {Until}").MustSucceed();

        List<Binding> bindings = [.. Bindings().Where(b => b.Role == Viewer)];
        Assert.Equal(2, bindings.Count);
        Assert.Equal(["user:ann@example.com"], bindings.Single(b => b.Title is null).Members);
        Assert.Equal(["user:ann@example.com", "user:bob@example.com"], bindings.Single(b => b.Title == "until").Members);
    }

    [Fact]
    public void A_condition_outlives_changes_of_other_bindings()
    {
        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com {Until} -ConditionDescription 'For a while'").MustSucceed();
        Run("$null = Add-GcsBucketIamBinding demo-project-bucket-0001 roles/storage.objectAdmin user:bob@example.com").MustSucceed();

        RunResult condition = Run("((Get-GcsBucketIamPolicy demo-project-bucket-0001).Bindings | Where-Object Condition).Condition").MustSucceed();
        Assert.Equal("until", condition.Property("Title"));
        Assert.Equal("For a while", condition.Property("Description"));
        Assert.Equal("request.time < timestamp(\"2030-01-01T00:00:00Z\")", condition.Property("Expression"));
        Assert.DoesNotContain(Bindings(), b => b.Role.Contains("_withcond_", StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_member_takes_the_binding_along()
    {
        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com, user:bob@example.com").MustSucceed();

        Run($"$null = Remove-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com -Force").MustSucceed();
        Assert.Equal(["user:bob@example.com"], Bindings().Single(b => b.Role == Viewer).Members);
        Run($"$null = Remove-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:bob@example.com -Confirm:$false").MustSucceed();
        Assert.DoesNotContain(Bindings(), b => b.Role == Viewer);
    }

    [Fact]
    public void Taking_without_the_condition_leaves_the_conditional_binding()
    {
        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com {Until}").MustSucceed();

        Run($"Remove-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com -Force").SingleError("IamBindingNotFound", ErrorCategory.ObjectNotFound);
        Assert.Single(Bindings(), b => b.Role == Viewer);
        Run($"$null = Remove-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com -Force {Until}").MustSucceed();
        Assert.DoesNotContain(Bindings(), b => b.Role == Viewer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bindings_can_be_piped(bool isDeserialized)
    {
        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com {Until}").MustSucceed();
        RunResult policy = Run("Get-GcsBucketIamPolicy demo-project-bucket-0001").MustSucceed();
        object source = isDeserialized ? Copies(policy)[0] : policy.Output[0];

        Run("$null = $args[0].Bindings | Where-Object Role -eq 'roles/storage.objectViewer' | Remove-GcsBucketIamBinding -Force", source).MustSucceed();

        Assert.DoesNotContain(Bindings(), b => b.Role == Viewer);
    }

    [Theory]
    [InlineData("Get-GcsBucket | Add-GcsBucketIamBinding -Role roles/storage.objectViewer -Member user:ann@example.com")]
    [InlineData("Get-GcsBucket | Get-GcsBucketIamPolicy | Add-GcsBucketIamBinding -Role roles/storage.objectViewer -Member user:ann@example.com")]
    public void Buckets_and_policies_can_be_piped(string script)
    {
        Assert.Equal(3, Run(script).MustSucceed().Output.Count);
        Assert.Equal(3, Changes().Count);
    }

    [Theory]
    [InlineData(412, "conditionNotMet")]
    [InlineData(409, "conflict")]
    public void Somebody_elses_change_is_read_again(int status, string reason)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/iam", Method = "PUT", Status = status, Times = 2, Body = $$$"""{"error":{"code":{{{status}}},"message":"No.","errors":[{"reason":"{{{reason}}}"}]}}""" });

        Run($"$null = Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com").MustSucceed();

        Assert.Equal(3, Changes().Count);
        Assert.Single(Bindings(), b => b.Role == Viewer);
    }

    [Fact]
    public void After_five_readings_it_gives_up()
    {
        Fault fault = Cloud.Faults.Add(new Fault { PathPattern = "*/iam", Method = "PUT", Status = 412, Body = """{"error":{"code":412,"message":"No."}}""" });

        Run($"Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com").SingleError("PreconditionFailed", ErrorCategory.InvalidOperation);

        Assert.Equal(5, fault.Hits);
    }

    [Theory]
    [InlineData("Add-GcsBucketIamBinding demo-project-bucket-0001 roles/storage.objectViewer user:ann@example.com", 1)]
    [InlineData("Remove-GcsBucketIamBinding demo-project-bucket-0001 roles/storage.legacyBucketReader projectViewer:demo-project -Force", 0)]
    public void A_lost_answer_is_settled(string script, int viewers)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/iam", Method = "PUT", LoseAnswer = true, Times = 1 });

        Assert.Single(Run(script).MustSucceed().Output);

        Assert.Equal(viewers, Bindings().Count(b => b.Role == Viewer));
        Assert.Equal(viewers == 1, Bindings().Any(b => b.Role == "roles/storage.legacyBucketReader"));
    }

    [Theory]
    [InlineData("Add-GcsBucketIamBinding demo-project-bucket-0001 roles/storage.objectViewer allUsers -WhatIf")]
    [InlineData("Remove-GcsBucketIamBinding demo-project-bucket-0001 roles/storage.legacyBucketReader projectViewer:demo-project -Force -WhatIf")]
    public void WhatIf_wins(string script)
    {
        Run(script).MustSucceed();

        Assert.Empty(Changes());
    }

    [Fact]
    public void Taking_asks_unless_told_otherwise()
    {
        // No host here can prompt: that it tries is what is seen.
        Assert.NotEmpty(Run("Remove-GcsBucketIamBinding demo-project-bucket-0001 roles/storage.legacyBucketReader projectViewer:demo-project").Errors);
        Assert.Empty(Changes());
    }

    [Theory]
    [InlineData("-ConditionTitle x", "IamConditionIncomplete")]
    [InlineData("-ConditionExpression true", "IamConditionIncomplete")]
    [InlineData("-ConditionExpression true -ConditionTitle x -Condition @{ Title = 'y'; Expression = 'true' }", "ParametersExclude")]
    public void Half_a_condition_is_refused(string parameters, string id)
    {
        Run($"Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com {parameters}").SingleError(id, ErrorCategory.InvalidArgument);

        Assert.Empty(Requests(EmulatedService.Storage));
    }

    [Fact]
    public void Who_may_not_read_or_write_the_policy_is_told()
    {
        Cloud.State.Objects.Deny("storage.buckets.setIamPolicy");
        ErrorRecord error = Run($"Add-GcsBucketIamBinding demo-project-bucket-0001 {Viewer} user:ann@example.com").SingleError("PermissionDenied", ErrorCategory.PermissionDenied);
        Assert.Contains("storage.buckets.setIamPolicy", error.ToString(), StringComparison.Ordinal);

        Cloud.State.Objects.Deny("storage.buckets.getIamPolicy");
        Run("Get-GcsBucketIamPolicy demo-project-bucket-0001").SingleError("PermissionDenied", ErrorCategory.PermissionDenied);
        Run("Get-GcsBucketIamPolicy no-such-bucket -ErrorAction SilentlyContinue");
    }

    private List<Binding> Bindings() =>
        [.. Run("(Get-GcsBucketIamPolicy demo-project-bucket-0001).Bindings").MustSucceed().Output.Select(b => new Binding(
            (string)b.Properties["Role"].Value,
            [.. (IEnumerable<string>)b.Properties["Members"].Value],
            b.Properties["Condition"].Value?.ToString()))];

    private sealed record Binding(string Role, string[] Members, string? Title);
}
