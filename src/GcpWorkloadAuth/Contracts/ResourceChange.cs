using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Contracts;

/// <summary>What can be done with what lies around instances.</summary>
internal enum ResourceMethod
{
    InsertDisk,
    ResizeDisk,
    DeleteDisk,
    InsertSnapshot,
    DeleteSnapshot,
    ResizeGroup,
    RecreateMembers,
    SetProjectMetadata,
}

/// <summary>One change of a resource; for new ones the address has the name that they are to have.</summary>
internal sealed record ResourceChange(ResourceMethod Method, ResourceAddress At)
{
    /// <summary>The request's body; null for none.</summary>
    public IReadOnlyDictionary<string, object?>? Body { get; init; }

    /// <summary>How many instances a group is to have.</summary>
    public int? Size { get; init; }

    /// <summary>What makes the same change the same one when it is asked for again; null makes every one a new one.</summary>
    public Guid? RequestId { get; init; }
}
