using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Gathers deletions into requests of a hundred and keeps several of these under way. For one cmdlet, on its pipeline thread.</summary>
internal sealed class DeletionQueue
{
    /// <summary>How many requests are under way at a time.</summary>
    public const int AtOnce = 4;

    private const int Together = 100;
    private readonly SideBySide _work;
    private readonly Func<IReadOnlyList<ObjectDeletion>, Task<GcpException?[]>> _delete;
    private readonly Action<GcpException, object?> _fail;
    private readonly Action<object?>? _done;
    private List<ObjectDeletion> _items = new();
    private List<object?> _targets = new();

    /// <param name="work">Runs the requests.</param>
    /// <param name="delete">Sends one: IEngine.DeleteObjectsAsync.</param>
    /// <param name="fail">Reports what could not be deleted, with the target it was added with.</param>
    /// <param name="done">Told the target of what was deleted; null where nobody cares.</param>
    public DeletionQueue(
        SideBySide work,
        Func<IReadOnlyList<ObjectDeletion>, Task<GcpException?[]>> delete,
        Action<GcpException, object?> fail,
        Action<object?>? done = null)
    {
        _work = work;
        _delete = delete;
        _fail = fail;
        _done = done;
    }

    /// <summary>How an object as it was listed or named is deleted: nothing but that generation.</summary>
    /// <exception cref="GcpException">It is soft-deleted already.</exception>
    public static ObjectDeletion DeletionOf(GcsObject item)
    {
        if (item.SoftDeletionTime is not null)
        {
            throw Errors.SoftDeletedObject(new ObjectAddress(item.Bucket, item.Name, item.Generation).ToString());
        }

        // With its generation named a live object would not become noncurrent but go for good.
        bool isGenerationMeant = item.DeletionTime is not null || item.IsNamedOnly;
        return new ObjectDeletion(new ObjectAddress(item.Bucket, item.Name, isGenerationMeant ? item.Generation : null))
        {
            IfGenerationMatch = isGenerationMeant ? null : item.Generation,
        };
    }

    /// <summary>Adds one; sends when a hundred are together and there is a place for a request.</summary>
    public Task AddAsync(ObjectDeletion item, object? target)
    {
        _items.Add(item);
        _targets.Add(target);
        return _items.Count < Together ? Task.CompletedTask : SendAsync();
    }

    /// <summary>Sends what is left and waits for all.</summary>
    public async Task FinishAsync()
    {
        if (_items.Count > 0)
        {
            await SendAsync();
        }

        await _work.FinishAsync();
    }

    private Task SendAsync()
    {
        List<ObjectDeletion> items = _items;
        List<object?> targets = _targets;
        _items = new List<ObjectDeletion>();
        _targets = new List<object?>();
        return _work.StartAsync(() => DeleteAsync(items, targets));
    }

    private async Task DeleteAsync(List<ObjectDeletion> items, List<object?> targets)
    {
        GcpException?[] outcomes;
        try
        {
            outcomes = await _delete(items);
        }
        catch (GcpException failure)
        {
            outcomes = new GcpException?[items.Count];
            for (int i = 0; i < outcomes.Length; i++)
            {
                outcomes[i] = failure;
            }
        }

        for (int i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is { } failure)
            {
                _fail(failure, targets[i]);
            }
            else
            {
                _done?.Invoke(targets[i]);
            }
        }
    }
}
