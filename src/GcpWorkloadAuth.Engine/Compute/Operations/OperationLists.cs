using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Compute.Operations;

/// <summary>Waits for many operations by listing those of their zone: one list every three seconds covers all that are pending there.</summary>
internal sealed class OperationLists(OperationService service)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(3);
    private readonly Dictionary<(string Project, string? Zone, string? Region), Dictionary<string, Pending>> _scopes = [];

    public Task<GceOperation> WaitAsync(GceOperation operation, EngineCall call)
    {
        Pending pending = new(operation);
        (string Project, string? Zone, string? Region) scope = (operation.Project, operation.Zone, operation.Region);
        lock (_scopes)
        {
            if (_scopes.TryGetValue(scope, out Dictionary<string, Pending>? known))
            {
                known[operation.Name] = pending;
            }
            else
            {
                _scopes[scope] = new Dictionary<string, Pending>(StringComparer.Ordinal) { [operation.Name] = pending };
                _ = PollAsync(scope, call);
            }
        }

        return pending.Done.Task;
    }

    private async Task PollAsync((string Project, string? Zone, string? Region) scope, EngineCall call)
    {
        try
        {
            // Those that begin together shall be in the first list.
            await Task.Delay(100, call.Stopping).ConfigureAwait(false);
            while (true)
            {
                List<Pending> pending = Snapshot(scope);
                if (pending.Count == 0)
                {
                    return;
                }

                foreach (Pending unseen in await ListAsync(scope, pending, call).ConfigureAwait(false))
                {
                    // Not in a whole list: it is done and forgotten, or never was. Its own address says which.
                    await GetAsync(unseen, call).ConfigureAwait(false);
                }

                if (!Drop(scope))
                {
                    await Task.Delay(s_pause, call.Stopping).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            Fail(scope, e);
        }
    }

    /// <summary>Those that the list does not have.</summary>
    private async Task<List<Pending>> ListAsync((string Project, string? Zone, string? Region) scope, List<Pending> pending, EngineCall call)
    {
        Dictionary<string, Pending> unseen = new(StringComparer.Ordinal);
        HashSet<string> types = new(StringComparer.Ordinal);
        foreach (Pending one in pending)
        {
            unseen[one.Operation.Name] = one;
            types.Add("(operationType = \"" + one.Operation.OperationType + "\")");
        }

        OperationQuery query = new()
        {
            Project = scope.Project,
            Zone = scope.Zone,
            Region = scope.Region,
            IsGlobal = scope is { Zone: null, Region: null },

            // Not by their names: a hundred of them would be too long an address.
            Filter = string.Join(" OR ", types),
            IsNewestFirst = true,
        };
        IPager<GceOperation> pager = service.List(query);
        try
        {
            while (unseen.Count > 0 && await pager.NextAsync(call).ConfigureAwait(false) is { } page)
            {
                foreach (GceOperation operation in page.Items)
                {
                    if (unseen.TryGetValue(operation.Name, out Pending? one))
                    {
                        unseen.Remove(operation.Name);
                        one.Show(operation);
                    }
                }
            }
        }
        catch (GcpException failure) when (failure.Kind is GcpErrorKind.Permission)
        {
            // A role may allow to look at operations and not to list them: then each is looked at.
        }

        return [.. unseen.Values];
    }

    private async Task GetAsync(Pending pending, EngineCall call)
    {
        try
        {
            pending.Show(await service.GetAsync(OperationAddress.Of(pending.Operation), call).ConfigureAwait(false));
        }
        catch (GcpException failure)
        {
            pending.Done.TrySetException(failure);
        }
    }

    private List<Pending> Snapshot((string Project, string? Zone, string? Region) scope)
    {
        lock (_scopes)
        {
            List<Pending> pending = [];
            foreach (Pending one in _scopes[scope].Values)
            {
                if (!one.Done.Task.IsCompleted)
                {
                    pending.Add(one);
                }
            }

            if (pending.Count == 0)
            {
                _scopes.Remove(scope);
            }

            return pending;
        }
    }

    // True where nothing is left to wait for: the next look ends it.
    private bool Drop((string Project, string? Zone, string? Region) scope)
    {
        lock (_scopes)
        {
            foreach (Pending one in _scopes[scope].Values)
            {
                if (!one.Done.Task.IsCompleted)
                {
                    return false;
                }
            }

            return true;
        }
    }

    private void Fail((string Project, string? Zone, string? Region) scope, Exception e)
    {
        lock (_scopes)
        {
            foreach (Pending one in _scopes[scope].Values)
            {
                if (e is OperationCanceledException)
                {
                    one.Done.TrySetCanceled();
                }
                else
                {
                    one.Done.TrySetException(e);
                }
            }

            _scopes.Remove(scope);
        }
    }

    private sealed class Pending(GceOperation operation)
    {
        public GceOperation Operation { get; } = operation;

        public TaskCompletionSource<GceOperation> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Show(GceOperation operation)
        {
            if (operation.IsDone)
            {
                Done.TrySetResult(operation);
            }
        }
    }
}
