using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Fields of a new instance. Source: https://cloud.google.com/compute/docs/reference/rest/v1/instances (insert, bulkInsert).
/// </summary>
internal static class InstanceFields
{
    /// <summary>One set of fields over another: maps are merged, everything else is replaced.</summary>
    public static Dictionary<string, object?> Merge(IReadOnlyDictionary<string, object?>? below, IReadOnlyDictionary<string, object?>? above)
    {
        Dictionary<string, object?> result = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> field in below ?? new Dictionary<string, object?>())
        {
            result[field.Key] = field.Value;
        }

        foreach (KeyValuePair<string, object?> field in above ?? new Dictionary<string, object?>())
        {
            result[field.Key] = result.TryGetValue(field.Key, out object? old)
                && old is IReadOnlyDictionary<string, object?> oldMap && field.Value is IReadOnlyDictionary<string, object?> newMap
                ? Merge(oldMap, newMap)
                : field.Value;
        }

        return result;
    }

    /// <summary>The fields with what belongs to a zone addressed there.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="isBulk">bulkInsert wants machine types and disk types by their bare names.</param>
    public static Dictionary<string, object?> InZone(IReadOnlyDictionary<string, object?> fields, string zone, bool isBulk)
    {
        Dictionary<string, object?> result = Merge(fields, null);
        string place = "zones/" + zone + "/";
        if (!isBulk)
        {
            Address(result, "machineType", place + "machineTypes/");
        }

        Each(result, "disks", disk =>
        {
            Address(disk, "source", place + "disks/");
            if (!isBulk && disk.TryGetValue("initializeParams", out object? value) && value is IReadOnlyDictionary<string, object?> sent)
            {
                Dictionary<string, object?> parameters = Merge(sent, null);
                Address(parameters, "diskType", place + "diskTypes/");
                disk["initializeParams"] = parameters;
            }
        });
        Each(result, "networkInterfaces", network =>
        {
            Address(network, "network", "global/networks/");
            Address(network, "subnetwork", "regions/" + GceInstance.RegionOf(zone) + "/subnetworks/");
        });
        return result;
    }

    /// <summary>"project/name" or a name as the address of an image or an image family; an address stays.</summary>
    public static string Image(string image, bool isFamily)
    {
        if (image.Contains("global/images/"))
        {
            return image;
        }

        string kind = isFamily ? "global/images/family/" : "global/images/";
        int slash = image.IndexOf('/');
        return slash < 0 ? kind + image : "projects/" + image.Substring(0, slash) + "/" + kind + image.Substring(slash + 1);
    }

    private static void Address(Dictionary<string, object?> fields, string name, string place)
    {
        if (fields.TryGetValue(name, out object? value) && value is string { Length: > 0 } text && text.IndexOf('/') < 0)
        {
            fields[name] = place + text;
        }
    }

    private static void Each(Dictionary<string, object?> fields, string name, Action<Dictionary<string, object?>> change)
    {
        if (!fields.TryGetValue(name, out object? value) || value is string || value is not IEnumerable<object?> items)
        {
            return;
        }

        List<object?> changed = new();
        foreach (object? item in items)
        {
            if (item is IReadOnlyDictionary<string, object?> map)
            {
                Dictionary<string, object?> copy = Merge(map, null);
                change(copy);
                changed.Add(copy);
            }
            else
            {
                changed.Add(item);
            }
        }

        fields[name] = changed;
    }
}
