using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Iam;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Tests.Readers;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Buckets;

public sealed class PolicyChangeTests
{
    private static readonly GcpIamCondition s_condition = new() { Title = "t", Expression = "true" };

    [Fact]
    public void What_is_not_known_is_written_back()
    {
        GcpIamPolicy policy = Models.Read(
            """{"version":1,"etag":"CAE=","auditConfigs":[{"service":"allServices"}],"bindings":[{"role":"r","members":["user:a"],"condition":{"title":"t","expression":"true"}}]}""",
            (ref JsonCursor json) => IamPolicies.Read(ref json, "x"));

        Dictionary<string, object?> written = IamPolicies.Write(policy);

        Assert.Equal(3, written["version"]);
        Assert.Equal("CAE=", written["etag"]);
        Assert.NotNull(written["auditConfigs"]);
        Assert.True(GcpIamCondition.AreEqual(s_condition, Assert.Single(policy.Bindings).Condition));
    }

    [Fact]
    public void Role_and_condition_make_a_binding()
    {
        GcpIamBinding[] bindings = [Binding(null, "user:a"), Binding(s_condition, "user:a")];

        IReadOnlyList<GcpIamBinding> changed = IamPolicyChange.Apply(bindings, new BindingChange("r", ["user:b"], s_condition, IsRemoval: false))!;

        Assert.Equal(["user:a"], changed[0].Members);
        Assert.Equal(["user:a", "user:b"], changed[1].Members);
        Assert.Null(IamPolicyChange.Apply(bindings, new BindingChange("r", ["user:a"], null, IsRemoval: false)));
        Assert.Null(IamPolicyChange.Apply(bindings, new BindingChange("other", ["user:a"], null, IsRemoval: true)));
    }

    [Fact]
    public void The_last_member_takes_the_binding_along_wherever_it_stands()
    {
        // The service itself joins them; another client may have written two.
        GcpIamBinding[] bindings = [Binding(null, "user:a"), Binding(null, "user:a", "user:b"), Binding(s_condition, "user:a")];

        IReadOnlyList<GcpIamBinding> changed = IamPolicyChange.Apply(bindings, new BindingChange("r", ["user:a"], null, IsRemoval: true))!;

        Assert.Equal(2, changed.Count);
        Assert.Equal(["user:b"], changed[0].Members);
        Assert.NotNull(changed[1].Condition);
    }

    [Fact]
    public void A_member_named_twice_is_added_once()
    {
        IReadOnlyList<GcpIamBinding> changed = IamPolicyChange.Apply([], new BindingChange("r", ["user:a", "user:a"], null, IsRemoval: false))!;

        Assert.Equal(["user:a"], Assert.Single(changed).Members);
    }

    [Fact]
    public async Task It_reads_at_most_five_times()
    {
        int readings = 0;
        GcpException failure = await Assert.ThrowsAsync<GcpException>(() => IamPolicyChange.MakeAsync(
            () =>
            {
                readings++;
                return Task.FromResult(new GcpIamPolicy { ETag = "x" });
            },
            _ => throw Errors.Conflict("a", "b"),
            new BindingChange("r", ["user:a"], null, IsRemoval: false)));

        Assert.Equal(nameof(Errors.Conflict), failure.ErrorId);
        Assert.Equal(5, readings);
    }

    private static GcpIamBinding Binding(GcpIamCondition? condition, params string[] members) =>
        new() { Role = "r", Members = members, Condition = condition };
}
