using System.Globalization;
using System.Text.Json;
using GcpEmulator.Compute;

namespace GcpEmulator;

/// <summary>An instance as instances.get shows it. Member names and nesting: discovery document of Compute v1, schema Instance.</summary>
internal static class InstanceJson
{
    private const string Root = "https://www.googleapis.com/compute/v1/";

    public static string SelfLink(EmulatedInstance i) => $"{Root}projects/{i.Project}/zones/{i.Zone}/instances/{i.Name}";

    /// <summary>Time stamps of Compute Engine: milliseconds and an offset from UTC (documentation of creationTimestamp, RFC 3339).</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    public static void Write(Utf8JsonWriter json, EmulatedInstance i)
    {
        json.WriteStartObject();
        void Text(string name, string value)
        {
            if (i.Extra?.ContainsKey(name) != true)
            {
                json.WriteString(name, value);
            }
        }

        bool Starts(string name)
        {
            if (i.Extra?.ContainsKey(name) == true)
            {
                return false;
            }

            json.WritePropertyName(name);
            return true;
        }

        string zoneUrl = $"{Root}projects/{i.Project}/zones/{i.Zone}";
        bool running = i.Status is "RUNNING" or "STOPPING" or "SUSPENDING" or "REPAIRING";
        Text("kind", "compute#instance");
        Text("id", i.Id.ToString(CultureInfo.InvariantCulture)); // unsigned 64 bits travel as text
        Text("creationTimestamp", Time(i.CreatedAt));
        Text("name", i.Name);
        if (i.Description is not null)
        {
            Text("description", i.Description);
        }

        if (Starts("tags"))
        {
            json.WriteStartObject();
            WriteStrings(json, "items", i.Tags);
            json.WriteString("fingerprint", InstanceParts.TagsFingerprint(i));
            json.WriteEndObject();
        }

        Text("machineType", $"{zoneUrl}/machineTypes/{i.MachineType}");
        Text("status", i.Status);
        Text("zone", zoneUrl);
        WriteBoolean(json, i, "canIpForward", false);
        if (Starts("networkInterfaces"))
        {
            InstanceParts.WriteNetworkInterfaces(json, i, running);
        }

        if (Starts("disks"))
        {
            InstanceParts.WriteDisks(json, i, zoneUrl);
        }

        if (Starts("metadata"))
        {
            InstanceParts.WriteMetadata(json, i);
        }

        if (i.ServiceAccounts.Length > 0 && Starts("serviceAccounts"))
        {
            json.WriteStartArray();
            foreach (AttachedAccount account in i.ServiceAccounts)
            {
                json.WriteStartObject();
                json.WriteString("email", account.Email);
                WriteStrings(json, "scopes", account.Scopes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        Text("selfLink", SelfLink(i));
        if (Starts("scheduling"))
        {
            InstanceParts.WriteScheduling(json);
        }

        if (running)
        {
            Text("cpuPlatform", "Intel Broadwell");
        }

        if (i.Labels.Count > 0 && Starts("labels"))
        {
            json.WriteStartObject();
            foreach ((string key, string value) in i.Labels)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        Text("labelFingerprint", InstanceParts.LabelFingerprint(i));
        WriteBoolean(json, i, "startRestricted", false);
        WriteBoolean(json, i, "deletionProtection", i.DeletionProtection);
        InstanceParts.WriteSecurity(json, Starts);
        Text("fingerprint", StableNumbers.Fingerprint(SelfLink(i) + "#" + i.Revision.ToString(CultureInfo.InvariantCulture)));
        WriteTimes(json, i, running);

        WriteBoolean(json, i, "satisfiesPzi", true);
        if (i.Extra is not null)
        {
            foreach ((string name, System.Text.Json.Nodes.JsonNode? value) in i.Extra)
            {
                json.WritePropertyName(name);
                (value ?? (System.Text.Json.Nodes.JsonNode)"").WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    internal static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
        {
            return; // Google leaves empty lists out
        }

        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteTimes(Utf8JsonWriter json, EmulatedInstance i, bool running)
    {
        if (i.Status != "PROVISIONING" || i.StartedAt is not null)
        {
            json.WriteString("lastStartTimestamp", Time(i.StartedAt ?? i.CreatedAt.AddSeconds(8)));
        }

        if (i.StoppedAt is not null || (!running && i.Status == "TERMINATED"))
        {
            json.WriteString("lastStopTimestamp", Time(i.StoppedAt ?? i.CreatedAt.AddDays(3)));
        }

        if (i.SuspendedAt is not null || i.Status == "SUSPENDED")
        {
            json.WriteString("lastSuspendedTimestamp", Time(i.SuspendedAt ?? i.CreatedAt.AddDays(3)));
        }
    }

    private static void WriteBoolean(Utf8JsonWriter json, EmulatedInstance i, string name, bool value)
    {
        if (i.Extra?.ContainsKey(name) != true)
        {
            json.WriteBoolean(name, value);
        }
    }
}
