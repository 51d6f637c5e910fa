using System.Globalization;
using System.Text.Json;

namespace GcpEmulator.Compute;

/// <summary>The nested objects of an instance (schemas NetworkInterface, AttachedDisk, Metadata, Scheduling and so on).</summary>
internal static class InstanceParts
{
    private const string Root = "https://www.googleapis.com/compute/v1/";

    public static void WriteNetworkInterfaces(Utf8JsonWriter json, EmulatedInstance i, bool running)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("kind", "compute#networkInterface");
        json.WriteString("network", i.Network ?? $"{Root}projects/{i.Project}/global/networks/default");
        json.WriteString("subnetwork", i.Subnetwork ?? $"{Root}projects/{i.Project}/regions/{Places.RegionOf(i.Zone)}/subnetworks/default");
        json.WriteString("networkIP", i.InternalIP);
        json.WriteString("name", "nic0");
        if (i.ExternalIP is not null)
        {
            json.WriteStartArray("accessConfigs");
            json.WriteStartObject();
            json.WriteString("kind", "compute#accessConfig");
            json.WriteString("type", "ONE_TO_ONE_NAT");
            json.WriteString("name", "External NAT");
            if (running || !i.ExternalIPIsEphemeral)
            {
                json.WriteString("natIP", i.ExternalIP); // an ephemeral address is released when the machine stops
            }

            json.WriteString("networkTier", "PREMIUM");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteString("fingerprint", StableNumbers.Fingerprint(i.InternalIP));
        json.WriteString("stackType", "IPV4_ONLY");
        json.WriteString("nicType", "GVNIC");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteDisks(Utf8JsonWriter json, EmulatedInstance i, string zoneUrl)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("kind", "compute#attachedDisk");
        json.WriteString("type", "PERSISTENT");
        json.WriteString("mode", "READ_WRITE");
        json.WriteString("source", $"{zoneUrl}/disks/{i.Name}");
        json.WriteString("deviceName", i.Name);
        json.WriteNumber("index", 0);
        json.WriteBoolean("boot", true);
        json.WriteBoolean("autoDelete", true);
        json.WriteStartArray("licenses");
        json.WriteStringValue(License(i));
        json.WriteEndArray();
        json.WriteString("interface", "SCSI");
        json.WriteStartArray("guestOsFeatures");
        foreach (string feature in i.IsWindows
            ? ["GVNIC", "MULTI_IP_SUBNET", "UEFI_COMPATIBLE", "VIRTIO_SCSI_MULTIQUEUE", "WINDOWS"]
            : (string[])["UEFI_COMPATIBLE", "VIRTIO_SCSI_MULTIQUEUE", "GVNIC", "SEV_CAPABLE"])
        {
            json.WriteStartObject();
            json.WriteString("type", feature);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("diskSizeGb", i.IsWindows ? "50" : "10"); // int64 travels as text
        json.WriteStartObject("shieldedInstanceInitialState");
        json.WriteStartArray("dbxs");
        json.WriteStartObject();
        json.WriteString("content", Convert.ToBase64String(new byte[96]));
        json.WriteString("fileType", "BIN");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("architecture", "X86_64");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static string License(EmulatedInstance i) => i.IsWindows
        ? Root + "projects/windows-cloud/global/licenses/windows-server-2022-dc"
        : Root + "projects/debian-cloud/global/licenses/debian-12-bookworm";

    public static string MetadataFingerprint(EmulatedInstance i) => StableNumbers.Fingerprint(string.Join(',', i.Metadata));

    public static string TagsFingerprint(EmulatedInstance i) => StableNumbers.Fingerprint(string.Join(',', i.Tags));

    public static string LabelFingerprint(EmulatedInstance i) => StableNumbers.Fingerprint(string.Join(',', i.Labels));

    public static void WriteMetadata(Utf8JsonWriter json, EmulatedInstance i)
    {
        json.WriteStartObject();
        json.WriteString("kind", "compute#metadata");
        json.WriteString("fingerprint", MetadataFingerprint(i));
        WriteItems(json, i.Metadata);
        json.WriteEndObject();
    }

    public static void WriteItems(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        json.WriteStartArray("items");
        foreach ((string key, string value) in metadata)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteScheduling(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("onHostMaintenance", "MIGRATE");
        json.WriteBoolean("automaticRestart", true);
        json.WriteBoolean("preemptible", false);
        json.WriteString("provisioningModel", "STANDARD");
        json.WriteEndObject();
    }

    public static void WriteSecurity(Utf8JsonWriter json, Func<string, bool> starts)
    {
        WriteObject(json, starts, "reservationAffinity", static j => j.WriteString("consumeReservationType", "ANY_RESERVATION"));
        WriteObject(json, starts, "displayDevice", static j => j.WriteBoolean("enableDisplay", false));
        WriteObject(json, starts, "shieldedInstanceConfig", static j =>
        {
            j.WriteBoolean("enableSecureBoot", false);
            j.WriteBoolean("enableVtpm", true);
            j.WriteBoolean("enableIntegrityMonitoring", true);
        });
        WriteObject(json, starts, "shieldedInstanceIntegrityPolicy", static j => j.WriteBoolean("updateAutoLearnPolicy", true));
        WriteObject(json, starts, "confidentialInstanceConfig", static j => j.WriteBoolean("enableConfidentialCompute", false));
        WriteObject(json, starts, "resourceStatus", static j =>
        {
            j.WriteStartObject("scheduling");
            j.WriteEndObject();
        });
    }

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static void WriteObject(Utf8JsonWriter json, Func<string, bool> starts, string name, Action<Utf8JsonWriter> content)
    {
        if (starts(name))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }
    }
}
