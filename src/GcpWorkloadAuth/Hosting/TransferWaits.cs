using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Which transfer jobs are waited for, and the one progress record that tells of all of them.</summary>
internal sealed class TransferWaits
{
    private static readonly string[] s_units = { "bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GcsTransferOperation> _seen = new(StringComparer.Ordinal);
    private readonly Stopwatch _sinceShown = new();
    private int _all;

    /// <summary>A job is waited for from now on.</summary>
    public void Add(string name)
    {
        if (_waiting.Add(name))
        {
            _all++;
        }
    }

    /// <summary>A job is waited for no more.</summary>
    public void Done(string name) => _waiting.Remove(name);

    /// <summary>The names of all that are still waited for, as arguments of a command, once; then none.</summary>
    public string TakeWaiting()
    {
        string names = string.Join(", ", _waiting);
        _waiting.Clear();
        return names;
    }

    /// <summary>What to show now that more is known of a job; null where it was shown a moment ago.</summary>
    public ProgressRecord? Show(string name, GcsTransferOperation? operation)
    {
        if (operation is not null)
        {
            _seen[name] = operation;
        }

        if (_sinceShown.IsRunning && _sinceShown.ElapsedMilliseconds < 200)
        {
            return null;
        }

        _sinceShown.Restart();
        long objects = 0, objectsFound = 0, bytes = 0, bytesFound = 0;
        foreach (GcsTransferOperation seen in _seen.Values)
        {
            objects += seen.ObjectsCopied + seen.ObjectsSkipped;
            objectsFound += seen.ObjectsFound;
            bytes += seen.BytesCopied + seen.BytesSkipped;
            bytesFound += seen.BytesFound;
        }

        string status = string.Format(
            CultureInfo.CurrentCulture, Strings.ProgressTransferStatus, _all - _waiting.Count, _all, objects, objectsFound, Size(bytes), Size(bytesFound));
        return new ProgressRecord(1, Strings.ProgressTransferJobs, status)
        {
            CurrentOperation = operation?.Status is { Length: > 0 } state ? name + ": " + state : name,
            PercentComplete = bytesFound > 0 ? (int)Math.Min(100, bytes * 100.0 / bytesFound) : -1,
        };
    }

    /// <summary>What ends the progress; null where none was shown.</summary>
    public ProgressRecord? Close() =>
        _sinceShown.IsRunning
            ? new ProgressRecord(1, Strings.ProgressTransferJobs, Strings.ProgressTransferJobs) { RecordType = ProgressRecordType.Completed }
            : null;

    private static string Size(long bytes)
    {
        double number = bytes;
        int unit = 0;
        for (; number >= 1024 && unit < s_units.Length - 1; unit++)
        {
            number /= 1024;
        }

        return number.ToString(unit == 0 ? "0" : "0.0", CultureInfo.CurrentCulture) + " " + s_units[unit];
    }
}
