using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Creates disks: empty, of an image, or of a snapshot.</summary>
[Cmdlet(VerbsCommon.New, "GceDisk", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "New-GceDisk.md")]
[OutputType(typeof(GceDisk), typeof(GceOperation))]
public sealed class NewGceDiskCommand : GcePlacedCmdlet
{
    /// <summary>The names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The size in GB (2^30 bytes); without it, that of the image or the snapshot, and for an empty disk the server's choice.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Size")]
    [ValidateRange(1, 65536)]
    public int? SizeGB { get; set; }

    /// <summary>The type, as pd-balanced.</summary>
    [Parameter]
    [Alias("DiskType")]
    [ValidateNotNullOrEmpty]
    public string? Type { get; set; }

    /// <summary>The image that the disk is to hold: a name, or project/name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>The image family whose newest image the disk is to hold: project/family.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ImageFamilyCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ImageFamily { get; set; }

    /// <summary>The snapshot that the disk is to hold: a name, a snapshot, or an address.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("SourceSnapshot")]
    [ResourceName(typeof(GceSnapshot), nameof(GceSnapshot.SelfLink))]
    [ValidateNotNullOrEmpty]
    public string? Snapshot { get; set; }

    /// <summary>The two zones of a regional disk.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? ReplicaZone { get; set; }

    /// <summary>Labels.</summary>
    [Parameter]
    [Alias("Labels")]
    [ValidateNotNull]
    public Hashtable? Label { get; set; }

    /// <summary>The description.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    private protected override async Task ProcessAsync()
    {
        string project = await FindProjectAsync();
        ResourcePlace place = NamedPlace ?? new ResourcePlace(Zone: await FindZoneAsync());
        Dictionary<string, object?> fields = MakeFields(project, place);
        foreach (string name in Name)
        {
            ResourceAddress at = new(project, place, name);
            if (ShouldProcess(Describe(at), Strings.ActionNewDisk))
            {
                ResourceChange change = new(ResourceMethod.InsertDisk, at) { Body = new Dictionary<string, object?>(fields) { ["name"] = name } };
                await StartAsync(name, change, async () => await TryReadAsync<GceDisk>(at) is { Status: "READY" }, async () => WriteObject(await ReadAsync<GceDisk>(at)));
            }
        }
    }

    private async Task<string> FindZoneAsync() =>
        (await Engine.DescribeAsync(Session, offline: false, Call)).Zone?.Value ?? throw Errors.NoZone();

    private Dictionary<string, object?> MakeFields(string project, ResourcePlace place)
    {
        string[] sources = [.. new[] { (Image, "-Image"), (ImageFamily, "-ImageFamily"), (Snapshot, "-Snapshot") }.Where(static s => s.Item1 is not null).Select(static s => s.Item2)];
        if (sources.Length > 1)
        {
            throw Errors.ParametersExclude(sources[0], sources[1]);
        }

        if (ReplicaZone is not null && place.Region is null)
        {
            throw Errors.ParametersExclude("-ReplicaZone", "-Zone");
        }

        string where = "projects/" + project + (place.Zone is { } zone ? "/zones/" + zone : "/regions/" + place.Region);
        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        Put(fields, "sizeGb", SizeGB?.ToString(CultureInfo.InvariantCulture));
        Put(fields, "type", Type is null || Type.Contains("/") ? Type : where + "/diskTypes/" + Type);
        Put(fields, "sourceImage", Image is not null ? InstanceFields.Image(Image, isFamily: false) : ImageFamily is not null ? InstanceFields.Image(ImageFamily, isFamily: true) : null);
        Put(fields, "sourceSnapshot", Snapshot is null || Snapshot.Contains("/") ? Snapshot : "projects/" + project + "/global/snapshots/" + Snapshot);
        Put(fields, "replicaZones", ReplicaZone?.Select(z => (object?)(z.Contains("/") ? z : "projects/" + project + "/zones/" + z)).ToList());
        Put(fields, "labels", Labels.Of(Label)?.ToDictionary(static e => e.Key, static e => (object?)e.Value));
        Put(fields, "description", Description);
        return fields;
    }

    private static void Put(Dictionary<string, object?> fields, string name, object? value)
    {
        if (value is not null)
        {
            fields[name] = value;
        }
    }
}
