namespace GcpEmulator;

/// <summary>The faults that are armed. The first one that matches a request hits it. Safe for use from several threads.</summary>
public sealed class FaultList
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];
    private RandomFaults? _random;

    internal FaultList()
    {
    }

    /// <summary>The faults that can still hit.</summary>
    public IReadOnlyList<Fault> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _faults.Where(f => !f.IsSpent)];
            }
        }
    }

    /// <summary>Faults by chance, where no armed fault matches; null for none.</summary>
    public RandomFaults? Random
    {
        get
        {
            lock (_gate)
            {
                return _random;
            }
        }

        set
        {
            lock (_gate)
            {
                _random = value;
            }
        }
    }

    /// <summary>Arms a fault and returns it, so that its <see cref="Fault.Hits"/> can be asked later.</summary>
    public Fault Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _faults.Add(fault);
        }

        return fault;
    }

    /// <summary>Takes a fault back.</summary>
    public bool Remove(Fault fault)
    {
        lock (_gate)
        {
            return _faults.Remove(fault);
        }
    }

    /// <summary>Takes all faults back.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
            _random = null;
        }
    }

    internal Fault? Take(EmulatedService service, string method, string path, string query)
    {
        lock (_gate)
        {
            foreach (Fault fault in _faults)
            {
                if (fault.TryHit(service, method, path, query))
                {
                    return fault;
                }
            }

            return _random?.Draw(service, path);
        }
    }
}
