using System;
using System.Collections.Generic;
using System.Globalization;

namespace GcpWorkloadAuth;

/// <summary>What went wrong in a run of a transfer job, all errors of one code together.</summary>
public sealed class GcsTransferError
{
    /// <summary>Google's name of the code: PERMISSION_DENIED, NOT_FOUND ...</summary>
    public string Code { get; internal set; } = string.Empty;

    /// <summary>How often it happened.</summary>
    public long Count { get; internal set; }

    /// <summary>Some of them, at most five (source: TransferOperation.errorBreakdowns).</summary>
    public IReadOnlyList<GcsTransferErrorSample> Samples { get; internal set; } = Array.Empty<GcsTransferErrorSample>();

    /// <summary>Code and count: "NOT_FOUND (3)".</summary>
    public override string ToString() => Code + " (" + Count.ToString(CultureInfo.InvariantCulture) + ")";
}

/// <summary>One object that a transfer failed on.</summary>
public sealed class GcsTransferErrorSample
{
    /// <summary>The address of the object, as the service writes it.</summary>
    public string Uri { get; internal set; } = string.Empty;

    /// <summary>Google's words.</summary>
    public IReadOnlyList<string> Details { get; internal set; } = Array.Empty<string>();

    /// <summary>The address and the words.</summary>
    public override string ToString() => Details.Count == 0 ? Uri : Uri + ": " + string.Join(" ", Details);
}
