using System.Text.Json;

namespace GcpEmulator.Json;

/// <summary>The answer of testIamPermissions: what is granted of what was asked for; nothing at all where nothing is.</summary>
internal static class PermissionJson
{
    public static void Write(Utf8JsonWriter json, string? kind, string[] granted)
    {
        json.WriteStartObject();
        if (kind is not null)
        {
            json.WriteString("kind", kind);
        }

        if (granted.Length > 0)
        {
            json.WriteStartArray("permissions");
            foreach (string permission in granted)
            {
                json.WriteStringValue(permission);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
