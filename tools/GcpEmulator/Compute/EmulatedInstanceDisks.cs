using System.Globalization;
using System.Text.Json.Nodes;
using GcpEmulator.Compute;

namespace GcpEmulator;

/// <summary>Changes of an instance's disks, for tests.</summary>
public static class EmulatedInstanceDisks
{
    /// <summary>The same machine with a local SSD.</summary>
    public static EmulatedInstance WithLocalSsd(this EmulatedInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        JsonArray disks = InstanceDisks.Of(instance);
        disks.Add(new JsonObject
        {
            ["kind"] = "compute#attachedDisk",
            ["type"] = "SCRATCH",
            ["mode"] = "READ_WRITE",
            ["deviceName"] = string.Create(CultureInfo.InvariantCulture, $"local-ssd-{disks.Count - 1}"),
            ["index"] = disks.Count,
            ["boot"] = false,
            ["autoDelete"] = true,
            ["interface"] = "NVME",
            ["diskSizeGb"] = "375",
        });
        return InstanceDisks.With(instance, "disks", disks);
    }
}
