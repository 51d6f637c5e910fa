using System;
using System.Collections;
using System.Management.Automation;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>What cmdlets have in common that decide what an object says of itself.</summary>
public abstract class GcsObjectChangeCmdlet : GcsObjectCmdlet
{
    private protected const int AtOnce = 8;

    private SideBySide? _work;

    /// <summary>The media type.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? ContentType { get; set; }

    /// <summary>How the stored content is encoded.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? ContentEncoding { get; set; }

    /// <summary>What a browser shall do with it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? ContentDisposition { get; set; }

    /// <summary>The language of the content.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? ContentLanguage { get; set; }

    /// <summary>How long it may be cached.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? CacheControl { get; set; }

    /// <summary>The storage class.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Completers.StorageClassCompleter))]
    [ValidateNotNullOrEmpty]
    public string? StorageClass { get; set; }

    /// <summary>A time of your own; lifecycle rules can use it. It can be moved on, but not back and not taken away.</summary>
    [Parameter]
    public DateTime? CustomTime { get; set; }

    /// <summary>All of the user's own metadata: what is not in it goes.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Metadata { get; set; }

    /// <summary>Asks nothing. -WhatIf wins over it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected SideBySide Work => _work ??= MakeSideBySide(AtOnce);

    private protected ObjectChanges Changes => new()
    {
        ContentType = ContentType,
        ContentEncoding = ContentEncoding,
        ContentDisposition = ContentDisposition,
        ContentLanguage = ContentLanguage,
        CacheControl = CacheControl,
        StorageClass = StorageClass?.ToUpperInvariant(),
        CustomTime = CustomTime,
        Metadata = StringMaps.From(Metadata),
    };
}
