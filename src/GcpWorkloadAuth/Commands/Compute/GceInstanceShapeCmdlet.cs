using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>What a new instance is to be: the parameters of New-GceInstance and New-GceInstanceConfig.</summary>
public abstract class GceInstanceShapeCmdlet : GceWaitingCmdlet
{
    /// <summary>The machine type, as e2-medium.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachineTypeCompleter))]
    public string? MachineType { get; set; }

    /// <summary>The image of the boot disk: a name, or project/name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>The image family of the boot disk, whose newest image is taken: project/family, as windows-cloud/windows-2022.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageFamilyCompleter))]
    public string? ImageFamily { get; set; }

    /// <summary>The size of the boot disk in GB; without it, that of the image.</summary>
    [Parameter]
    [ValidateRange(1, 65536)]
    public int? BootDiskSize { get; set; }

    /// <summary>The type of the boot disk, as pd-balanced.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BootDiskType { get; set; }

    /// <summary>Disks that are there already and are attached too, by name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Disk { get; set; }

    /// <summary>The network; without -Network and -Subnet, the one named default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public string? Network { get; set; }

    /// <summary>The subnet.</summary>
    [Parameter]
    [Alias("Subnetwork")]
    [ValidateNotNullOrEmpty]
    public string? Subnet { get; set; }

    /// <summary>Ephemeral, none, or an address that is reserved.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExternalIP { get; set; }

    /// <summary>Network tags.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Tag { get; set; }

    /// <summary>Labels.</summary>
    [Parameter]
    [Alias("Labels")]
    [ValidateNotNull]
    public Hashtable? Label { get; set; }

    /// <summary>Custom metadata.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Metadata { get; set; }

    /// <summary>A script that runs at each start: .ps1, .cmd and .bat for Windows, anything else for Linux.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StartupScript { get; set; }

    /// <summary>The service account, by its e-mail address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ServiceAccount { get; set; }

    /// <summary>What the tokens of the service account may be for; without it, cloud-platform.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    public string[]? Scope { get; set; }

    /// <summary>A Spot instance: cheap, and taken back when Compute Engine needs it.</summary>
    [Parameter]
    public SwitchParameter Spot { get; set; }

    /// <summary>Secure Boot, of a shielded VM.</summary>
    [Parameter]
    public SwitchParameter SecureBoot { get; set; }

    /// <summary>The technology of a confidential VM: SEV, SEV_SNP or TDX.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfidentialType { get; set; }

    /// <summary>Any fields of the API's instance resource; they win over the other parameters.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Property { get; set; }

    /// <summary>The fields that the parameters mean.</summary>
    private protected Dictionary<string, object?> MakeFields()
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        Put(fields, "machineType", MachineType);
        Put(fields, "disks", MakeDisks());
        Put(fields, "networkInterfaces", MakeNetwork());
        Put(fields, "tags", Tag is null ? null : new Dictionary<string, object?> { ["items"] = Tag.ToList<object?>() });
        Put(fields, "labels", Label is null ? null : MapEdit.Strings(Label).ToDictionary(static e => e.Key, static e => (object?)e.Value));
        Put(fields, "metadata", MakeMetadata());
        if (ServiceAccount is not null || Scope is not null)
        {
            fields["serviceAccounts"] = new List<object?>
            {
                new Dictionary<string, object?>
                {
                    ["email"] = ServiceAccount ?? "default",
                    ["scopes"] = (Scope ?? ["https://www.googleapis.com/auth/cloud-platform"]).ToList<object?>(),
                },
            };
        }

        Put(fields, "scheduling", MakeScheduling());
        Put(fields, "shieldedInstanceConfig", SecureBoot ? new Dictionary<string, object?> { ["enableSecureBoot"] = true } : null);
        Put(fields, "confidentialInstanceConfig", ConfidentialType is null ? null : new Dictionary<string, object?>
        {
            ["enableConfidentialCompute"] = true,
            ["confidentialInstanceType"] = ConfidentialType,
        });
        return Property is null ? fields : InstanceFields.Merge(fields, (IReadOnlyDictionary<string, object?>?)JsonValues.From(Property, nameof(Property)));
    }

    private static void Put(Dictionary<string, object?> fields, string name, object? value)
    {
        if (value is not null)
        {
            fields[name] = value;
        }
    }

    private List<object?>? MakeDisks()
    {
        string? image = Image is not null ? InstanceFields.Image(Image, isFamily: false)
            : ImageFamily is not null ? InstanceFields.Image(ImageFamily, isFamily: true)
            : null;
        if (image is null)
        {
            return Disk?.Select(MakeDisk).ToList();
        }

        Dictionary<string, object?> parameters = new(StringComparer.Ordinal) { ["sourceImage"] = image };
        Put(parameters, "diskSizeGb", BootDiskSize?.ToString(CultureInfo.InvariantCulture));
        Put(parameters, "diskType", BootDiskType);
        List<object?> disks = [new Dictionary<string, object?> { ["boot"] = true, ["autoDelete"] = true, ["initializeParams"] = parameters }];
        disks.AddRange((Disk ?? []).Select(MakeDisk));
        return disks;
    }

    private static object? MakeDisk(string name) => new Dictionary<string, object?> { ["source"] = name, ["boot"] = false, ["autoDelete"] = false };

    private List<object?>? MakeNetwork()
    {
        if (Network is null && Subnet is null && ExternalIP is null)
        {
            return null;
        }

        Dictionary<string, object?> network = new(StringComparer.Ordinal);
        Put(network, "network", Network ?? (Subnet is null ? "default" : null));
        Put(network, "subnetwork", Subnet);
        if (!string.Equals(ExternalIP, "none", StringComparison.OrdinalIgnoreCase))
        {
            Dictionary<string, object?> access = new(StringComparer.Ordinal) { ["type"] = "ONE_TO_ONE_NAT", ["name"] = "External NAT" };
            Put(access, "natIP", string.Equals(ExternalIP, "ephemeral", StringComparison.OrdinalIgnoreCase) ? null : ExternalIP);
            network["accessConfigs"] = new List<object?> { access };
        }

        return [network];
    }

    private Dictionary<string, object?>? MakeMetadata()
    {
        Dictionary<string, string> items = MapEdit.Strings(Metadata);
        if (StartupScript is not null)
        {
            string path = FileSystemPaths.Resolve(this, StartupScript);
            items[KeyOf(Path.GetExtension(path))] = ReadScript(path);
        }

        return items.Count == 0 ? null : new Dictionary<string, object?> { ["items"] = InstanceBodies.Items(items) };
    }

    // Source: https://cloud.google.com/compute/docs/instances/startup-scripts/windows.
    private static string KeyOf(string extension) => extension.ToUpperInvariant() switch
    {
        ".PS1" => "windows-startup-script-ps1",
        ".CMD" => "windows-startup-script-cmd",
        ".BAT" => "windows-startup-script-bat",
        _ => "startup-script",
    };

    private static string ReadScript(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.StartupScriptUnreadable(path, e.Message);
        }
    }

    private Dictionary<string, object?>? MakeScheduling() => !Spot ? null : new Dictionary<string, object?>
    {
        ["provisioningModel"] = "SPOT",
        ["instanceTerminationAction"] = "STOP",
        ["onHostMaintenance"] = "TERMINATE",
        ["automaticRestart"] = false,
    };
}
