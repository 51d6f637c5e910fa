using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Takes snapshots of disks.</summary>
[Cmdlet(VerbsCommon.New, "GceSnapshot", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "New-GceSnapshot.md")]
[OutputType(typeof(GceSnapshot), typeof(GceOperation))]
public sealed class NewGceSnapshotCommand : GcePlacedCmdlet
{
    private const int LongestName = 63;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Disks, or names. A disk's own place and project win. A name without a place is looked for in all of them.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [GceResourceTransformation(typeof(GceDisk))]
    [ValidateNotNullOrEmpty]
    public GceDisk[] Disk { get; set; } = [];

    /// <summary>The snapshot's name; without it, the disk's name and the time, in UTC.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Let the guest write all that is pending first (VSS on Windows); the disk must belong to a running instance.</summary>
    [Parameter]
    [Alias("VSS")]
    public SwitchParameter GuestFlush { get; set; }

    /// <summary>Where it is stored: a region, or a multi-region as eu.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StorageLocation { get; set; }

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
        Dictionary<string, object?> fields = MakeFields();
        List<(ResourceAddress At, object Target)> found = new();
        foreach (GceDisk disk in Disk)
        {
            NamedResource named = NamedResource.Of(disk);
            await ForItemAsync(named.Target, async () => found.Add(((await ResolveAsync<GceDisk>(named, "disk")).At, named.Target)));
        }

        foreach ((ResourceAddress disk, object target) in found)
        {
            string name = Name ?? MakeName(disk);
            if (ShouldProcess(Describe(disk), string.Format(CultureInfo.CurrentCulture, Strings.ActionNewSnapshot, name)))
            {
                await StartAsync(target, disk, name, fields);
            }
        }
    }

    private Task StartAsync(object target, ResourceAddress disk, string name, Dictionary<string, object?> fields)
    {
        string place = disk.Place.Zone is { } zone ? "/zones/" + zone : "/regions/" + disk.Place.Region;
        ResourceAddress at = new(disk.Project, ResourcePlace.Global, name);
        ResourceChange change = new(ResourceMethod.InsertSnapshot, at)
        {
            Body = new Dictionary<string, object?>(fields) { ["name"] = name, ["sourceDisk"] = "projects/" + disk.Project + place + "/disks/" + disk.Name },
        };
        return StartAsync(
            target, change, async () => await TryReadAsync<GceSnapshot>(at) is { Status: "READY" }, async () => WriteObject(await ReadAsync<GceSnapshot>(at)));
    }

    private Dictionary<string, object?> MakeFields()
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        if (GuestFlush)
        {
            fields["guestFlush"] = true;
        }

        if (StorageLocation is not null)
        {
            fields["storageLocations"] = new List<object?> { StorageLocation };
        }

        if (Labels.Of(Label) is { } labels)
        {
            fields["labels"] = labels.ToDictionary(static e => e.Key, static e => (object?)e.Value);
        }

        if (Description is not null)
        {
            fields["description"] = Description;
        }

        return fields;
    }

    // Disks of one name in several zones are snapshots of one project.
    private string MakeName(ResourceAddress disk)
    {
        string time = DateTime.UtcNow.ToString("'-'yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture);
        for (int i = 1; ; i++)
        {
            string end = i == 1 ? time : time + "-" + i.ToString(CultureInfo.InvariantCulture);
            string name = disk.Name.Substring(0, Math.Min(disk.Name.Length, LongestName - end.Length)) + end;
            if (_names.Add(disk.Project + "/" + name))
            {
                return name;
            }
        }
    }
}
