using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Contracts;

/// <summary>Where an operation is asked for. Neither zone nor region: it is a global one.</summary>
internal sealed record OperationAddress(string Project, string? Zone, string? Region, string Name)
{
    /// <summary>For people: "project/zone".</summary>
    public string Place => Project + "/" + (Zone ?? Region ?? "global");

    public static OperationAddress Of(GceOperation operation) => new(operation.Project, operation.Zone, operation.Region, operation.Name);
}

/// <summary>Which operations are listed. Neither zone nor region nor global: those of all places.</summary>
internal sealed record OperationQuery
{
    public string Project { get; init; } = string.Empty;

    public string? Zone { get; init; }

    public string? Region { get; init; }

    public bool IsGlobal { get; init; }

    /// <summary>The server's own filter expression.</summary>
    public string? Filter { get; init; }

    public bool IsNewestFirst { get; init; }
}

/// <summary>What can be done with an instance.</summary>
internal enum InstanceMethod
{
    Start,
    Stop,
    Suspend,
    Resume,
    Reset,
    Delete,
    SetMetadata,
    SetLabels,
    SetTags,
    SetMachineType,
    SetServiceAccount,
    AttachDisk,
    DetachDisk,
    Insert,
    BulkInsert,
}

/// <summary>One change of an instance; for new ones the address has the name that they are to have.</summary>
internal sealed record InstanceChange(InstanceMethod Method, InstanceAddress At)
{
    /// <summary>The request's body; null for none.</summary>
    public IReadOnlyDictionary<string, object?>? Body { get; init; }

    /// <summary>What becomes of local SSDs; null leaves it to the server, which refuses where there are some.</summary>
    public bool? DiscardLocalSsd { get; init; }

    /// <summary>The device name of a disk that is detached.</summary>
    public string? DeviceName { get; init; }

    /// <summary>The address of an instance template.</summary>
    public string? Template { get; init; }

    /// <summary>What makes the same change the same one when it is asked for again; null makes every one a new one.</summary>
    public Guid? RequestId { get; init; }
}
