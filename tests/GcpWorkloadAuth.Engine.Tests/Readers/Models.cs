using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Tests.Readers;

/// <summary>Reads models out of JSON, and shows all that is in them.</summary>
internal static class Models
{
    public static T Read<T>(string json, JsonMapper<T> map)
    {
        Assert.True(JsonText.TryRead(Encoding.UTF8.GetBytes(json), map, out T value), "not JSON");
        return value;
    }

    public static T Read<T>(JsonNode? json, JsonMapper<T> map) => Read(json!.ToJsonString(), map);

    /// <summary>Every public property, a line each, to any depth.</summary>
    public static string Dump(object? value)
    {
        StringBuilder text = new();
        Dump(text, string.Empty, value);
        return text.ToString();
    }

    /// <summary>The settable properties of a model that hold what an empty one holds.</summary>
    public static IEnumerable<string> Unset<T>(T model)
        where T : new()
    {
        T empty = new();
        return typeof(T).GetProperties()
            .Where(p => p.GetSetMethod(nonPublic: true) is not null && Dump(p.GetValue(model)) == Dump(p.GetValue(empty)))
            .Select(p => p.Name);
    }

    private static void Dump(StringBuilder text, string path, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string or bool or long or int or ulong or TimeSpan:
                text.Append(CultureInfo.InvariantCulture, $"{path} = {value}\n");
                break;
            case DateTime time:
                Assert.Equal(DateTimeKind.Local, time.Kind);
                text.Append(CultureInfo.InvariantCulture, $"{path} = {time.ToUniversalTime():O}\n");
                break;
            case IReadOnlyDictionary<string, string> map:
                foreach ((string key, string item) in map.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    Dump(text, path + "/" + key, item);
                }

                break;
            case IEnumerable list:
                int i = 0;
                foreach (object? item in list)
                {
                    Dump(text, path + "/" + i++, item);
                }

                break;
            default:
                foreach (PropertyInfo property in value.GetType().GetProperties())
                {
                    Dump(text, path + "/" + property.Name, property.GetValue(value));
                }

                break;
        }
    }
}
