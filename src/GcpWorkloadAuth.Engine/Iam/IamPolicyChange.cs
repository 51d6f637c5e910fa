using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Iam;

/// <summary>
/// Gives or takes roles: reads the policy, changes it, writes it with the etag that was read, and begins again where somebody else was
/// faster. For every resource that has a policy. Source: https://cloud.google.com/iam/docs/policies#etag.
/// </summary>
internal static class IamPolicyChange
{
    /// <summary>How often the policy is read at most.</summary>
    public const int MostReadings = 5;

    /// <summary>Makes the change. Where there is nothing to change nothing is written.</summary>
    /// <param name="read">Reads the policy, in version 3.</param>
    /// <param name="write">Writes it and answers what is there then.</param>
    /// <param name="change">What to change.</param>
    /// <exception cref="GcpException">What is to be taken is not there; the policy changes too fast; a refusal.</exception>
    public static async Task<GcpIamPolicy> MakeAsync(Func<Task<GcpIamPolicy>> read, Func<GcpIamPolicy, Task<GcpIamPolicy>> write, BindingChange change)
    {
        for (int reading = 1; ; reading++)
        {
            GcpIamPolicy policy = await read().ConfigureAwait(false);
            if (Apply(policy.Bindings, change) is not { } bindings)
            {
                // On the first reading it was never there; later, somebody's write, perhaps our own whose answer was lost, has taken it.
                return change.IsRemoval && reading == 1
                    ? throw Errors.IamBindingNotFound(change.Role, string.Join(", ", change.Members), policy.Resource)
                    : policy;
            }

            try
            {
                return await write(new GcpIamPolicy
                {
                    Resource = policy.Resource,
                    Version = IamPolicies.Version,
                    ETag = policy.ETag,
                    Bindings = bindings,
                    Source = policy.Source,
                }).ConfigureAwait(false);
            }
            catch (GcpException failure) when (failure.ErrorId is nameof(Errors.Conflict) or nameof(Errors.PreconditionFailed) && reading < MostReadings)
            {
                // Read again.
            }
        }
    }

    /// <summary>The bindings as they are to be; null where they are so already.</summary>
    public static IReadOnlyList<GcpIamBinding>? Apply(IReadOnlyList<GcpIamBinding> bindings, BindingChange change)
    {
        List<GcpIamBinding> result = [];
        HashSet<string> open = new(change.Members, StringComparer.Ordinal);
        if (!change.IsRemoval)
        {
            foreach (GcpIamBinding binding in bindings)
            {
                if (IsMeant(binding, change))
                {
                    open.ExceptWith(binding.Members);
                }
            }

            if (open.Count == 0)
            {
                return null;
            }
        }

        bool isChanged = false;
        bool isAdded = change.IsRemoval;
        foreach (GcpIamBinding binding in bindings)
        {
            if (!IsMeant(binding, change) || (isAdded && !change.IsRemoval))
            {
                result.Add(binding);
                continue;
            }

            List<string> members = [.. binding.Members];
            if (change.IsRemoval)
            {
                isChanged |= members.RemoveAll(open.Contains) > 0;
            }
            else
            {
                AddInOrder(members, change.Members, open);
                isAdded = true;
            }

            if (members.Count > 0)
            {
                result.Add(With(binding, members));
            }
        }

        if (!isAdded)
        {
            List<string> members = [];
            AddInOrder(members, change.Members, open);
            result.Add(With(new GcpIamBinding { Role = change.Role, Condition = change.Condition }, members));
        }

        return change.IsRemoval && !isChanged ? null : result;
    }

    private static bool IsMeant(GcpIamBinding binding, BindingChange change) =>
        binding.Role == change.Role && GcpIamCondition.AreEqual(binding.Condition, change.Condition);

    private static void AddInOrder(List<string> members, IReadOnlyList<string> wanted, HashSet<string> open)
    {
        foreach (string member in wanted)
        {
            if (open.Remove(member))
            {
                members.Add(member);
            }
        }
    }

    private static GcpIamBinding With(GcpIamBinding binding, List<string> members) => new()
    {
        Resource = binding.Resource,
        Role = binding.Role,
        Members = members.ToArray(),
        Condition = binding.Condition,
    };
}
