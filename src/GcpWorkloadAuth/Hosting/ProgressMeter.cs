using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// The progress of long work: one record for all of it (done and total, bytes, rate, time left) and at most three below it for what is under
/// way. Told from any thread, shown on the pipeline thread, about five times a second, and not at all for work that is over at once.
/// </summary>
internal sealed class ProgressMeter : IDisposable
{
    private const int Shown = 3;
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(200);
    private readonly Action<ProgressRecord> _write;
    private readonly SynchronizationContext? _pipeline;
    private readonly string _activity;
    private readonly int _id;
    private readonly DateTime _start = DateTime.UtcNow;
    private readonly List<Item> _running = new();
    private readonly List<int> _children = new();
    private readonly Timer _timer;
    private long _bytes;
    private long _totalBytes;
    private int _done;
    private int _started;
    private int _isPosted;
    private bool _isShown;
    private volatile bool _isOver;

    /// <param name="write">WriteProgress of the cmdlet; called on the pipeline thread.</param>
    /// <param name="activity">What is going on.</param>
    public ProgressMeter(Action<ProgressRecord> write, string activity)
    {
        _write = write;
        _pipeline = SynchronizationContext.Current;
        _activity = activity;
        _id = (GetHashCode() & 0xffff) + 1;
        _timer = new Timer(static meter => ((ProgressMeter)meter!).Tick(), this, s_first, s_every);
    }

    /// <summary>How many items there will be; null while nobody knows.</summary>
    public int? Total { get; set; }

    /// <summary>Begins an item; disposing of it ends it.</summary>
    public Item Start(string name)
    {
        Item item = new(this, name, _id + 1 + (_started++ % 1000));
        lock (_running)
        {
            _running.Add(item);
        }

        return item;
    }

    /// <summary>Ends the display.</summary>
    public void Dispose()
    {
        _isOver = true;
        _timer.Dispose();
        if (_isShown)
        {
            _isShown = false;
            foreach (int child in _children)
            {
                _write(Completed(child));
            }

            _write(Completed(_id));
        }
    }

    private void Tick()
    {
        if (!_isOver && Interlocked.Exchange(ref _isPosted, 1) == 0)
        {
            _pipeline?.Post(static meter => ((ProgressMeter)meter!).Show(), this);
        }
    }

    private void Show()
    {
        Volatile.Write(ref _isPosted, 0);
        if (_isOver)
        {
            return;
        }

        _isShown = true;
        _write(Parent());
        List<Item> items = new();
        lock (_running)
        {
            for (int i = 0; i < _running.Count && i < Shown; i++)
            {
                items.Add(_running[i]);
            }
        }

        for (int i = _children.Count - 1; i >= 0; i--)
        {
            if (!items.Exists(item => item.Id == _children[i]))
            {
                _write(Completed(_children[i]));
                _children.RemoveAt(i);
            }
        }

        foreach (Item item in items)
        {
            if (!_children.Contains(item.Id))
            {
                _children.Add(item.Id);
            }

            _write(item.Describe(_id));
        }
    }

    private ProgressRecord Parent()
    {
        long bytes = Interlocked.Read(ref _bytes);
        long total = Interlocked.Read(ref _totalBytes);
        double seconds = Math.Max(0.001, (DateTime.UtcNow - _start).TotalSeconds);
        string items = Total is { } all
            ? string.Format(CultureInfo.CurrentCulture, "{0:N0} of {1:N0}", _done, all)
            : string.Format(CultureInfo.CurrentCulture, "{0:N0} done", _done);
        ProgressRecord record = new(_id, _activity, items);
        if (total > 0)
        {
            double rate = bytes / seconds;
            record.StatusDescription = string.Format(
                CultureInfo.CurrentCulture, "{0}; {1} of {2}, {3}/s", items, Size(bytes), Size(total), Size((long)rate));
            record.PercentComplete = (int)Math.Min(100, Math.Max(0, bytes * 100.0 / total));
            bool isAllKnown = Total is not null && _started >= Total;
            if (rate > 0 && isAllKnown && bytes <= total)
            {
                record.SecondsRemaining = (int)Math.Min(int.MaxValue, (total - bytes) / rate);
            }
        }

        return record;
    }

    private ProgressRecord Completed(int id) => new(id, _activity, " ") { RecordType = ProgressRecordType.Completed };

    private static string Size(long bytes)
    {
        string[] units = { "B", "KiB", "MiB", "GiB", "TiB" };
        double value = bytes;
        int unit = 0;
        for (; value >= 1000 && unit < units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.CurrentCulture) + " " + units[unit];
    }

    /// <summary>One thing that is under way.</summary>
    internal sealed class Item : ITransferProgress, IDisposable
    {
        private readonly ProgressMeter _meter;
        private readonly string _name;
        private long _bytes;
        private long _total;

        public Item(ProgressMeter meter, string name, int id)
        {
            _meter = meter;
            _name = name;
            Id = id;
        }

        public int Id { get; }

        public void Add(long bytes)
        {
            Interlocked.Add(ref _bytes, bytes);
            Interlocked.Add(ref _meter._bytes, bytes);
        }

        public void AddTotal(long bytes)
        {
            Interlocked.Add(ref _total, bytes);
            Interlocked.Add(ref _meter._totalBytes, bytes);
        }

        public void Dispose()
        {
            lock (_meter._running)
            {
                _meter._running.Remove(this);
            }

            _meter._done++;
        }

        public ProgressRecord Describe(int parent)
        {
            long bytes = Interlocked.Read(ref _bytes);
            long total = Interlocked.Read(ref _total);
            ProgressRecord record = new(Id, _name.Length > 0 ? _name : " ", total > 0 ? Size(bytes) + " / " + Size(total) : " ") { ParentActivityId = parent };
            if (total > 0)
            {
                record.PercentComplete = (int)Math.Min(100, Math.Max(0, bytes * 100.0 / total));
            }

            return record;
        }
    }
}
